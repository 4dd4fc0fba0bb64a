"""Commands on the state of the lake: rejects, runs, snapshots, tables."""

from typing import Annotated

import typer

from flows.cli.options import AsOf, Config, Csv, DataDir, Json, Limit
from flows.cli.output import Format, chosen_format, show, show_records
from flows.cli.reading import Answer, condition, literal, open_reader, settings_for

REJECTS = """WITH latest AS (
    SELECT source_id, item_ref, max(run_id) AS run_id,
        arg_max(state, (seen_at, run_id)) FILTER (NOT is_repeat) AS state
    FROM ledger GROUP BY ALL
), latest_row AS (
    SELECT source_id, regexp_replace(item_ref, '#[0-9]+$', '') AS item_ref, max(run_id) AS run_id
    FROM latest WHERE regexp_matches(item_ref, '#[0-9]+$') GROUP BY ALL
)
SELECT r.source_id, r.item_ref, r.stage, r.reason, r.detail, r.rejected_at, r.retried_at,
    coalesce(l.state, 'rejected') = 'rejected'
        AND coalesce(latest_row.run_id <= l.run_id, true) AS is_open,
    r.raw_ref, r.run_id, r.rejection_id
FROM rejections AS r LEFT JOIN latest AS l USING (source_id, item_ref)
LEFT JOIN latest_row USING (source_id, item_ref)"""
"""A file refused as a whole is taken in as soon as a later run reads rows of it."""

OPEN_REJECTS = f"""FROM ({REJECTS}) WHERE is_open QUALIFY row_number() OVER (
    PARTITION BY source_id, item_ref ORDER BY rejected_at DESC, rejection_id) = 1"""
"""An item that failed in several ways over time counts once, by how it failed last."""

REJECTS_SHOWN = ("source_id", "item_ref", "stage", "reason", "detail", "rejection_id")

RUNS_SHOWN = (
    "run_id",
    "flow",
    "status",
    "started_at",
    "seconds",
    "items",
    "processed",
    "unchanged",
    "duplicates",
    "revised",
    "rejected",
)

SNAPSHOTS = """WITH names AS (
    SELECT table_id::VARCHAR AS id, if(schema_id = 0, table_name, 'reprocessed') AS table_name
    FROM ducklake_table_info('lake')
), changed AS (
    SELECT snapshot_id, unnest(flatten(map_values(changes))) AS change FROM lake.snapshots()
), tables AS (
    SELECT snapshot_id, string_agg(DISTINCT name, ', ' ORDER BY name) AS changed
    FROM (
        SELECT snapshot_id, CASE
            WHEN table_name IS NOT NULL THEN table_name
            WHEN regexp_full_match(change, '[0-9]+') OR starts_with(change, 'reprocessed')
                THEN 'reprocessed'
            ELSE split_part(change, '.', -1) END AS name
        FROM changed LEFT JOIN names ON names.id = change
    ) GROUP BY snapshot_id
)
SELECT snapshot_id, snapshot_time, changed FROM lake.snapshots()
LEFT JOIN tables USING (snapshot_id) ORDER BY snapshot_id DESC"""

DICTIONARY = """SELECT table_name, kind, meaning FROM data_dictionary
    WHERE column_name IS NULL AND kind <> 'macro' ORDER BY kind DESC, table_name"""

MACROS = """SELECT table_name || type AS macro, meaning FROM data_dictionary
    WHERE kind = 'macro' ORDER BY table_name"""

COLUMNS = """SELECT column_name, type, meaning FROM data_dictionary
    WHERE table_name = lower({name}) AND column_name IS NOT NULL"""


class NoSnapshotsError(typer.TyperException):
    """Snapshots were asked of a publication, which has none."""


def rejects(
    source: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only of this source.", show_default=False)
    ] = None,
    reason: Annotated[
        str | None, typer.Option(metavar="REASON", help="Only for this reason.", show_default=False)
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those that were taken in later.")
    ] = False,
    data_dir: DataDir = None,
    config: Config = None,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Csv = False,
    limit: Limit = None,
) -> None:
    """List the items that could not be used, with the reason and the remedy.

    An item leaves the list when a later run takes it in. `demarche retry` tries them again.

    Example: demarche rejects --source local --reason language
    """
    fmt = chosen_format(as_json, as_csv, limit)
    wanted = condition({"source_id = {}": source, "reason = {}": reason})
    found = f"FROM ({REJECTS if everything else OPEN_REJECTS}) {wanted}"
    order = "ORDER BY source_id, reason, item_ref, rejection_id"
    with open_reader(settings_for(config, data_dir), as_of) as reader:
        if fmt.kind == "table":
            summary = reader.records(
                f"""SELECT source_id, reason, stage, count(*) AS items FROM ({found})
                GROUP BY ALL ORDER BY items DESC, source_id, reason, stage"""
            )
            if summary:
                show_records(summary, Format("table", None))
                print()
        show(reader.query(f"{found} {order}"), fmt, REJECTS_SHOWN)


def runs(
    data_dir: DataDir = None,
    config: Config = None,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Csv = False,
    limit: Limit = None,
) -> None:
    """List the runs, the last one first, with what became of their items.

    Example: demarche runs --limit 5
    """
    fmt = chosen_format(as_json, as_csv, limit)
    with open_reader(settings_for(config, data_dir), as_of) as reader:
        answer = reader.query("FROM run_quality ORDER BY started_at DESC, run_id DESC")
        show(answer, fmt, RUNS_SHOWN)


def snapshots(
    data_dir: DataDir = None,
    config: Config = None,
    as_json: Json = False,
    as_csv: Csv = False,
    limit: Limit = None,
) -> None:
    """List the states of the lake that --as-of can ask for, the last one first.

    Example: demarche snapshots --limit 10
    """
    fmt = chosen_format(as_json, as_csv, limit)
    with open_reader(settings_for(config, data_dir)) as reader:
        if not reader.is_lake:
            raise NoSnapshotsError("a publication has no snapshots; they need the lake")
        show(reader.query(SNAPSHOTS), fmt)


def tables(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="Table whose columns to list.", show_default=False),
    ] = None,
    data_dir: DataDir = None,
    config: Config = None,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Csv = False,
    limit: Limit = None,
) -> None:
    """List tables and marts with their rows and meaning, or the columns of table NAME.

    Example: demarche tables

    Example: demarche tables stances
    """
    fmt = chosen_format(as_json, as_csv, limit)
    with open_reader(settings_for(config, data_dir), as_of) as reader:
        if name is not None:
            show(reader.query(COLUMNS.format(name=literal(name))), fmt)
            return
        listed = reader.rows(DICTIONARY)
        counted = [
            (table, kind, reader.rows(f'SELECT count(*) FROM "{table}"')[0][0], meaning)
            for table, kind, meaning in listed
        ]
    show(Answer(("table_name", "kind", "rows", "meaning"), counted), fmt)


def register(app: typer.Typer) -> None:
    """Add these commands to `app`."""
    for command in (rejects, runs, snapshots, tables):
        app.command()(command)
