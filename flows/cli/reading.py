"""Open what there is to read: the lake, or the publication, where it shows the same or is all."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from flows.cli import interrupts
from flows.cli.options import parse_as_of
from flows.cli.output import print_note

if TYPE_CHECKING:
    import duckdb

    from flows.settings import Settings
    from warehouse.lake import Lake

FETCH_ROWS = 10_000
"""Rows taken from DuckDB at a time, so that a long export needs little memory."""

Row = tuple[Any, ...]

T = TypeVar("T")

NO_VARIABLES = "SET python_enable_replacements = false"
"""A misspelt table must not be looked for among the variables of this program."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The columns of a query and its rows, which can be gone through once."""

    columns: tuple[str, ...]
    rows: Iterable[Row]

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Reader:
    """An open lake or publication. Values go into SQL as literals (`literal`): a parameter
    makes DuckDB import pandas, which takes longer than most queries.
    """

    con: "duckdb.DuckDBPyConnection"
    is_lake: bool

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.con.close()

    def query(self, sql: str) -> Answer:
        """Return the answer to `sql`, fetched as it is gone through.

        Raises QueryError or OutageError. The next query ends this one.
        """
        from warehouse.errors import QueryError
        from warehouse.translated import translated

        with translated():
            if not self.con.extract_statements(sql):
                raise QueryError("there is no statement to run")
            self._run(lambda: self.con.execute(sql))
            names = [column[0] for column in self.con.description or ()]
        return Answer(tuple(_distinct(names)), self._fetch())

    def rows(self, sql: str) -> list[Row]:
        """Return all rows of `sql`."""
        return list(self.query(sql).rows)

    def records(self, sql: str) -> list[dict[str, Any]]:
        """Return all rows of `sql` as dictionaries."""
        return self.query(sql).records()

    def _run(self, work: Callable[[], T]) -> T:
        """Do `work` in a thread: DuckDB ends at Ctrl-C only where it is told to from another, and
        forgets what it is told before the query runs, so it is told until it ends.
        """
        from concurrent.futures import ThreadPoolExecutor, wait

        with interrupts.deferred() as pressed, ThreadPoolExecutor(1) as pool:
            done = pool.submit(work)
            try:
                while wait([done], timeout=0.05).not_done:
                    if pressed:
                        self.con.interrupt()
            except BaseException:  # another signal: the pool waits for the query
                self.con.interrupt()
                raise
            return done.result()

    def _fetch(self) -> Iterator[Row]:
        from warehouse.translated import translated

        while True:
            with translated():
                rows = self._run(lambda: self.con.fetchmany(FETCH_ROWS))
            if not rows:
                return
            yield from rows


def literal(value: str | float | date | None) -> str:
    """Return `value` as an SQL literal."""
    if value is None:
        return "NULL"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)


def condition(wanted: Mapping[str, str | date | None]) -> str:
    """Return the WHERE clause for `wanted`: SQL with `{}` for a value, to that value.

    A value of None or '' asks for nothing.
    """
    given = [part.format(literal(value)) for part, value in wanted.items() if value]
    return f"WHERE {' AND '.join(given)}" if given else ""


def settings_for(config: Path | None, data_dir: Path | None) -> "Settings":
    """Return the settings in force. Raises SettingsError."""
    from flows.settings import load_settings

    return load_settings(config=config, data_dir=data_dir)


def open_reader(
    settings: "Settings", as_of: str | None = None, *, is_of_marts: bool = False
) -> Reader:
    """Open the lake read-only, at the state `as_of` where given.

    For questions of marts and macros (`is_of_marts`) the publication is opened in its place where
    it shows the same, since there they are tables. And a lake that is missing, away or closed to
    this user gives way to the publication, with a note.
    Raises LakeError or OutageError where there is neither, or no such state.
    """
    from warehouse.errors import LakeError, OutageError
    from warehouse.lake import open_lake

    state = parse_as_of(as_of)
    published = settings.publish_folder / "current" / "demarche.duckdb"
    try:
        lake = open_lake(settings.location, read_only=True, as_of=state)
        lake.con.execute(NO_VARIABLES)
    except (LakeError, OutageError) as error:
        if state is not None or not published.is_file():
            raise
        print_note(f"reading the publication {published.resolve()}, since {_first_line(error)}")
        return Reader(open_publication(published), is_lake=False)
    if is_of_marts and state is None and _is_published(lake, settings):
        with suppress(LakeError):
            reader = Reader(open_publication(published), is_lake=False)
            lake.con.close()
            return reader
    return Reader(lake.con, is_lake=True)


def _is_published(lake: "Lake", settings: "Settings") -> bool:
    """Tell whether this demarche has published all that `lake` holds."""
    from importlib.metadata import version

    from warehouse.errors import WarehouseError
    from warehouse.publication import is_current

    try:
        return is_current(lake, settings.publish_folder, code_version=version("demarche"))
    except WarehouseError:
        return False


def open_publication(path: Path) -> "duckdb.DuckDBPyConnection":
    """Open the published file at `path`, read-only. Raises LakeError."""
    import duckdb

    from warehouse import extensions
    from warehouse.errors import LakeError

    try:
        con = duckdb.connect(str(path), read_only=True, config=extensions.CONFIG)
        con.execute("SET TimeZone = 'UTC'")
        con.execute(NO_VARIABLES)
        con.execute(extensions.QUIET)
    except duckdb.Error as error:
        raise LakeError(
            f"the publication cannot be opened: {_first_line(error)}; "
            "`demarche publish --force` makes it anew"
        ) from error
    return con


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """Give a name that stands there already a number, so that no column hides another."""
    seen: set[str] = set()
    for name in names:
        distinct, number = name, 2
        while distinct in seen:
            distinct, number = f"{name}_{number}", number + 1
        seen.add(distinct)
        yield distinct
