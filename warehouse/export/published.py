"""The publication as an export reads it: its tables and columns, and what changed since another."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.errors import LakeError
from warehouse.extensions import CONFIG, QUIET
from warehouse.publication import DATABASE, manifest_of
from warehouse.schema import quoted
from warehouse.translated import translated

if TYPE_CHECKING:
    import pyarrow as pa

BATCH_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Column:
    """One published column: its name, DuckDB's type and its meaning."""

    name: str
    sql_type: str
    meaning: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """One published table or mart: its name, its meaning and its columns."""

    name: str
    meaning: str | None
    columns: tuple[Column, ...]

    @property
    def shape(self) -> tuple[tuple[str, str], ...]:
        """Names and types of its columns; a meaning may change without a row that does."""
        return tuple((column.name, column.sql_type) for column in self.columns)


@dataclass(frozen=True, slots=True)
class Origin:
    """What tells one publication from every other."""

    lake_id: str
    snapshot_id: int
    published_at: str
    code_version: str

    @classmethod
    def of(cls, folder: Path) -> "Origin | None":
        """Return the origin of the publication in `folder`; None where it is not whole."""
        found = manifest_of(folder)
        if found is None:
            return None
        return cls(found.lake_id, found.snapshot_id, found.published_at, found.code_version)


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication, attached as `new`; it stays readable even where newer ones replace it."""

    folder: Path
    origin: Origin
    con: duckdb.DuckDBPyConnection

    def tables(self, names: Sequence[str] = ()) -> tuple[Table, ...]:
        """Return the tables and marts, or those that `names` names.

        Raises LakeError for a name that is not published.
        """
        found = self._described("new")
        for name in names:
            if name not in found:
                raise LakeError(f"no table '{name}' is published; `demarche tables` lists them")
        return tuple(found[name] for name in dict.fromkeys(names or found))

    def _described(self, catalog: str) -> dict[str, Table]:
        of = f"database_name = {quoted(catalog)} AND schema_name = 'main'"
        columns: dict[str, list[Column]] = defaultdict(list)
        for table, *column in self._rows(
            "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() "
            f"WHERE {of} ORDER BY table_name, column_index"
        ):
            columns[table].append(Column(*column))
        listed = f"SELECT table_name, comment FROM duckdb_tables() WHERE {of} ORDER BY 1"
        tables = self._rows(listed)
        return {name: Table(name, meaning, tuple(columns[name])) for name, meaning in tables}

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        with translated():
            return self.con.execute(sql).fetchall()

    def count(self, table: str) -> int:
        """Return how many rows `table` has."""
        return int(self._rows(f'SELECT count(*) FROM new."{table}"')[0][0])

    def reader(self, sql: str) -> "pa.RecordBatchReader":
        """Return the result of `sql`, batch by batch."""
        with translated():
            return self.con.execute(sql).to_arrow_reader(BATCH_ROWS)

    @contextmanager
    def beside(self, origin: Origin | None) -> Iterator[Mapping[str, Table]]:
        """Attach the publication of `origin` as `old`; yield its tables, none where it is gone."""
        folders = (path for path in self.folder.parent.iterdir() if not path.is_symlink())
        old = next((path for path in folders if origin and Origin.of(path) == origin), None)
        if old is None or not self._attached(old):
            yield {}
            return
        try:
            yield self._described("old")
        finally:
            self.con.execute("DETACH old")

    def _attached(self, old: Path) -> bool:
        try:
            self.con.execute(f"ATTACH {quoted(old / DATABASE)} AS old (READ_ONLY)")
        except duckdb.IOException:  # removed just now
            return False
        return True


@contextmanager
def open_current(folder: Path, *, memory_limit: str) -> Iterator[Publication]:
    """Open the current publication under `folder`. Raises LakeError where there is none."""
    with TemporaryDirectory(prefix="demarche-") as spill, duckdb.connect(config=CONFIG) as con:
        con.execute(QUIET)
        con.execute(f"SET memory_limit = {quoted(memory_limit)}")
        con.execute(f"SET temp_directory = {quoted(spill)}")
        con.execute("SET TimeZone = 'UTC'")
        con.execute("SET python_enable_replacements = false")
        yield _current(folder, con)


def _current(folder: Path, con: duckdb.DuckDBPyConnection) -> Publication:
    reason = "it is not whole"
    for _ in range(2):  # what `current` led to may have been removed before it was opened
        held = (folder / "current").resolve()
        origin = Origin.of(held)
        if origin is None:
            continue
        try:
            con.execute(f"ATTACH {quoted(held / DATABASE)} AS new (READ_ONLY)")
            return Publication(held, origin, con)
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
    if not (folder / "current").exists():
        raise LakeError(
            f"nothing is published in {folder}; `demarche run` or `demarche publish` does so"
        )
    raise LakeError(
        f"the publication cannot be opened: {reason}; `demarche publish --force` makes it anew"
    )
