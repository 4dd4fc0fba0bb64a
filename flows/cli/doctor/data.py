"""Check-up of a data folder: room, lake, runs, publication, raw bytes."""

import json
import os
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.cli.doctor.finding import Finding, fail, ok, warn
from flows.cli.reading import Reader, open_publication

if TYPE_CHECKING:
    from flows.settings import Settings
    from warehouse.lake import Lake

LEAST_FREE, LITTLE_FREE = 500_000_000, 5_000_000_000
"""Bytes: below the first a run of a few thousand articles may not end; the second warns in time."""

OLD_RUN_HOURS = 48
RAW_SAMPLE = 20


def check_folder(settings: "Settings") -> Finding:
    """See whether runs could write to the data folder."""
    folder = settings.data_dir.absolute()
    present = next(path for path in (folder, *folder.parents) if path.exists())
    if not present.is_dir():
        return fail("data folder", f"{present} is no folder", "choose another --data-dir")
    if os.access(present, os.W_OK | os.X_OK):
        detail = str(folder) if present == folder else f"{folder} will be made by the first run"
        return ok("data folder", detail)
    remedy = "give this user write permission, if it is to run demarche"
    if (settings.publish_folder / "current").exists():
        return warn("data folder", f"{folder} can only be read", remedy)
    return fail("data folder", f"{present} cannot be written", remedy)


def check_room(settings: "Settings") -> Finding:
    """See how much room is left on the disk of the data folder."""
    folder = settings.data_dir.absolute()
    present = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(present).free
    detail = f"{free / 1e9:.1f} GB free at {present}"
    remedy = "make room; `demarche maintain` lets go of old snapshots"
    if free < LEAST_FREE:
        return fail("disk", detail, remedy)
    return warn("disk", detail, remedy) if free < LITTLE_FREE else ok("disk", detail)


def check_lake(settings: "Settings") -> tuple[Finding, "Lake | None"]:
    """Open the lake read-only; return it where that works."""
    from warehouse.errors import WarehouseError
    from warehouse.lake import open_lake
    from warehouse.schema import SCHEMA_VERSION

    file = settings.location.catalog_file
    if file is not None and not file.exists():
        return warn("lake", f"none yet at {file}", "`demarche run PATH` makes it"), None
    try:
        lake = open_lake(settings.location, read_only=True)
        version = lake.rows("SELECT max(schema_version) FROM lake_info")[0][0]
        snapshot = lake.snapshot_id()
    except WarehouseError as error:
        line = " ".join(str(error).split())
        return fail("lake", line, "see the message"), None
    known = f"schema {version} of {SCHEMA_VERSION}"
    return ok("lake", f"{settings.location.shown}: {known}, snapshot {snapshot}"), lake


def check_interrupted(lake: "Lake", settings: "Settings") -> Finding:
    """Look for runs that died and that no run has noted as interrupted since."""
    from warehouse.living import alive

    running = [run for (run,) in lake.rows("SELECT run_id FROM runs WHERE status = 'running'")]
    living = alive(settings.location, settings.runs_folder, running)
    dead = [run for run in running if run not in living]
    if dead:
        return warn("interrupted runs", ", ".join(dead), "the next run goes on from there")
    return ok("interrupted runs", f"none; {len(running)} at work")


def check_last_run(lake: "Lake", now: datetime) -> Finding:
    """Tell how long ago the last run was, and how it ended."""
    last = lake.rows(
        "SELECT run_id, status, started_at FROM runs ORDER BY started_at DESC, run_id DESC LIMIT 1"
    )
    if not last:
        return warn("last run", "none yet", "`demarche run PATH`")
    run_id, status, started = last[0]
    hours = (now - started.astimezone(UTC)).total_seconds() / 3600
    detail = f"{run_id} {status}, {hours:.1f} hours ago"
    if status in ("failed", "checks_failed", "interrupted"):
        return warn("last run", detail, "`demarche run` again; its log names what went wrong")
    if hours > OLD_RUN_HOURS:
        return warn("last run", detail, "see whether the scheduler still starts runs")
    return ok("last run", detail)


def check_publication(settings: "Settings", lake: "Lake | None") -> Finding:
    """Open the publication and compare it with the lake."""
    from warehouse.errors import WarehouseError
    from warehouse.publication import current, is_current

    folder, remedy = settings.publish_folder, "`demarche publish`"
    try:
        manifest = current(folder)
        if manifest is None:
            return warn("publication", f"none yet under {folder}", remedy)
        with Reader(open_publication(folder / "current" / "demarche.duckdb"), False) as reader:
            rows = reader.rows("SELECT count(*) FROM articles")[0][0]
    except (WarehouseError, OSError, TypeError, json.JSONDecodeError) as error:
        return fail("publication", f"under {folder}: {error}", remedy)
    if rows != manifest.rows.get("articles"):
        return fail("publication", f"{rows} articles, the manifest says otherwise", remedy)
    detail = f"snapshot {manifest.snapshot_id}, {rows} articles"
    if lake is not None and not is_current(lake, folder, code_version=manifest.code_version):
        return warn("publication", f"{detail}: older than the lake", remedy)
    return ok("publication", detail)


def check_raw(lake: "Lake", settings: "Settings") -> Finding:
    """Read back a sample of the raw bytes that the ledger names, and hash them."""
    from warehouse.errors import WarehouseError

    sample = lake.rows(
        f"""SELECT DISTINCT raw_ref FROM ledger WHERE raw_ref IS NOT NULL
        ORDER BY hash(raw_ref), raw_ref LIMIT {RAW_SAMPLE}"""
    )
    problems = []
    for (raw_ref,) in sample:
        try:
            settings.raw_store.get(raw_ref)
        except WarehouseError as error:
            problems.append(str(error))
    if problems:
        detail = f"{len(problems)} of {len(sample)} looked at; {problems[0]}"
        return fail("raw bytes", detail, f"restore {settings.raw_store.place} from a backup")
    return ok("raw bytes", f"{len(sample)} looked at, all there and whole")


def now_utc() -> datetime:
    """Return the time."""
    return datetime.now(UTC)
