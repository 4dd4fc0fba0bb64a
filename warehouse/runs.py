"""Runs in the lake: begun, finished, or found dead."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from warehouse.commit import append
from warehouse.disk import refused
from warehouse.lake import Lake
from warehouse.tables import Run

STATES = {
    "processed": "processed",
    "unchanged": "unchanged",
    "duplicate": "duplicates",
    "revised": "revised",
    "rejected": "rejected",
}
"""Ledger state to the column of `runs` that counts it."""


@contextmanager
def alive(folder: Path, run_id: str) -> Iterator[None]:
    """Hold the lock that tells other processes of this machine that run `run_id` lives."""
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
        Path(lock.lock_file).unlink(missing_ok=True)


def put_run(lake: Lake, run_id: str, run: Run) -> None:
    """Write the row of run `run_id`, in place of the one that is there."""
    with lake.write() as con:
        con.execute("DELETE FROM lake.runs WHERE run_id = ?", [run_id])
        append(con, "runs", [run], run_id=run_id)


def counts(lake: Lake, run_id: str) -> dict[str, int]:
    """Return the run's items by column of `runs`, counted in the ledger."""
    found = dict(
        lake.rows("SELECT state, count(*) FROM lake.ledger WHERE run_id = ? GROUP BY 1", [run_id])
    )
    by_column = {column: found.get(state, 0) for state, column in STATES.items()}
    return {"items": sum(by_column.values()), **by_column}


def last_done(lake: Lake, flow: str) -> tuple[str, datetime] | None:
    """Return id and start of the last run of `flow` that was done, whatever checks found."""
    found = lake.rows(
        """SELECT run_id, started_at FROM lake.runs
        WHERE flow = ? AND status IN ('succeeded', 'checks_failed')
        ORDER BY started_at DESC, run_id DESC LIMIT 1""",
        [flow],
    )
    return (found[0][0], found[0][1].astimezone(UTC)) if found else None


def first_run(lake: Lake) -> datetime | None:
    """Return when the first run of all began; None: there was none."""
    found: datetime | None = lake.rows("SELECT min(started_at) FROM lake.runs")[0][0]
    return found.astimezone(UTC) if found else None


def mark_interrupted(lake: Lake, folder: Path) -> list[str]:
    """Give each run that died its end state and its counts, and return the ids of those runs.

    A run is dead where it is `running` in the lake and no process holds its lock. With a shared
    catalogue only runs of this machine, whose lock files are here, are looked at.
    """
    running = lake.query("SELECT * FROM lake.runs WHERE status = 'running'").to_pylist()
    if lake.location.is_postgres:
        running = [row for row in running if _lock_file(folder, row["run_id"]).exists()]
    dead = {row.pop("run_id"): row for row in running if not is_alive(folder, row["run_id"])}
    # One that ended between the question and the look at its lock is none of ours.
    still = {run for (run,) in lake.rows("SELECT run_id FROM lake.runs WHERE status = 'running'")}
    dead = {run_id: row for run_id, row in dead.items() if run_id in still}
    for run_id, row in dead.items():
        _lock_file(folder, run_id).unlink(missing_ok=True)
        changes: dict[str, Any] = {"status": "interrupted", **counts(lake, run_id)}
        put_run(lake, run_id, Run(**(row | changes)))
    return list(dead)


def is_alive(folder: Path, run_id: str) -> bool:
    """Return whether a process of this machine holds the lock of run `run_id`."""
    path = _lock_file(folder, run_id)
    if not path.exists():
        return False
    try:
        with FileLock(path, timeout=0):
            return False
    except (Timeout, OSError):  # held, or another user's: nothing shows that the run is dead
        return True


def _lock_file(folder: Path, run_id: str) -> Path:
    return folder / f"{run_id}.lock"
