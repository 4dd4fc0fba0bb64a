"""One writer at a time: a file lock, or an advisory lock where the catalogue is PostgreSQL."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from filelock import FileLock, Timeout

from warehouse.disk import refused
from warehouse.errors import OutageError
from warehouse.location import LakeLocation
from warehouse.translated import server_failed

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
    deadline = time.monotonic() + timeout
    with session(location) as connection:
        while not ask(connection, f"SELECT pg_try_advisory_lock({LOCK_KEY})")[0][0]:
            if time.monotonic() > deadline:
                raise OutageError(
                    f"another run, here or on another machine, has been writing to the lake for "
                    f"{timeout:g} s: wait for it, or raise lock_timeout"
                )
            time.sleep(POLL_SECONDS)
        yield


@contextmanager
def session(location: LakeLocation) -> Iterator[Any]:
    """Hold a connection to the catalogue's server, whose locks go when it ends, however it ends.

    Raises OutageError where the server cannot be reached.
    """
    from adbc_driver_postgresql import dbapi  # only needed, and only loaded, for PostgreSQL

    try:
        connection = dbapi.connect(postgres_uri(location), autocommit=True)
    except dbapi.Error as error:
        raise server_failed(str(error)) from error
    try:
        yield connection
    finally:
        with suppress(Exception):  # whatever has become of the server
            connection.close()


def ask(connection: Any, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of `sql` on the connection of a `session`. Raises OutageError."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found
    except connection.Error as error:
        raise server_failed(str(error)) from error


def postgres_uri(location: LakeLocation) -> str:
    """Return the connection string of the catalogue's PostgreSQL server."""
    return location.catalog.partition(":")[2]
