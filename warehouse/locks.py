"""One writer at a time: a file lock, or an advisory lock where the catalogue is PostgreSQL."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from filelock import FileLock, Timeout

from warehouse.disk import refused
from warehouse.errors import OutageError
from warehouse.location import LakeLocation, masked

POLL_SECONDS = 0.05
LOCK_KEY = 0x64656D6172636865
"""Key of the advisory lock; PostgreSQL keeps such locks apart by database, so one will do."""


@contextmanager
def writer_lock(location: LakeLocation, *, timeout: float) -> Iterator[None]:
    """Hold the lake's only writer's lock.

    Raises OutageError where another writer holds it for longer than `timeout` seconds, and
    LakeError where the lock cannot be made. The operating system (or the server) frees the lock
    of a process that dies.
    """
    if location.is_postgres:
        with _advisory_lock(location, timeout=timeout):
            yield
        return
    lock = FileLock(location.lock_path)
    try:
        lock.acquire(timeout=timeout, poll_interval=POLL_SECONDS)
    except Timeout as error:
        raise OutageError(
            f"another run has been writing to the lake for {timeout:g} s: wait for it, "
            "or raise lock_timeout"
        ) from error
    except OSError as error:
        raise refused(f"cannot write {location.lock_path}", error) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _advisory_lock(location: LakeLocation, *, timeout: float) -> Iterator[None]:
    from adbc_driver_postgresql import dbapi  # only needed, and only loaded, for PostgreSQL

    deadline = time.monotonic() + timeout
    with ExitStack() as stack:
        try:
            connection = dbapi.connect(postgres_uri(location), autocommit=True)
            stack.callback(_close, connection)
            while not _try_lock(connection):
                if time.monotonic() > deadline:
                    raise OutageError(f"another run has been writing to the lake for {timeout:g} s")
                time.sleep(POLL_SECONDS)
        except dbapi.Error as error:
            raise OutageError(f"PostgreSQL cannot be reached: {_first_line(error)}") from error
        yield


def _try_lock(connection: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({LOCK_KEY})")
        row = cursor.fetchone()
    return bool(row and row[0])


def _close(connection: Any) -> None:
    """Close the connection, which frees its lock, whatever has become of the server."""
    with suppress(Exception):
        connection.close()


def postgres_uri(location: LakeLocation) -> str:
    """Return the connection string of the catalogue's PostgreSQL server."""
    return location.catalog.partition(":")[2]


def _first_line(error: Exception) -> str:
    return masked(str(error).splitlines()[0])
