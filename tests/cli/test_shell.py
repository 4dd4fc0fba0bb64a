import io
from collections.abc import Callable

import pytest

from flows.cli.queries.line_editing import completer
from flows.cli.queries.shell import is_complete, statements_in
from tests.cli.conftest import Ask


def reader_of(text: str) -> Callable[[str], str]:
    lines = iter(text.splitlines())

    def read(_prompt: str) -> str:
        for line in lines:
            return line
        raise EOFError

    return read


def test_statements_end_with_a_semicolon_and_commands_with_their_line() -> None:
    typed = "SELECT 1;\n\n.tables\nSELECT\n  2\n;\nSELECT ';\n.quit';\nSELECT 3"
    assert list(statements_in(reader_of(typed))) == [
        "SELECT 1;",
        ".tables",
        "SELECT\n  2\n;",
        "SELECT ';\n.quit';",
        "SELECT 3",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT 1;", True),
        ("SELECT 1; -- done", True),
        ("SELECT 1 -- not; yet;", False),
        ("SELECT ';", False),
        ("SELECT 'it''s;';", True),
        ('SELECT ";', False),
        ("/* ; */ SELECT 1", False),
        ("SELECT 1 /* ;", False),
    ],
)
def test_a_semicolon_in_a_string_or_comment_ends_nothing(text: str, expected: bool) -> None:
    assert is_complete(text) is expected


def test_a_script_runs_to_its_end_past_errors(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    script = "SELECT 1 AS a;\nSELEC;\n.nonsense\n.schema runs\nSELECT 2\n AS b;\n.quit\nSELECT 3;"
    monkeypatch.setattr("sys.stdin", io.StringIO(script))
    status, out, err = ask("shell", "--csv")
    lines = out.split("\r\n")
    assert status == 1
    assert lines[:2] == ["a", "1"]
    assert "seconds,DOUBLE,wall time" in lines
    assert lines[-3:] == ["b", "2", ""]
    assert "Parser Error" in err
    assert "no command .nonsense; `.help` lists them" in err


def test_a_script_without_errors_succeeds(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(".tables\n.help\nSELECT 7 AS n;\n"))
    status, out, err = ask("shell")
    assert (status, err) == (0, "")
    assert "one row is one article, in its latest revision" in out
    assert ".quit         leave" in out
    assert out.endswith("n\n7\n")


def test_macros_are_listed_and_described(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    script = ".macros\n.schema STANCE_BETWEEN\n.schema date_written\n.schema nothing_such\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(script))
    status, out, err = ask("shell", "--csv")
    lines = out.split("\r\n")
    assert 'entity_ids(p_name),"one row is one entity whose id, name or alias is `p_name`, ' in out
    assert '"timeline_of(p_name, kinds := NULL)"' in out
    assert lines[lines.index("column_name,type") + 1] == "day,DATE"
    assert '"date_written(first_on, last_on, unit)"' in lines[-2]
    assert (status, err) == (
        1,
        "demarche: error: nothing is called 'nothing_such'; `.tables` and `.macros` list what "
        "there is\n",
    )


def test_tab_completes_names_whatever_their_case() -> None:
    asked: list[int] = []

    def names() -> list[str]:
        asked.append(1)
        return [".tables", "title", "timeline", "timeline_of", "title"]

    complete = completer(names)
    assert [complete("TIME", number) for number in range(3)] == ["timeline", "timeline_of", None]
    assert [complete("a.ti", number) for number in range(2)] == ["a.timeline", "a.timeline_of"]
    assert complete("a.tit", 0) == "a.title"
    assert complete(".ta", 0) == ".tables"
    assert len(asked) == 1
