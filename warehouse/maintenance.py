"""Housekeeping of the lake, under the writer's lock: small files merged, old snapshots let go."""

from dataclasses import dataclass
from datetime import datetime

from warehouse.lake import Lake
from warehouse.locks import writer_lock
from warehouse.translated import translated


@dataclass(frozen=True, slots=True)
class Maintenance:
    """What was done: data files before and after, snapshots let go, files removed."""

    files_before: int
    files_after: int
    snapshots_expired: int
    files_removed: int


def compact(lake: Lake, *, expire_before: datetime, remove_before: datetime) -> Maintenance:
    """Merge small data files and let go of snapshots taken before `expire_before`.

    Files that no snapshot needs are removed where they were let go before `remove_before`: keep
    that a day or more in the past, since a reader may still hold them.
    """
    with writer_lock(lake.location, timeout=lake.lock_timeout), translated():
        before = data_files(lake)
        for call in (
            "ducklake_rewrite_data_files('lake')",
            "ducklake_merge_adjacent_files('lake')",
        ):
            lake.con.execute(f"CALL {call}").fetchall()
        expired = lake.con.execute(
            f"CALL ducklake_expire_snapshots('lake', older_than => {_timestamp(expire_before)})"
        ).fetchall()
        older = f"older_than => {_timestamp(remove_before)}"
        removed = [
            row
            for call in ("ducklake_cleanup_old_files", "ducklake_delete_orphaned_files")
            for row in lake.con.execute(f"CALL {call}('lake', {older})").fetchall()
        ]
        return Maintenance(before, data_files(lake), len(expired), len(removed))


def merge(lake: Lake) -> None:
    """Merge small data files, and nothing else: old snapshots keep theirs until `compact`."""
    with writer_lock(lake.location, timeout=lake.lock_timeout), translated():
        lake.con.execute("CALL ducklake_merge_adjacent_files('lake')").fetchall()


def data_files(lake: Lake) -> int:
    """Return how many data files the latest snapshot has."""
    return int(
        lake.rows("SELECT coalesce(sum(file_count), 0) FROM ducklake_table_info('lake')")[0][0]
    )


def _timestamp(moment: datetime) -> str:
    return f"TIMESTAMPTZ '{moment.isoformat()}'"
