"""Marts and macros on small tables: `<mart or macro>/<case>/` holds input rows and `expect.json`.

A case has `<table>.jsonl` files (columns left out are NULL) and the rows expected, as objects
that name every column of the result. A macro's case also has `query.sql`, whose rows are
compared in order; a mart has no order of its own.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from tests.marts.bare import bare_warehouse, load_folder
from warehouse.sqlfiles import marts, read_folder

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/*/expect.json"))


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_rows_are_those_expected(case: Path) -> None:
    with bare_warehouse() as con:
        load_folder(con, case)
        query = case / "query.sql"
        sql = query.read_text(encoding="utf-8") if query.exists() else f"FROM {case.parent.name}"
        result = con.execute(sql)
        names = [column[0] for column in result.description]
        found = [dict(zip(names, map(plain, row), strict=True)) for row in result.fetchall()]
    expected = json.loads((case / "expect.json").read_text(encoding="utf-8"))
    if not query.exists():
        found.sort(key=json.dumps)
        expected.sort(key=lambda row: json.dumps({name: row[name] for name in names}))
    assert found == expected


def test_every_mart_and_macro_has_a_case() -> None:
    names = {file.name for file in (*marts(), *read_folder("macros"))}
    assert names == {case.parent.name for case in CASES}


@pytest.mark.parametrize("folder", ["marts", "macros", "checks/fail", "checks/warn"])
def test_every_file_says_what_a_row_is(folder: str) -> None:
    meant = ("one row is ", "one value is ") if folder == "macros" else "one row is "
    assert [f.name for f in read_folder(folder) if not f.meaning.startswith(meant)] == []


def test_columns_are_flat() -> None:
    with bare_warehouse() as con:
        types = con.execute(
            "SELECT DISTINCT data_type FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
    assert {name for (name,) in types} == {
        "VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP WITH TIME ZONE"
    }  # fmt: skip
