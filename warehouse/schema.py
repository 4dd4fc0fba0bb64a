"""What follows from the contract: columns, DuckLake DDL, comments. Arrow is in `arrow.py`."""

import types
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from warehouse.errors import ContractError
from warehouse.tables import TABLES

SCHEMA_VERSION = 7
"""Raised by one with each new table or column, and whatever an older demarche cannot read."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its SQL type, its meaning, and the values allowed, if closed."""

    name: str
    sql_type: str
    nullable: bool
    meaning: str
    values: tuple[str, ...] = ()


SQL_TYPES = {
    str: "VARCHAR",
    int: "BIGINT",
    float: "DOUBLE",
    bool: "BOOLEAN",
    date: "DATE",
    datetime: "TIMESTAMPTZ",
}

ADDED_COLUMNS: dict[str, tuple[Column, ...]] = {
    "article_revisions": (
        Column(
            "replaced_at",
            SQL_TYPES[datetime],
            nullable=False,
            meaning="when the next revision took its place",
        ),
    ),
}
"""Columns that the store fills and no task knows of."""

TABLES_WITHOUT_RUN = frozenset(
    {"entities", "entity_aliases", "entity_members", "entity_links", "corrections", "sources"}
    | {"text_bands", "utterance_links", "story_links"}
)
"""Tables derived from reference data and from all articles, hence of no single run."""

RUN_ID = Column(
    "run_id", SQL_TYPES[str], nullable=True, meaning="run that wrote the row; NULL: registry"
)


@cache
def columns(table: str) -> tuple[Column, ...]:
    """Return the columns of `table` in order. Raises ContractError for an unknown table."""
    if table not in TABLES:
        raise ContractError(f"unknown table '{table}'; tables are {', '.join(TABLES)}")
    row_type = TABLES[table]
    hints = get_type_hints(row_type, include_extras=True)
    declared = tuple(_column(field.name, hints[field.name]) for field in fields(row_type))
    run = () if table in TABLES_WITHOUT_RUN else (RUN_ID,)
    return declared + ADDED_COLUMNS.get(table, ()) + run


def row_meaning(table: str) -> str:
    """Return what one row of `table` is."""
    if table == "article_revisions":
        return "one earlier revision of an article"
    return str(TABLES[table].__doc__)


def create_table_sql(table: str, schema: str = "") -> str:
    """Return the DDL of `table`, in `schema` (such as 'lake.') where given."""
    body = ", ".join(f'"{c.name}" {c.sql_type}' for c in columns(table))
    return f'CREATE TABLE {schema}"{table}" ({body})'


def comment_sql(table: str, schema: str = "") -> list[str]:
    """Return the statements that attach the meaning of `table` and of each column."""
    target = f'{schema}"{table}"'
    lines = [f"COMMENT ON TABLE {target} IS {quoted('one row is ' + row_meaning(table))}"]
    return lines + column_comments(target, columns(table))


def column_comments(target: str, commented: Sequence[Column]) -> list[str]:
    """Return the statements that attach the meaning of each column of the table `target`."""
    return [
        f'COMMENT ON COLUMN {target}."{c.name}" IS {quoted(full_meaning(c))}' for c in commented
    ]


def full_meaning(column: Column) -> str:
    """Return the column's meaning with its closed set of values, if any."""
    values = f" ({', '.join(column.values)})" if column.values else ""
    return column.meaning + values


def _column(name: str, hint: Any) -> Column:
    base, meaning = get_args(hint) if get_origin(hint) is Annotated else (hint, "")
    options = get_args(base) if isinstance(base, types.UnionType) or _is_optional(base) else (base,)
    kinds = [option for option in options if option is not type(None)]
    nullable = len(kinds) < len(options)
    values = get_args(kinds[0]) if get_origin(kinds[0]) is Literal else ()
    return Column(name, SQL_TYPES[str if values else kinds[0]], nullable, meaning, values)


def _is_optional(base: Any) -> bool:
    return type(None) in get_args(base)


def quoted(text: object) -> str:
    """Return `text` as an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"
