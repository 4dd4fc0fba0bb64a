"""Runs in the lake: begun, finished, or found dead."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from warehouse.commit import append
from warehouse.lake import Lake
from warehouse.living import alive, forget
from warehouse.tables import Run

STATES = {
    "processed": "processed",
    "unchanged": "unchanged",
    "duplicate": "duplicates",
    "revised": "revised",
    "rejected": "rejected",
}
"""Ledger state to the column of `runs` that counts it."""


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


def last_ahead(lake: Lake, now: datetime, *, by: timedelta) -> tuple[str, str] | None:
    """Return id and start of the run begun latest where that is ahead of `now`, by over `by`."""
    found = lake.rows(
        """SELECT run_id, strftime(started_at AT TIME ZONE 'UTC', '%Y-%m-%d %H:%M:%S UTC')
        FROM lake.runs WHERE started_at > ? ORDER BY started_at DESC, run_id DESC LIMIT 1""",
        [now + by],
    )
    return found[0] if found else None


def first_run(lake: Lake) -> datetime | None:
    """Return when the first run of all began; None: there was none."""
    found: datetime | None = lake.rows("SELECT min(started_at) FROM lake.runs")[0][0]
    return found.astimezone(UTC) if found else None


def mark_interrupted(lake: Lake, folder: Path) -> list[str]:
    """Give each run that died its end state and its counts, and return the ids of those runs.

    A run is dead where it is `running` in the lake and no process holds its lock.
    """
    running = lake.query("SELECT * FROM lake.runs WHERE status = 'running'").to_pylist()
    living = alive(lake.location, folder, [row["run_id"] for row in running])
    dead = {row.pop("run_id"): row for row in running if row["run_id"] not in living}
    # One that ended between the question and the look at its lock is none of ours.
    still = {run for (run,) in lake.rows("SELECT run_id FROM lake.runs WHERE status = 'running'")}
    dead = {run_id: row for run_id, row in dead.items() if run_id in still}
    for run_id, row in dead.items():
        changes: dict[str, Any] = {"status": "interrupted", **counts(lake, run_id)}
        put_run(lake, run_id, Run(**(row | changes)))
        forget(folder, run_id)
    return list(dead)
