"""What the lake's snapshots tell of its tables."""

from warehouse.lake import Lake

MAIN = 0
"""DuckLake's id of the schema `main`, which is there from the first snapshot on."""


def changed_tables(lake: Lake, since: int) -> set[str]:
    """Return the tables and views whose content changed after snapshot `since`.

    Compaction makes snapshots too, but changes no content; what is staged beside the tables
    (`warehouse.staging`) is none of them, nor is what was dropped with it.
    """
    names = dict(
        lake.rows(
            "SELECT table_id::VARCHAR, table_name FROM ducklake_table_info('lake') "
            f"WHERE schema_id = {MAIN}"
        )
    )
    changes = lake.rows(
        """WITH kinds AS (
            SELECT unnest(map_entries(changes), recursive := true)
            FROM lake.snapshots() WHERE snapshot_id > ?
        )
        SELECT DISTINCT unnest("value") FROM kinds
        WHERE key NOT IN ('merge_adjacent', 'rewrite_delete')
            AND NOT starts_with(key, 'schemas')""",
        [since],
    )
    found = {str(change) for (change,) in changes}
    named = {one.removeprefix("main.") for one in found if not one.isdecimal()}
    return {names[one] for one in found & names.keys()} | {
        one for one in named if not one.startswith("reprocessed.")
    }
