import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ask, World

COUNT = "SELECT count(*) AS articles FROM articles"


def test_a_query_prints_a_table_json_or_csv(ask: Ask) -> None:
    assert ask("sql", COUNT) == (0, "articles\n       2\n", "")
    assert ask("sql", COUNT, "--json").out == '[{"articles": 2}]\n'
    assert ask("sql", COUNT, "--csv").out == "articles\r\n2\r\n"


def test_a_query_comes_from_a_file_or_standard_input(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "q.sql"
    file.write_text(COUNT)
    assert ask("sql", "-f", str(file)).out == "articles\n       2\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(COUNT))
    assert ask("sql", "-").out == "articles\n       2\n"
    assert ask("sql", COUNT, "-f", str(file)).status == 2
    assert ask("sql").status == 2
    assert ask("sql", "-f", str(tmp_path / "none.sql")).status == 2


@pytest.mark.parametrize(
    "change",
    ["DELETE FROM articles", "INSERT INTO runs SELECT * FROM runs", "CREATE TABLE x (a INT)"],
)
def test_the_lake_cannot_be_changed(ask: Ask, change: str) -> None:
    status, _, err = ask("sql", change)
    assert status == 1
    assert "attached in read-only mode" in err
    assert ask("sql", COUNT, "--json").out == '[{"articles": 2}]\n'


def test_a_wrong_query_shows_where(ask: Ask) -> None:
    status, out, err = ask("sql", "SELECT nothing FROM articles")
    assert (status, out) == (1, "")
    lines = err.splitlines()
    assert lines[0].startswith("demarche: error: Binder Error: Referenced column")
    assert "LINE 1: SELECT nothing FROM articles" in lines
    assert lines[-1].strip() == "^"


def test_an_error_in_mid_answer_is_one_too(ask: Ask) -> None:
    status, _, err = ask("sql", "SELECT error('stop ' || title) FROM articles")
    assert status == 1
    assert "stop " in err


def test_no_statement_is_an_error(ask: Ask) -> None:
    assert ask("sql", " -- nothing") == (
        1,
        "",
        "demarche: error: there is no statement to run\n",
    )


def test_as_of_asks_the_lake_as_it_was(ask: Ask, world: World) -> None:
    before = str(world.snapshot_before_post)
    assert ask("sql", COUNT, "--as-of", before, "--json").out == '[{"articles": 1}]\n'
    assert ask("sql", COUNT, "--as-of", "2999-01-01", "--json").out == '[{"articles": 2}]\n'
    assert ask("sql", COUNT, "--as-of", "2999-01-01T00:00Z", "--json").status == 0
    status, _, err = ask("sql", COUNT, "--as-of", "1999-01-01")
    assert status == 1
    assert "`demarche snapshots` lists them" in err
    assert ask("sql", COUNT, "--as-of", "last week").status == 2


def test_a_limit_keeps_the_first_rows_and_says_so(ask: Ask) -> None:
    ten = "FROM range(10) AS t(n)"
    status, out, err = ask("sql", ten, "--limit", "2", "--json")
    assert (status, json.loads(out)) == (0, [{"n": 0}, {"n": 1}])
    assert err == "demarche: only the first 2 rows; `--limit 0` shows all\n"
    assert ask("sql", ten, "--limit", "10").err == ""
    assert len(ask("sql", ten, "--csv").out.splitlines()) == 11
