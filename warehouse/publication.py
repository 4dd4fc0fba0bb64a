"""The publication: what readers get. One DuckDB file and plain Parquet, switched atomically.

`publish/<snapshot>/` holds `demarche.duckdb`, `parquet/<table>.parquet` and `manifest.json`;
`publish/current` is a symbolic link to the latest. A reader that holds the old file keeps the
old, consistent content until it closes all its connections.
"""

import json
import os
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path

import duckdb
from filelock import FileLock

from warehouse import linked
from warehouse.comments import macro_comments, mart_comments
from warehouse.dictionary import dictionary_views
from warehouse.disk import refused
from warehouse.history import changed_tables
from warehouse.lake import Lake
from warehouse.mart_columns import DICTIONARY
from warehouse.schema import comment_sql, quoted
from warehouse.sqlfiles import macros, marts
from warehouse.tables import PUBLISHED
from warehouse.translated import translated

STORAGE_VERSION = "v1.0.0"
"""Opened by every DuckDB 1.x, older than ours and newer."""

BOOKKEEPING = frozenset({"ledger", "runs", "fetches", "lake_info", "told"})
"""Tables that change in every run; a change in these alone is not worth a publication."""

DATABASE = "demarche.duckdb"
BUILDING = ".building"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a publication holds: the lake and its snapshot, its versions and rows by table."""

    lake_id: str
    snapshot_id: int
    published_at: str
    code_version: str
    rows: dict[str, int]


def current(folder: Path) -> Manifest | None:
    """Return the manifest of the current publication under `folder`; None where it is not whole."""
    return manifest_of(folder / "current")


def manifest_of(publication: Path) -> Manifest | None:
    """Return the manifest of `publication`, a folder; None where that is not whole."""
    try:
        text = (publication / "manifest.json").read_text(encoding="utf-8")
        return Manifest(**json.loads(text)) if (publication / DATABASE).is_file() else None
    except (OSError, ValueError, TypeError):
        return None


def is_current(lake: Lake, folder: Path, *, code_version: str) -> bool:
    """Return whether the current publication shows all that `lake` has but bookkeeping.

    Where snapshots since then have expired nobody knows any more, and it does not.
    """
    manifest = current(folder)
    if manifest is None or manifest.code_version != code_version:
        return False
    if manifest.lake_id != _lake_id(lake):
        return False
    since = manifest.snapshot_id
    ((kept,),) = lake.rows("SELECT count(*) FROM lake.snapshots() WHERE snapshot_id > ?", [since])
    if since + int(kept) != lake.snapshot_id():
        return False
    return not changed_tables(lake, since) - BOOKKEEPING


def publish(lake: Lake, folder: Path, *, keep: int, code_version: str) -> Manifest:
    """Publish what `lake` shows, under `folder`, and keep the last `keep` publications.

    Open the lake at the snapshot that was checked (`as_of`), so that exactly that is published.
    Raises OutageError where the disk is full, LakeError without permission; then the current
    publication stays as it was.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock"):
            return _publish(lake, folder, keep, code_version)
    except OSError as error:
        raise refused(f"cannot publish to {folder}", error) from error


def _publish(lake: Lake, folder: Path, keep: int, code_version: str) -> Manifest:
    lake_id, snapshot_id = _lake_id(lake), lake.snapshot_id()
    latest = current(folder)
    if latest is not None and latest.lake_id == lake_id and latest.snapshot_id > snapshot_id:
        return latest  # another run has published more than we have
    building = folder / BUILDING
    shutil.rmtree(building, ignore_errors=True)
    try:
        (building / "parquet").mkdir(parents=True)
        rows = _build(lake, building)
        published_at = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = Manifest(lake_id, snapshot_id, published_at, code_version, rows)
        (building / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1))
        _switch(folder, building, snapshot_id)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    _remove_old(folder, keep, lake_id)
    return manifest


def _build(lake: Lake, building: Path) -> dict[str, int]:
    target = quoted(building / DATABASE)
    with translated():
        lake.con.execute(f"ATTACH {target} AS pub (STORAGE_VERSION '{STORAGE_VERSION}')")
        try:
            _copy_tables(lake.con)
            names = [*PUBLISHED, *(mart.name for mart in marts()), *DICTIONARY]
            rows = {name: _export(lake.con, name, building) for name in names}
            lake.con.execute("CHECKPOINT pub")
        finally:
            _let_go(lake.con)
    return rows


def _let_go(con: duckdb.DuckDBPyConnection) -> None:
    """Detach the new file; what fails here on a full disk must not hide what failed before."""
    for statement in ("USE lake", "DETACH pub"):
        with suppress(duckdb.Error):
            con.execute(statement)


def _copy_tables(con: duckdb.DuckDBPyConnection) -> None:
    seen = linked.views()
    for table in PUBLISHED:
        schema = "lake.linked" if table in seen else "lake.main"
        con.execute(f'CREATE TABLE pub."{table}" AS FROM {schema}."{table}"')
        for statement in comment_sql(table, "pub."):
            con.execute(statement)
    con.execute("USE pub")
    made = {mart.name: mart.body for mart in marts()} | dictionary_views()
    for name, body in made.items():
        con.execute(f"CREATE TABLE pub.{name} AS {body}")
    comments = (*mart_comments("pub.", kind="TABLE"), *macro_comments("pub."))
    for statement in (*macros("MACRO"), *comments):
        con.execute(statement)


def _export(con: duckdb.DuckDBPyConnection, name: str, building: Path) -> int:
    target = quoted(building / "parquet" / f"{name}.parquet")
    done = con.execute(f'COPY pub."{name}" TO {target} (FORMAT parquet, COMPRESSION zstd)')
    row = done.fetchone()
    return int(row[0]) if row else 0


def _switch(folder: Path, building: Path, snapshot_id: int) -> None:
    for path in building.rglob("*"):
        if path.is_file():
            _sync(path)
    target = _free_name(folder, snapshot_id)
    building.replace(target)
    link = folder / ".current"
    link.unlink(missing_ok=True)
    link.symlink_to(target.name)
    link.replace(folder / "current")
    _sync(folder)


def _free_name(folder: Path, snapshot_id: int) -> Path:
    """Return a name for the publication of `snapshot_id`; the same one may be published again."""
    base = f"{snapshot_id:08d}"
    names = chain((base,), (f"{base}-{number}" for number in count(2)))
    return next(folder / name for name in names if not (folder / name).exists())


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_old(folder: Path, keep: int, lake_id: str) -> None:
    """Keep the last `keep` publications by their snapshots, whatever the clock said meanwhile."""

    def order(path: Path) -> tuple[bool, list[int]]:
        manifest = manifest_of(path)
        is_ours = manifest is not None and manifest.lake_id == lake_id
        return is_ours, [int(number) for number in path.name.split("-")]

    held = (folder / "current").resolve()
    kept = sorted((path for path in folder.iterdir() if path.name[0].isdigit()), key=order)
    for path in kept[:-keep]:
        if path != held:
            shutil.rmtree(path, ignore_errors=True)


def _lake_id(lake: Lake) -> str:
    """Return what tells this lake from every other: the catalogue's id of its ledger."""
    sql = "SELECT table_uuid::VARCHAR FROM ducklake_table_info('lake') WHERE table_name = 'ledger'"
    return str(lake.rows(sql)[0][0])
