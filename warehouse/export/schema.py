"""The tables of an export in a PostgreSQL schema: made, added to and described, never dropped."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, field

from warehouse.errors import ExportError
from warehouse.export.changes import named, postgres_type
from warehouse.export.published import Origin, Table
from warehouse.export.server import Server
from warehouse.keys import KEYS, LOOKED_UP, group_of
from warehouse.schema import quoted

STATE = "export_state"
STATE_COLUMNS = {
    "table_name": "table that was exported",
    "lake_id": "lake it comes from",
    "snapshot_id": "snapshot of the lake that it shows",
    "published_at": "when that was published",
    "code_version": "version of demarche that published it",
    "rows": "rows it has",
    "exported_at": "when it last changed here, in UTC",
}
NOW = """to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')"""
IDENTIFIER_BYTES = 63
"""Longest name in PostgreSQL."""

FOUND = """SELECT c.relname::text, c.relkind::text, a.attname::text,
    format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum),
    obj_description(c.oid, 'pg_class')
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE n.nspname = {schema} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
ORDER BY c.relname, a.attnum"""


@dataclass(slots=True)
class Held:
    """One relation that the schema holds: its kind, its meaning, and type and meaning by column."""

    kind: str
    meaning: str | None
    columns: dict[str, tuple[str, str | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema of demarche's own: what it holds, and of which publication each table is."""

    server: Server
    name: str
    held: dict[str, Held]
    state: dict[str, Origin]

    def place(self, table: str) -> str:
        """Return `table` with its schema, as SQL."""
        return f"{named(self.name)}.{named(table)}"


def open_schema(server: Server, name: str) -> Schema:
    """Return the schema `name`, made where it is missing.

    Raises ExportError where it is the system's, or holds something and is not demarche's.
    """
    if not name or len(name.encode()) > IDENTIFIER_BYTES or name.startswith("pg_"):
        raise ExportError(f"'{name}' can be no schema; name another one with --schema")
    if not server.rows(f"SELECT 1 FROM pg_namespace WHERE nspname = {quoted(name)}"):
        server.execute(f"CREATE SCHEMA {named(name)}")
    held: dict[str, Held] = {}
    for table, kind, column, sql_type, meaning, of_table in server.rows(
        FOUND.format(schema=quoted(name))
    ):
        relation = held.setdefault(table, Held(kind, of_table))
        if column is not None:
            relation.columns[column] = (sql_type, meaning)
    if held and not set(STATE_COLUMNS) <= set(held.get(STATE, Held("", None)).columns):
        raise ExportError(
            f"schema '{name}' holds tables that demarche did not make, such as {min(held)}; "
            "name an empty or a new one with --schema"
        )
    schema = Schema(server, name, held, {})
    if not held:
        _make_state(schema)
    schema.state.update(_read_state(schema))
    return schema


def _make_state(schema: Schema) -> None:
    place = schema.place(STATE)
    numbers = ("snapshot_id", "rows")
    columns = ", ".join(
        f"{named(column)} {'bigint' if column in numbers else 'text'} NOT NULL"
        for column in STATE_COLUMNS
    )
    schema.server.execute(f"CREATE TABLE {place} ({columns}, PRIMARY KEY (table_name))")
    what = "one row is one exported table and the publication it is of; kept by demarche export"
    schema.server.execute(f"COMMENT ON TABLE {place} IS {quoted(what)}")
    for column, meaning in STATE_COLUMNS.items():
        schema.server.execute(f"COMMENT ON COLUMN {place}.{named(column)} IS {quoted(meaning)}")


def _read_state(schema: Schema) -> dict[str, Origin]:
    sql = "SELECT table_name, lake_id, snapshot_id, published_at, code_version FROM "
    return {str(row[0]): Origin(*row[1:]) for row in schema.server.rows(sql + schema.place(STATE))}


def note_state(schema: Schema, table: str, origin: Origin, rows: int) -> None:
    """Keep that `table` has `rows` rows and shows the publication of `origin`."""
    place = schema.place(STATE)
    values = ", ".join(quoted(value) for value in (table, *astuple(origin), rows))
    schema.server.execute(f"DELETE FROM {place} WHERE table_name = {quoted(table)}")
    schema.server.execute(f"INSERT INTO {place} VALUES ({values}, {NOW})")


def shape(schema: Schema, table: Table) -> bool:
    """Make `table`, or add the columns it lacks; return whether its rows must all be written.

    Raises ExportError for something else of that name, and for a column of another type.
    """
    wanted = {column.name: postgres_type(column) for column in table.columns}
    held = schema.held.get(table.name)
    if held is None:
        columns = ", ".join(f"{named(name)} {kind}" for name, kind in wanted.items())
        schema.server.execute(f"CREATE TABLE {schema.place(table.name)} ({columns})")
        return True
    _check(schema, table.name, held, wanted)
    lacking = [name for name in wanted if name not in held.columns]
    for name in lacking:
        schema.server.execute(
            f"ALTER TABLE {schema.place(table.name)} ADD COLUMN {named(name)} {wanted[name]}"
        )
    return bool(lacking)


def _check(schema: Schema, table: str, held: Held, wanted: dict[str, str]) -> None:
    where = f"{schema.name}.{table}"
    if held.kind != "r" or table not in schema.state:
        raise ExportError(
            f"{where} was not made by demarche; rename it, or choose another --schema"
        )
    for name, kind in wanted.items():
        if name in held.columns and held.columns[name][0] != kind:
            raise ExportError(
                f"{where}.{name} is {held.columns[name][0]}, and is to be {kind}: "
                f"drop {where} or choose another --schema, then export again"
            )


def describe(schema: Schema, table: Table) -> None:
    """Attach the meanings of `table` and its columns, where other ones stand there."""
    place, held = schema.place(table.name), schema.held.get(table.name, Held("r", None))
    if held.meaning != table.meaning:
        schema.server.execute(f"COMMENT ON TABLE {place} IS {_literal(table.meaning)}")
    for column in table.columns:
        if held.columns.get(column.name, ("", None))[1] != column.meaning:
            target = f"{place}.{named(column.name)}"
            schema.server.execute(f"COMMENT ON COLUMN {target} IS {_literal(column.meaning)}")


def _literal(text: str | None) -> str:
    return "NULL" if text is None else quoted(text)


def index(schema: Schema, table: Table) -> None:
    """Give a new `table` its primary key, or an index of its groups, and those for look-ups."""
    place, key, group = schema.place(table.name), KEYS.get(table.name), group_of(table.name)
    if key:
        schema.server.execute(f"ALTER TABLE {place} ADD PRIMARY KEY ({named(*key)})")
    asked = [(name.name,) for name in table.columns if name.name in LOOKED_UP]
    # An address may be longer than an index takes; the other columns of groups are short.
    groups: Sequence[tuple[str, ...]] = () if key or "item_ref" in group or not group else (group,)
    for columns in dict.fromkeys([*groups, *asked]):
        if columns[0] != (key or ("",))[0]:
            schema.server.execute(f"CREATE INDEX ON {place} ({named(*columns)})")
