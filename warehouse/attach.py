"""Attach a lake to a DuckDB connection: extensions, places, rights, object-store access."""

from datetime import datetime
from pathlib import Path

import duckdb

from warehouse import extensions
from warehouse.disk import refused
from warehouse.errors import LakeError, WarehouseError
from warehouse.location import LakeLocation, masked
from warehouse.objects import ATTEMPTS, require_keys
from warehouse.schema import quoted
from warehouse.translated import OUTAGES, is_full, server_failed


def check_places(location: LakeLocation, *, read_only: bool) -> None:
    """Make the lake's folders, or find its catalogue. Raises LakeError that names the place."""
    file = location.catalog_file
    if read_only and file is not None and not file.is_file():
        raise LakeError(f"no lake at {file}: run `demarche run PATH` first, or give --data-dir")
    if read_only:
        return
    folders = [location.lock_path.parent]
    if not location.is_remote:
        folders.append(Path(location.data_path))
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise refused(f"cannot make {folder}", error) from error


def load_extensions(con: duckdb.DuckDBPyConnection, location: LakeLocation) -> None:
    """Load what `location` needs, and give DuckDB the keys of its object store."""
    extensions.load(con, "postgres_scanner" if location.is_postgres else "sqlite_scanner")
    extensions.load(con, "ducklake")
    if location.is_remote:
        require_keys(location.object_store, location.data_path)
        extensions.load(con, "httpfs")
        con.execute(f"SET http_timeout = {location.object_store.timeout}")
        con.execute(f"SET http_retries = {ATTEMPTS - 1}")
        _add_secret(con, location)


def check_catalog(
    con: duckdb.DuckDBPyConnection, location: LakeLocation, *, read_only: bool
) -> None:
    """Raise LakeError where the catalogue's file is no catalogue, or where it is lost."""
    file, data = location.catalog_file, Path(location.data_path)
    if file is None:
        return
    tables = _sqlite_tables(con, file) if file.exists() and file.stat().st_size else set()
    if tables and "ducklake_metadata" not in tables:
        raise LakeError(f"{file} is an SQLite database of something else; choose another catalog")
    if tables:
        return
    if read_only:
        raise LakeError(f"no lake at {file}: run `demarche run PATH` first, or give --data-dir")
    if next(data.rglob("*.parquet"), None) is not None:
        raise LakeError(
            f"{data} holds the data of a lake, but {file} no catalogue of them: "
            "bring it back from a backup, or choose another --data-dir"
        )


def _sqlite_tables(con: duckdb.DuckDBPyConnection, file: Path) -> set[str]:
    # Not through Python's sqlite3: a second SQLite in one process undoes the locks of the first.
    try:
        rows = con.execute(f"SELECT name FROM sqlite_scan({quoted(file)}, 'sqlite_master')")
        return {name for (name,) in rows.fetchall()}
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].rpartition(": ")[2]
        raise LakeError(
            f"the catalogue {file} cannot be read ({reason}): see that this user may write it, "
            "or bring it back from a backup"
        ) from error


def attach(
    con: duckdb.DuckDBPyConnection,
    location: LakeLocation,
    *,
    read_only: bool = False,
    as_of: int | datetime | None = None,
) -> None:
    """Attach the lake as `lake`. Raises LakeError, or OutageError where a server is away."""
    options = ["READ_ONLY", *_snapshot_option(as_of)] if read_only else []
    # The catalogue remembers a data path; ours wins, so that a moved folder opens all the same.
    options += [f"DATA_PATH {quoted(location.data_path)}", "OVERRIDE_DATA_PATH true"]
    if not location.is_postgres:
        options += ["META_JOURNAL_MODE 'WAL'", "META_BUSY_TIMEOUT 5000"]
    target = quoted(f"ducklake:{location.catalog}")
    try:
        con.execute(f"ATTACH {target} AS lake ({', '.join(options)})")
    except duckdb.Error as error:
        if is_full(error):
            raise
        raise _attach_problem(location, error) from error


def _attach_problem(location: LakeLocation, error: duckdb.Error) -> WarehouseError:
    line = masked(str(error).splitlines()[0])
    lower = line.lower()
    if "version mismatch" in lower:
        return LakeError(
            f"the lake {location.shown} was written by another version of DuckLake ({line}): "
            "upgrade demarche, or use another --data-dir"
        )
    if "snapshot" in lower and "no snapshot" in lower:
        return LakeError(f"no such state of the lake: {line}; `demarche snapshots` lists them")
    if location.is_postgres and isinstance(error, OUTAGES):
        return server_failed(str(error))
    if "readonly" in lower or "permission" in lower:
        return LakeError(
            f"no permission on the catalogue {location.shown}: "
            "readers without write permission use the published file"
        )
    return LakeError(f"the lake {location.shown} cannot be opened: {line}")


def _snapshot_option(as_of: int | datetime | None) -> list[str]:
    if as_of is None:
        return []
    if isinstance(as_of, int):
        return [f"SNAPSHOT_VERSION {as_of}"]
    return [f"SNAPSHOT_TIME '{as_of.isoformat()}'"]


def _add_secret(con: duckdb.DuckDBPyConnection, location: LakeLocation) -> None:
    store = location.object_store
    options = {
        "KEY_ID": store.key_id,
        "SECRET": store.secret,
        "SESSION_TOKEN": store.session_token,
        "REGION": store.region,
        "ENDPOINT": store.endpoint,
        "URL_STYLE": store.url_style,
        "USE_SSL": str(store.use_ssl).lower(),
    }
    given = [f"{key} {quoted(value)}" for key, value in options.items() if value is not None]
    con.execute(f"CREATE SECRET demarche (TYPE s3, {', '.join(given)})")
