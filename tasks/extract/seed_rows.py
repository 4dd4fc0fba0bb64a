"""Rows of a reviewed word list under `seeds/`, each error with its file and line."""

import csv
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TypeVar

Row = TypeVar("Row")


def seed_rows(path: Path, made: Callable[[dict[str, str]], Row]) -> Iterator[Row]:
    """Yield what `made` makes of each row.

    Raises ValueError that names file and line where a row is not what it accepts.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        for row in rows:
            try:
                yield made(row)
            except (KeyError, IndexError, ValueError, AttributeError) as error:
                raise ValueError(f"{path.name}, line {rows.line_num}: {error}") from error


def one_of(value: str, allowed: Collection[str]) -> str:
    """Return `value`; raises ValueError where it is not `allowed`."""
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {', '.join(sorted(allowed))}")
    return value
