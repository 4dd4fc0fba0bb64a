"""The lake: open it, query it, write to it in one transaction at a time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa

from warehouse import extensions
from warehouse.dictionary import dictionary_sql
from warehouse.errors import LakeError, OutageError, QueryError, WarehouseError
from warehouse.location import LakeLocation
from warehouse.locks import writer_lock
from warehouse.schema import SCHEMA_VERSION, comment_sql, create_table_sql
from warehouse.sqlfiles import macros, marts
from warehouse.tables import TABLES

OPTIONS = {"data_inlining_row_limit": "0", "parquet_compression": "'zstd'"}
"""Data is Parquet from the first row on; zstd takes 2.3 times less room than snappy here."""

OUTAGES = (duckdb.IOException, duckdb.HTTPException, duckdb.TransactionException)


@dataclass(frozen=True, slots=True)
class Lake:
    """An attached lake. Use as a context manager; one instance belongs to one thread.

    `lock_timeout` is how many seconds a write waits for another writer.
    """

    con: duckdb.DuckDBPyConnection
    location: LakeLocation
    lock_timeout: float

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.con.close()

    @contextmanager
    def write(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Hold the writer's lock around one transaction: all of it is committed, or none.

        Raises OutageError where storage, catalogue or lock fail; a later call may succeed.
        """
        with writer_lock(self.location, timeout=self.lock_timeout), translated():
            self.con.execute("BEGIN")
            try:
                yield self.con
                self.con.execute("COMMIT")
            except BaseException:
                _rollback(self.con)
                raise

    def query(self, sql: str, parameters: Sequence[object] | None = None) -> pa.Table:
        """Return the result of `sql` as an Arrow table. Raises QueryError or OutageError."""
        with translated():
            return self.con.execute(sql, parameters).to_arrow_table()

    def rows(self, sql: str, parameters: Sequence[object] | None = None) -> list[tuple[Any, ...]]:
        """Return the result of `sql` as tuples. Raises QueryError or OutageError."""
        with translated():
            return self.con.execute(sql, parameters).fetchall()

    def snapshot_id(self) -> int:
        """Return the number of the snapshot that this lake shows."""
        return int(self.rows("FROM ducklake_current_snapshot('lake')")[0][0])


def open_lake(
    location: LakeLocation,
    *,
    read_only: bool = False,
    as_of: int | datetime | None = None,
    lock_timeout: float = 600,
) -> Lake:
    """Open the lake at `location`, made anew where there is none and `read_only` is false.

    `as_of` (a snapshot number or a time) opens an earlier state, read-only.
    Raises LakeError where there is no lake, no permission or the lake is of a newer demarche.
    """
    read_only = read_only or as_of is not None
    _check_places(location, read_only=read_only)
    con = duckdb.connect(config=extensions.CONFIG)
    lake = Lake(con, location, lock_timeout)
    try:
        with translated():
            _attach(lake, read_only=read_only, as_of=as_of)
            if read_only:
                _check_version(lake)
            _prepare(lake)
    except BaseException:
        con.close()
        raise
    return lake


def _prepare(lake: Lake) -> None:
    lake.con.execute("USE lake")
    lake.con.execute("SET TimeZone = 'UTC'")
    try:
        for statement in macros("TEMP MACRO"):
            lake.con.execute(statement)
    except duckdb.CatalogException as error:
        raise LakeError("the lake had no marts yet at that state; ask for a later one") from error


def _check_places(location: LakeLocation, *, read_only: bool) -> None:
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
            raise LakeError(
                f"cannot make {folder}: {error.strerror}; "
                "give this user write permission or choose another --data-dir"
            ) from error


def _attach(lake: Lake, *, read_only: bool, as_of: int | datetime | None) -> None:
    location = lake.location
    extensions.load(lake.con, "postgres_scanner" if location.is_postgres else "sqlite_scanner")
    extensions.load(lake.con, "ducklake")
    if location.is_remote:
        extensions.load(lake.con, "httpfs")
        _add_secret(lake)
    if read_only:
        _attach_with_options(lake, ["READ_ONLY", *_snapshot_option(as_of)])
        return
    with writer_lock(location, timeout=lake.lock_timeout):
        _attach_with_options(lake, [])
        if not lake.rows("SELECT 1 FROM duckdb_tables() WHERE database_name = 'lake' LIMIT 1"):
            _create(lake)
        _check_version(lake)
        _refresh_views(lake)


