"""Closed sets of values: the meaning of each, and the columns that hold them.

The values stand in `tables.py`, their meanings in `meanings/values.toml`. They are text, not
DuckDB's ENUM: see docs/decisions/0029-sql-for-analysts.md.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args, get_origin

from warehouse import tables
from warehouse.errors import ContractError
from warehouse.schema import columns
from warehouse.tables import PUBLISHED

FILE = Path(__file__).parent / "meanings" / "values.toml"
MARTS = "marts"


@dataclass(frozen=True, slots=True)
class ClosedSet:
    """The values of a closed set with their meanings, and the columns of marts that hold it."""

    meanings: dict[str, str]
    mart_columns: tuple[str, ...]


@cache
def closed_sets() -> dict[str, ClosedSet]:
    """Return each closed set by its name. Raises ContractError where values and meanings differ."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found = {name: ClosedSet(one, tuple(one.pop(MARTS, ()))) for name, one in read.items()}
    for name, values in _declared().items():
        if name not in found or tuple(found[name].meanings) != values:
            raise ContractError(
                f"{FILE.name} does not say what each value of {name} means, in order"
            )
    return found


def mart_values(mart: str, column: str) -> tuple[str, ...]:
    """Return the values that `column` of `mart` may have; () where they are not closed."""
    for one in closed_sets().values():
        if f"{mart}.{column}" in one.mart_columns:
            return tuple(one.meanings)
    return ()


def value_rows() -> list[tuple[str, str, str, str]]:
    """Return (table or mart, column, value, meaning) for each closed set of values."""
    return [
        (table, column, value, meaning)
        for table, column, name in sorted(_holders())
        for value, meaning in closed_sets()[name].meanings.items()
    ]


def _declared() -> dict[str, tuple[str, ...]]:
    named = vars(tables).items()
    return {name: get_args(one) for name, one in named if get_origin(one) is Literal}


def _holders() -> Iterator[tuple[str, str, str]]:
    names = {values: name for name, values in _declared().items()}
    for table in PUBLISHED:
        for column in columns(table):
            if column.values:
                yield table, column.name, names[column.values]
    for name, one in closed_sets().items():
        for place in one.mart_columns:
            mart, _, column_name = place.partition(".")
            yield mart, column_name, name
