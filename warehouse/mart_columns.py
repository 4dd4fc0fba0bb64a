"""The columns of marts: their types as DuckDB finds them, their meanings from a file."""

import tomllib
from functools import cache
from pathlib import Path

import duckdb

from warehouse.errors import ContractError
from warehouse.schema import Column, columns, create_table_sql
from warehouse.sqlfiles import marts
from warehouse.tables import TABLES
from warehouse.values import mart_values

FILE = Path(__file__).parent / "meanings" / "columns.toml"
COMMON = "marts"
DICTIONARY = ("data_dictionary", "enum_values")
"""Marts that are made of the contract, not of other tables."""


@cache
def mart_columns() -> dict[str, tuple[Column, ...]]:
    """Return the columns of each mart, in order. Takes 0.3 s, once.

    Raises ContractError where a column has no meaning, or a meaning no column.
    """
    meanings = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found = {mart: tuple(_columns(mart, meanings)) for mart in (*_types(), *DICTIONARY)}
    for mart, told in meanings.items():
        unknown = set(told) - {one.name for one in found.get(mart, ())}
        if mart != COMMON and unknown:
            raise ContractError(f"{FILE.name}: {mart} has no column {', '.join(sorted(unknown))}")
    return found


def _columns(mart: str, meanings: dict[str, dict[str, str]]) -> list[Column]:
    if mart in DICTIONARY:
        return [Column(name, "VARCHAR", True, told) for name, told in meanings[mart].items()]
    found = []
    for name, sql_type in _types()[mart]:
        meaning = meanings.get(mart, {}).get(name) or meanings[COMMON].get(name) or _contract(name)
        if not meaning:
            raise ContractError(f"{FILE.name} does not say what {mart}.{name} is")
        found.append(Column(name, sql_type, True, meaning, mart_values(mart, name)))
    return found


@cache
def _types() -> dict[str, list[tuple[str, str]]]:
    """Return name and type of the columns of each mart, made on empty tables."""
    with duckdb.connect() as con:
        for table in TABLES:
            con.execute(create_table_sql(table))
        for mart in marts():
            con.execute(f"CREATE VIEW {mart.name} AS {mart.body}")
        return {
            mart.name: [
                (name, "TIMESTAMPTZ" if kind == "TIMESTAMP WITH TIME ZONE" else kind)
                for name, kind, *_ in con.execute(f"DESCRIBE {mart.name}").fetchall()
            ]
            for mart in marts()
        }


def _contract(name: str) -> str | None:
    """Return what a column so called means in all tables; None where that differs or is unknown."""
    told = {one.meaning for table in TABLES for one in columns(table) if one.name == name}
    return told.pop() if len(told) == 1 else None
