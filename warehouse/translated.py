"""DuckDB's errors, and a Ctrl-C that it swallowed, as ours."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from warehouse.errors import LakeError, OutageError, QueryError, WarehouseError
from warehouse.location import masked

OUTAGES = (duckdb.IOException, duckdb.HTTPException, duckdb.TransactionException)
FULL = ("no space left", "disk is full", "disk i/o error")
"""How the operating system and SQLite name a full disk; SQLite at times only as the last."""


@contextmanager
def translated() -> Iterator[None]:
    """Raise OutageError for what may pass, LakeError for a lost data file, else QueryError.

    Ctrl-C, of which DuckDB makes a RuntimeError, is KeyboardInterrupt again.
    """
    try:
        yield
    except duckdb.Error as error:
        raise _ours(error) from error
    except RuntimeError as error:
        if str(error) == "Query interrupted":
            raise KeyboardInterrupt from error
        raise


def is_full(error: duckdb.Error) -> bool:
    """Return whether `error` comes of a full disk."""
    return any(sign in str(error).lower() for sign in FULL)


def _ours(error: duckdb.Error) -> WarehouseError:
    text = masked(" ".join(str(error).split()))
    if is_full(error):
        return OutageError(f"{text}: see that the disk has room, then run again")
    is_lost = "No such file" in text or isinstance(error, duckdb.InvalidInputException)
    if is_lost and "/ducklake-" in text:
        return LakeError(f"{text}: a data file of the lake is lost; bring it back from a backup")
    if isinstance(error, OUTAGES) or "database is locked" in text:
        return OutageError(text)
    return QueryError(masked(str(error)))
