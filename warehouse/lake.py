"""The lake: open it, query it, write to it in one transaction at a time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import duckdb

from warehouse.attach import attach, check_catalog, check_places, load_extensions
from warehouse.extensions import CONFIG, QUIET
from warehouse.location import LakeLocation
from warehouse.locks import writer_lock
from warehouse.making import add_macros, check_version, make_or_update, see_lake
from warehouse.schema import quoted
from warehouse.translated import translated

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Lake:
    """An attached lake. Use as a context manager; one instance belongs to one thread.

    `lock_timeout` is how many seconds a write waits for another writer. `is_inside`: a transaction
    is open, and what is written becomes part of it.
    """

    con: duckdb.DuckDBPyConnection
    location: LakeLocation
    lock_timeout: float
    is_inside: bool = False

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
        if self.is_inside:
            with translated():
                yield self.con
            return
        with writer_lock(self.location, timeout=self.lock_timeout), translated():
            self.con.execute("BEGIN")
            try:
                yield self.con
                self.con.execute("COMMIT")
            except BaseException:
                _rollback(self.con)
                raise

    @contextmanager
    def whole(self) -> Iterator["Lake"]:
        """Yield this lake such that all that is written to it is one transaction, as in `write`."""
        with self.write():
            yield replace(self, is_inside=True)

    @contextmanager
    def rehearsal(self) -> Iterator["Lake"]:
        """Yield this lake in a transaction that is never committed: nothing written stays.

        Other writers are not kept waiting. Fetch what is to be known before it ends.
        """
        with translated():
            self.con.execute("BEGIN")
            try:
                yield replace(self, is_inside=True)
            finally:
                _rollback(self.con)

    def beside(self) -> "Lake":
        """Return another connection to the same lake, for another thread to read with."""
        con = self.con.cursor()
        see_lake(con, is_linked=False)
        con.execute("SET TimeZone = 'UTC'")
        return Lake(con, self.location, self.lock_timeout)

    @contextmanager
    def holding(self, **tables: "pa.Table") -> Iterator[None]:
        """Have `tables` stand under their names for as long as the block lasts.

        Raises OutageError where the catalogue is away: DuckDB asks it whether a name is taken.
        """
        with translated():
            try:
                for name, table in tables.items():
                    self.con.register(name, table)
                yield
            finally:
                for name in tables:
                    self.con.unregister(name)

    def query(self, sql: str, parameters: Sequence[object] | None = None) -> "pa.Table":
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
    check_places(location, read_only=read_only)
    con = duckdb.connect(config=CONFIG)
    try:
        with translated():
            con.execute(QUIET)
            load_extensions(con, location)
            if read_only:
                check_catalog(con, location, read_only=True)
                attach(con, location, read_only=True, as_of=as_of)
                check_version(con)
            else:
                with writer_lock(location, timeout=lock_timeout):
                    check_catalog(con, location, read_only=False)
                    attach(con, location)
                    make_or_update(con)
            see_lake(con, is_linked=read_only)
            con.execute("SET TimeZone = 'UTC'")
            con.execute(f"SET temp_directory = {quoted(location.lock_path.parent / 'tmp')}")
            add_macros(con)
    except BaseException:
        con.close()
        raise
    return Lake(con, location, lock_timeout)


def _rollback(con: duckdb.DuckDBPyConnection) -> None:
    try:
        con.execute("ROLLBACK")
    except duckdb.Error:
        # The failed statement has already ended the transaction.
        return
