"""Bring the lake back to an earlier snapshot, as a new one: the states in between stay."""

import duckdb

from warehouse import difference
from warehouse.errors import LakeError
from warehouse.history import changed_tables
from warehouse.lake import Lake
from warehouse.schema import columns
from warehouse.staging import drop_stage, is_staged
from warehouse.tables import TABLES


def check_snapshot(lake: Lake, snapshot: int) -> None:
    """Raise LakeError where the lake does not keep `snapshot`, or it is from before its tables."""
    kept = [number for (number,) in lake.rows("SELECT snapshot_id FROM ducklake_snapshots('lake')")]
    if snapshot not in kept:
        raise LakeError(
            f"there is no snapshot {snapshot}; the lake keeps {min(kept)} to {max(kept)}: "
            "`demarche snapshots` lists them"
        )
    if _state(lake, "articles", snapshot) is None:
        raise LakeError(f"snapshot {snapshot} is from before the lake had tables: choose a later")


def restore(lake: Lake, snapshot: int) -> list[difference.Tally]:
    """Make every table what it was at `snapshot`; return the rows that came, went and changed.

    What waits to be promoted was made for the state that goes, and goes with it. Call inside
    `Lake.whole()`.
    """
    difference.begin(lake)
    changed = changed_tables(lake, snapshot)
    for table in filter(changed.__contains__, TABLES):
        _restore_table(lake, table, snapshot)
    # The run that was to be undone, as the state before it has it: no row of any table is its.
    lake.con.execute(
        "DELETE FROM lake.main.runs WHERE status = 'running' AND flow IN ('promote', 'rollback')"
    )
    if is_staged(lake):
        drop_stage(lake)
    return difference.told(lake, table=None, entity_id=None, samples=0).tables


def _restore_table(lake: Lake, table: str, snapshot: int) -> None:
    """Restore one table; one that there was not yet is empty, a column that was not is NULL."""
    names = ", ".join(f'"{column.name}"' for column in columns(table))
    state = _state(lake, table, snapshot)
    # Taken over first: once this transaction writes to the table, its old states show that, too.
    lake.con.execute(f"CREATE OR REPLACE TEMP TABLE wanted_rows AS FROM lake.main.{table} LIMIT 0")
    if state:
        lake.con.execute(f"INSERT INTO wanted_rows BY NAME SELECT {state}")
    different = lake.rows(
        f"""SELECT count(*) FROM (
            (SELECT {names} FROM wanted_rows EXCEPT ALL SELECT {names} FROM lake.main.{table})
            UNION ALL
            (SELECT {names} FROM lake.main.{table} EXCEPT ALL SELECT {names} FROM wanted_rows))"""
    )
    if different == [(0,)]:
        return
    if table != "text_bands":  # an index, of no interest to a reader
        difference.compare(lake, table, f"lake.main.{table}", "wanted_rows")
    lake.con.execute(f"DELETE FROM lake.main.{table}")
    lake.con.execute(f"INSERT INTO lake.main.{table} BY NAME FROM wanted_rows")


def _state(lake: Lake, table: str, snapshot: int) -> str | None:
    """Return columns and FROM clause of the rows of `table` at `snapshot`; None: no table then."""
    at = f"lake.main.{table} AT (VERSION => {snapshot})"
    try:
        described = lake.con.execute(f"SELECT * FROM {at} LIMIT 0").description
    except duckdb.CatalogException:
        return None
    now = {column.name for column in columns(table)}
    shared = ", ".join(f'"{name}"' for name, *_ in described or () if name in now)
    return f"{shared} FROM {at}"