def _attach_with_options(lake: Lake, options: list[str]) -> None:
    # The catalogue remembers a data path; ours wins, so that a moved folder opens all the same.
    options += [f"DATA_PATH '{lake.location.data_path}'", "OVERRIDE_DATA_PATH true"]
    if not lake.location.is_postgres:
        options += ["META_JOURNAL_MODE 'WAL'", "META_BUSY_TIMEOUT 5000"]
    target = lake.location.catalog.replace("'", "''")
    try:
        lake.con.execute(f"ATTACH 'ducklake:{target}' AS lake ({', '.join(options)})")
    except duckdb.Error as error:
        kind = OutageError if lake.location.is_postgres else LakeError
        raise kind(_attach_problem(lake.location, str(error))) from error


def _attach_problem(location: LakeLocation, message: str) -> str:
    line = message.splitlines()[0]
    if "snapshot" in message.lower() and "no snapshot" in message.lower():
        return f"no such state of the lake: {line}; `demarche snapshots` lists them"
    if "readonly" in message.lower() or "permission" in message.lower():
        return (
            f"no permission on the catalogue {location.shown}: "
            "readers without write permission use the published file"
        )
    return f"the lake {location.shown} cannot be opened: {line}"


def _snapshot_option(as_of: int | datetime | None) -> list[str]:
    if as_of is None:
        return []
    if isinstance(as_of, int):
        return [f"SNAPSHOT_VERSION {as_of}"]
    return [f"SNAPSHOT_TIME '{as_of.isoformat()}'"]


def _add_secret(lake: Lake) -> None:
    store = lake.location.object_store
    options = {
        "KEY_ID": store.key_id,
        "SECRET": store.secret,
        "SESSION_TOKEN": store.session_token,
        "REGION": store.region,
        "ENDPOINT": store.endpoint,
        "URL_STYLE": store.url_style,
        "USE_SSL": str(store.use_ssl).lower(),
    }
    given = [f"{key} '{value}'" for key, value in options.items() if value is not None]
    lake.con.execute(f"CREATE SECRET demarche (TYPE s3, {', '.join(given)})")


def _create(lake: Lake) -> None:
    for option, value in OPTIONS.items():
        lake.con.execute(f"CALL lake.set_option('{option}', {value})")
    lake.con.execute("BEGIN")
    lake.con.execute("CREATE TABLE lake.lake_info (schema_version BIGINT, views_sha256 VARCHAR)")
    lake.con.execute(f"INSERT INTO lake.lake_info VALUES ({SCHEMA_VERSION}, NULL)")
    for table in TABLES:
        lake.con.execute(create_table_sql(table, "lake."))
        for statement in comment_sql(table, "lake."):
            lake.con.execute(statement)
    lake.con.execute("COMMIT")


def _refresh_views(lake: Lake) -> None:
    """Make the marts anew where this version of demarche defines them otherwise."""
    views = {mart.name: mart.body for mart in marts()} | {"data_dictionary": dictionary_sql()}
    digest = sha256(repr(views).encode()).hexdigest()
    if lake.rows("SELECT views_sha256 FROM lake.lake_info") == [(digest,)]:
        return
    lake.con.execute("BEGIN")
    for name, body in views.items():
        lake.con.execute(f"CREATE OR REPLACE VIEW lake.{name} AS {body}")
    lake.con.execute("DELETE FROM lake.lake_info")
    lake.con.execute("INSERT INTO lake.lake_info VALUES (?, ?)", [SCHEMA_VERSION, digest])
    lake.con.execute("COMMIT")


def _check_version(lake: Lake) -> None:
    try:
        version = lake.rows("SELECT max(schema_version) FROM lake.lake_info")[0][0]
    except WarehouseError as error:
        raise LakeError(f"{lake.location.shown} holds no demarche lake: {error}") from error
    if version > SCHEMA_VERSION:
        raise LakeError(
            f"the lake was written by a newer demarche (schema {version}, this one knows "
            f"{SCHEMA_VERSION}): upgrade demarche, or use another --data-dir"
        )


@contextmanager
def translated() -> Iterator[None]:
    """Turn DuckDB's errors into ours: OutageError where it may pass, else QueryError."""
    try:
        yield
    except OUTAGES as error:
        raise OutageError(f"{str(error).splitlines()[0]}") from error
    except duckdb.Error as error:
        raise QueryError(str(error)) from error


def _rollback(con: duckdb.DuckDBPyConnection) -> None:
    try:
        con.execute("ROLLBACK")
    except duckdb.Error:
        # The failed statement has already ended the transaction.
        return
