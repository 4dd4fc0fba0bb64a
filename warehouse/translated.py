"""DuckDB's errors, and a Ctrl-C that it swallowed, as ours."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from warehouse.errors import LakeError, OutageError, QueryError, WarehouseError
from warehouse.location import masked

OUTAGES = (duckdb.IOException, duckdb.HTTPException, duckdb.TransactionException)
FULL = ("no space left", "disk is full", "disk i/o error")
"""How the operating system and SQLite name a full disk; SQLite at times only as the last."""

SERVER = re.compile(
    r"connection to server .*|could not translate host name .*|server closed the connection"
    r"|terminating connection[^:]*|no connection to the server"
)
"""What libpq says of a PostgreSQL server that it cannot reach, or that left."""

GONE = re.compile('Failed to execute query "ROLLBACK"|server closed the connection unexpectedly')
"""What DuckLake says, in errors of any kind, where the server left within a transaction."""

HINTS = re.compile(r" Authentication Failure - .*| \* .*| Is the server running.*| LINE \d+: .*")
"""Hints of DuckDB and libpq for other users than ours."""

REFUSED = re.compile(r"HTTP(?: code)? 40[13]\b|ACCESS_DENIED|INVALID_ACCESS_KEY|SIGNATURE_DOES_NOT")
STORE = re.compile(r"\b(?:s3|https?)://")
NO_BUCKET = re.compile(r"NoSuchBucket|NO_SUCH_BUCKET")


@contextmanager
def translated() -> Iterator[None]:
    """Raise OutageError for what may pass, LakeError for what only a person mends, else QueryError.

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


def server_failed(text: str) -> OutageError:
    """Return what PostgreSQL's client says in `text`, with what to do."""
    line = HINTS.sub("", _line(text))
    found = SERVER.search(line)
    line = (found[0] if found else line).rstrip(": ")
    if "too many clients" in line or "connection slots" in line:
        advice = "wait until others have closed theirs, or raise the server's max_connections"
    else:
        advice = "see that the server is there and that `catalog` names it right, then run again"
    return OutageError(f"PostgreSQL cannot be reached: {line}; {advice}")


def store_failed(text: str) -> WarehouseError:
    """Return what an object store's client says in `text`, with what to do."""
    line = HINTS.sub("", _line(text)).rstrip(".")
    if NO_BUCKET.search(line):
        return LakeError(f"{line}: make the bucket, or name another")
    if REFUSED.search(line):
        return LakeError(
            f"{line}: the object store refuses; see that AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY "
            "and AWS_SESSION_TOKEN are those of a user who may list, read and write there"
        )
    return OutageError(f"{line}: see that the object store is there and well, then run again")


def _ours(error: duckdb.Error) -> WarehouseError:
    text = _line(str(error))
    if is_full(error):
        return OutageError(f"{text}: see that the disk has room, then run again")
    if isinstance(error, duckdb.OutOfMemoryException):
        line = text.partition(" This limit was set")[0].partition(" Possible solutions")[0]
        return OutageError(f"{line} Raise memory_limit, or make room beside the lake, in lake/tmp")
    is_lost = any(sign in text for sign in ("No such file", "HTTP 404", "code 404"))
    is_lost = is_lost or isinstance(error, duckdb.InvalidInputException)
    if is_lost and "/ducklake-" in text and not NO_BUCKET.search(text):
        return LakeError(f"{text}: a data file of the lake is lost; bring it back from a backup")
    if GONE.search(text):
        return server_failed("it left within a transaction")
    if not isinstance(error, OUTAGES) and "database is locked" not in text:
        return QueryError(masked(str(error)))
    if SERVER.search(text):
        return server_failed(text)
    is_store = isinstance(error, duckdb.HTTPException) or STORE.search(text)
    return store_failed(text) if is_store else OutageError(text)


def _line(text: str) -> str:
    return masked(" ".join(text.split()))
