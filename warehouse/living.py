"""Which runs are alive: each holds a lock, which the system frees when its process dies.

The lock is a file of this machine, or, where the catalogue is PostgreSQL, an advisory lock there,
which all machines see.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from warehouse.disk import refused
from warehouse.location import LakeLocation
from warehouse.locks import ask, session

KEYS = 0x64656D61
"""First half of the keys of such locks in PostgreSQL; the second is taken from the run's id."""

HELD = f"""SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = {KEYS}
    AND objsubid = 2 AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""


@contextmanager
def living(location: LakeLocation, folder: Path, run_id: str) -> Iterator[None]:
    """Hold the lock that tells others that run `run_id` lives.

    Raises OutageError or LakeError where there can be none.
    """
    if location.is_postgres:
        with session(location) as connection:
            ask(connection, f"SELECT pg_advisory_lock({KEYS}, {_key(run_id)})")
            yield
        return
    lock = FileLock(_lock_file(folder, run_id))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except OSError as error:
        raise refused(f"cannot write {folder}", error) from error
    try:
        yield
    finally:
        lock.release()
        forget(folder, run_id)


def alive(location: LakeLocation, folder: Path, run_ids: Sequence[str]) -> set[str]:
    """Return those of `run_ids` whose lock a process holds. Raises OutageError."""
    if not run_ids:
        return set()
    if not location.is_postgres:
        return {run_id for run_id in run_ids if is_held(_lock_file(folder, run_id))}
    with session(location) as connection:
        held = {key for (key,) in ask(connection, HELD)}
    return {run_id for run_id in run_ids if _key(run_id) in held}


def is_held(path: Path) -> bool:
    """Return whether a process holds the lock file at `path`."""
    if not path.exists():
        return False
    try:
        with FileLock(path, timeout=0):
            return False
    except (Timeout, OSError):  # held, or another user's: nothing shows that the run is dead
        return True


def forget(folder: Path, run_id: str) -> None:
    """Remove the lock file of a run that has ended, where there is one."""
    _lock_file(folder, run_id).unlink(missing_ok=True)


def _lock_file(folder: Path, run_id: str) -> Path:
    return folder / f"{run_id}.lock"


def _key(run_id: str) -> int:
    return int.from_bytes(sha256(run_id.encode()).digest()[:4]) >> 1  # fits a signed integer
