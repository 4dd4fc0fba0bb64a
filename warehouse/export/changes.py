"""Rows as a PostgreSQL table takes them, and which of them changed between two publications."""

from warehouse.export.published import Column, Publication, Table
from warehouse.keys import group_of
from warehouse.translated import translated

POSTGRES_TYPES = {
    "VARCHAR": "text",
    "BIGINT": "bigint",
    "DOUBLE": "double precision",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP WITH TIME ZONE": "timestamp with time zone",
}
"""Types that both have."""

CAST = {
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT"), "BIGINT"),
    "UINTEGER": "BIGINT",
    "FLOAT": "DOUBLE",
}
"""Types that become another without loss; all others, beyond 64 bits or nested, become text."""

WITHOUT_NUL = "replace({0}, chr(0), chr(9216)) AS {0}"
"""PostgreSQL's text holds no NUL: its picture (U+2400) takes its place, and offsets stay right."""


def postgres_type(column: Column) -> str:
    """Return the type of `column` in PostgreSQL, as PostgreSQL spells it."""
    return POSTGRES_TYPES[_shared(column)]


def _shared(column: Column) -> str:
    if column.sql_type in POSTGRES_TYPES:
        return column.sql_type
    return CAST.get(column.sql_type, "VARCHAR")


def rows_sql(table: Table, catalog: str = "new") -> str:
    """Return the query for the rows of `table`, as PostgreSQL takes them."""
    shown = ", ".join(_shown(column) for column in table.columns)
    return f"SELECT {shown} FROM {catalog}.{named(table.name)}"


def _shown(column: Column) -> str:
    name, shared = named(column.name), _shared(column)
    if column.sql_type == "VARCHAR":
        return WITHOUT_NUL.format(name)
    return name if column.sql_type == shared else f"{name}::{shared} AS {name}"


def named(*names: str) -> str:
    """Return `names` as SQL identifiers, in a list."""
    return ", ".join('"' + name.replace('"', '""') + '"' for name in names)


def find_changed(publication: Publication, table: Table, before: Table | None) -> int | None:
    """Fill `changed`, a temporary table, with the groups of rows that are not as in `old`.

    `before` is the table there. A group is in it where one of its rows came, went, or is there in
    another number. Returns how many; None where all rows must go over: the table is new or has
    other columns, or it changed and has no groups, or one that is NULL, which no join would find.
    """
    if before is None or before.shape != table.shape:
        return None
    group, names = group_of(table.name), [column.name for column in table.columns]
    columns, keys = named(*names), named(*(group or names))
    sql = f"""CREATE OR REPLACE TEMP TABLE changed AS SELECT DISTINCT {keys} FROM (
        SELECT {keys} FROM (
            SELECT *, 1 AS "in new" FROM ({rows_sql(table)})
            UNION ALL SELECT *, -1 FROM ({rows_sql(table, "old")})
        ) GROUP BY {columns} HAVING sum("in new") <> 0)"""
    with translated():
        publication.con.execute(sql)
        nulls = " OR ".join(f"{named(key)} IS NULL" for key in group or names)
        counted = f"SELECT count(*), count(*) FILTER ({nulls}) FROM changed"
        [(groups, unnamed)] = publication.con.execute(counted).fetchall()
    return None if groups and (unnamed or not group) else int(groups)


def changed_sql(table: Table) -> str:
    """Return the query for the rows of the groups in `changed`."""
    keys = named(*group_of(table.name))
    return f"SELECT * FROM ({rows_sql(table)}) SEMI JOIN changed USING ({keys})"
