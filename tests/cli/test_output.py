import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from flows.cli.output import Format, cell, neutral, show
from flows.cli.reading import Answer
from flows.cli.text_tables import print_wrapped
from tests.cli.conftest import Ask

RED = "\x1b[31mred\x9b0m\x07"


def test_control_characters_become_pictures() -> None:
    assert neutral(RED) == "␛[31mred\ufffd0m␇"
    assert neutral("line\none\ttab") == "line\none\ttab"
    assert neutral("زبان é") == "زبان é"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (True, "true"),
        (0.25, "0.25"),
        (date(2021, 8, 15), "2021-08-15"),
        (datetime(2021, 8, 15, 6, 30, tzinfo=UTC), "2021-08-15 06:30:00Z"),
        (["a", "b"], "a, b"),
        ({"a": [1, None]}, '{"a": [1, null]}'),
        (b"\xff", "ff"),
        (RED, "␛[31mred\ufffd0m␇"),
    ],
)
def test_a_cell_reads_well(value: object, expected: str) -> None:
    assert cell(value) == expected


def test_a_terminal_never_gets_an_escape_sequence(ask: Ask) -> None:
    for form in ((), ("--json",)):
        out = ask("sql", "SELECT chr(27) || '[31m' || chr(155) AS x", *form).out
        assert "\x1b" not in out
        assert "\x9b" not in out
    assert "\x1b" not in ask("sql", 'SELECT 1 AS "a\x1b[31m"').out
    assert "\x1b" not in ask("sql", "SELEC '\x1b[31m'").err


def test_json_is_lossless_and_unescaped(ask: Ask) -> None:
    query = """SELECT 'é „x“ ½' AS text, 1::HUGEINT AS n, 1.50::DECIMAL(4, 2) AS d,
        'nan'::DOUBLE AS nan, NULL AS none, DATE '2021-08-15' AS day,
        TIMESTAMPTZ '2021-08-15 06:30:00Z' AS at, [1, 2] AS list, MAP {'k': 1} AS map,
        chr(27) AS esc"""
    out = ask("sql", query, "--json").out
    assert "é „x“ ½" in out
    assert json.loads(out) == [
        {
            "text": "é „x“ ½",
            "n": 1,
            "d": 1.5,
            "nan": None,
            "none": None,
            "day": "2021-08-15",
            "at": "2021-08-15T06:30:00+00:00",
            "list": [1, 2],
            "map": {"k": 1},
            "esc": "\x1b",
        }
    ]


def test_csv_follows_rfc_4180(ask: Ask) -> None:
    query = "SELECT 'a,b' AS x, 'say \"hi\"' AS \"y\"\"z\", 'two\nlines' AS n, NULL AS o, true AS t"
    assert ask("sql", query, "--csv").out == (
        'x,"y""z",n,o,t\r\n"a,b","say ""hi""","two\nlines",,true\r\n'
    )


def test_columns_of_one_name_are_told_apart(ask: Ask) -> None:
    assert ask("sql", "SELECT 1 AS a, 2 AS a, 3 AS a_2", "--json").out == (
        '[{"a": 1, "a_2": 2, "a_2_2": 3}]\n'
    )


def test_a_plain_table_cuts_nothing_and_has_one_line_a_row(
    capsys: pytest.CaptureFixture[str],
) -> None:
    long = "word " * 40 + "end"
    answer = Answer(("n", "text"), [(7, "short"), (1234, long), (None, "two\nlines")])
    show(answer, Format("table", None))
    assert capsys.readouterr().out.splitlines() == [
        "   n  text",
        "   7  short",
        f"1234  {long}",
        "      two lines",
    ]


def test_a_terminal_table_wraps_and_cuts_nothing() -> None:
    file = io.StringIO()
    words = [f"word{number}" for number in range(30)]
    print_wrapped(("n", "text"), [(5, " ".join(words)), (12, RED)], file=file, width=40)
    lines = file.getvalue().splitlines()
    assert max(map(len, lines)) <= 40
    assert [word for line in lines for word in line.split() if word.startswith("word")] == words
    assert any(line.startswith(" 5   word0") for line in lines)
    assert any(line.startswith("12   ␛[31mred") for line in lines)


def test_many_columns_become_a_list_of_values() -> None:
    file = io.StringIO()
    names = [f"column{number}" for number in range(9)]
    print_wrapped(names, [[f"[b]value{number}" for number in range(9)]], file=file, width=80)
    assert "column3: [b]value3" in file.getvalue().splitlines()


def test_decimals_are_numbers() -> None:
    file = io.StringIO()
    print_wrapped(("total",), [(Decimal(5),)], file=file, width=40)
    assert "    5" in file.getvalue().splitlines()


def test_two_formats_at_once_are_wrong_usage(ask: Ask) -> None:
    status, _, err = ask("sql", "SELECT 1", "--json", "--csv")
    assert status == 2
    assert "choose one of --json and --csv" in err
