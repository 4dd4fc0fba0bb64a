"""A PostgreSQL server that is written to, through ADBC, and what it refuses in one line."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from warehouse.errors import ExportError, OutageError, WarehouseError
from warehouse.location import masked

PATIENCE = {
    "connect_timeout": "10",  # seconds
    "keepalives_idle": "30",
    "tcp_user_timeout": "60000",  # milliseconds
}
"""How long to wait for a server that is gone, where its address says nothing of it."""

NOTHING_CHANGED = "the target is as it was"

REMEDIES = {
    "28": "give the password in PGPASSWORD or ~/.pgpass, and see that the server lets the user in",
    "3D": "make the database first: createdb NAME",
    "42501": "let the user create: GRANT CREATE ON DATABASE, or own the schema",
    "53100": "the server's disk is full: make room there, then export again",
    "55P03": "another export is at work there, or something holds a table: wait, then export again",
}
"""What to do, by SQLSTATE or its class (PostgreSQL, appendix A)."""

OUTAGES = ("08", "40", "53", "55", "57", "58")
"""Classes of errors that may be gone the next time."""

AT_CONNECTING = {
    "password": "28",
    "pg_hba.conf": "28",
    "authentication": "28",
    'role "': "28",
    'database "': "3D",
}
"""Words of refusals at connecting, for which the driver gives no SQLSTATE."""


@contextmanager
def transaction(uri: str) -> Iterator["Server"]:
    """Connect to the database at `uri`; what is done in the block is committed, or none of it.

    Raises OutageError where the server cannot be reached, has no room or fails, ExportError where
    it refuses; passwords are never told.
    """
    from adbc_driver_postgresql import dbapi  # only needed, and only loaded, for PostgreSQL

    try:
        connection = dbapi.connect(_with_patience(uri))
    except dbapi.Error as error:
        raise _not_reached(uri, error) from error
    try:
        yield Server(connection)
        connection.commit()
    except dbapi.Error as error:
        raise refusal(error) from error
    finally:
        with suppress(dbapi.Error):
            connection.close()  # rolls back what is not committed


class Server:
    """A connection in a transaction."""

    def __init__(self, connection: Any) -> None:
        """Take over `connection`, one of ADBC's."""
        self._connection = connection

    def execute(self, sql: str) -> int:
        """Run one statement without result and return how many rows it touched."""
        with self._connection.cursor() as cursor:
            cursor.execute(sql)
            return max(int(cursor.rowcount), 0)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with self._connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())

    def append(self, rows: Any, table: str, schema: str | None) -> int:
        """Append `rows`, an Arrow reader, to `table`, a temporary one where `schema` is None."""
        place = {"temporary": True} if schema is None else {"db_schema_name": schema}
        with self._connection.cursor() as cursor:
            return int(cursor.adbc_ingest(table, rows, mode="append", **place))


def _with_patience(uri: str) -> str:
    lacking = [f"{name}={value}" for name, value in PATIENCE.items() if f"{name}=" not in uri]
    return uri + ("&" if "?" in uri else "?") + "&".join(lacking)


def _not_reached(uri: str, error: Exception) -> WarehouseError:
    text = _one_line(error)
    state = next((state for words, state in AT_CONNECTING.items() if words in text), None)
    if state is not None:
        return ExportError(f"{text}; {REMEDIES[state]}")
    return OutageError(
        f"PostgreSQL cannot be reached at {masked(uri)}: {text}; see that the server runs and "
        f"answers there, then export again: {NOTHING_CHANGED}"
    )


def refusal(error: Any) -> WarehouseError:
    """Return what the server refused in a transaction, as ours: OutageError or ExportError."""
    state = error.sqlstate or ""
    remedy = REMEDIES.get(state) or REMEDIES.get(state[:2])
    text = f"PostgreSQL refuses: {_one_line(error)}"
    if not state or state[:2] in OUTAGES:
        return OutageError(f"{text}; {remedy or 'export again'}: {NOTHING_CHANGED}")
    return ExportError(f"{text}; {remedy + ': ' if remedy else ''}{NOTHING_CHANGED}")


def _one_line(error: Exception) -> str:
    return masked(" ".join(str(error).split()))
