"""An empty warehouse in memory: the contract's tables, the marts as views, the macros."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from warehouse.schema import create_table_sql
from warehouse.sqlfiles import macros, marts
from warehouse.tables import TABLES


def bare_warehouse() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    # Far from UTC, so that a day reckoned in the session's time zone shows.
    con.execute("SET TimeZone = 'Pacific/Auckland'")
    for table in TABLES:
        con.execute(create_table_sql(table))
    for mart in marts():
        con.execute(f"CREATE VIEW {mart.name} AS {mart.body}")
    for statement in macros("MACRO"):
        con.execute(statement)
    return con


def load(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert `rows`; columns left out are NULL, unknown ones raise."""
    for row in rows:
        marks = ", ".join("?" for _ in row)
        con.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def load_folder(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Insert every `<table>.jsonl` of `folder`."""
    for path in sorted(folder.glob("*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        load(con, path.stem, [json.loads(line) for line in lines if line])
