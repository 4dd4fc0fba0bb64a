"""Rows of the contract as Arrow tables; apart from `schema`, since queries need no Arrow."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import pyarrow as pa

from warehouse.errors import ContractError
from warehouse.schema import Column, columns
from warehouse.tables import TABLES

ARROW_TYPES = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMPTZ": pa.timestamp("us", tz="UTC"),
}


def arrow_schema(table: str) -> pa.Schema:
    """Return the explicit Arrow schema of `table`."""
    return pa.schema(
        [pa.field(c.name, ARROW_TYPES[c.sql_type], c.nullable) for c in columns(table)]
    )


def to_arrow(table: str, rows: Sequence[Any], **added: object) -> pa.Table:
    """Return `rows` (dataclass rows of the contract) as an Arrow table of the table's schema.

    `added` gives constants for the columns that no task fills, such as `run_id`.
    Raises ContractError that names the table, column and value of a row outside the contract.
    """
    arrays = []
    for column in columns(table):
        if column.name in added:
            values = [added[column.name]] * len(rows)
        else:
            values = [getattr(row, column.name, None) for row in rows]
        arrays.append(_array(table, column, values))
    return pa.table(arrays, schema=arrow_schema(table))


def _array(table: str, column: Column, values: list[Any]) -> pa.Array:
    where = f"{table}.{column.name}"
    if not column.nullable and None in values:
        raise ContractError(f"{where} must not be NULL")
    if column.values:
        unknown = sorted({v for v in values if v is not None} - set(column.values))
        if unknown:
            raise ContractError(f"{where} does not know {unknown[0]!r}; it takes {column.values}")
    try:
        return pa.array(values, type=ARROW_TYPES[column.sql_type])
    except (pa.ArrowException, TypeError, UnicodeError) as error:
        raise ContractError(f"{where}: {error}") from error


def from_arrow(table: str, found: pa.Table) -> list[Any]:
    """Return the rows of `found`, an Arrow table that `to_arrow` gave, as rows of the contract."""
    names = [field.name for field in fields(TABLES[table])]
    values = zip(*(found.column(name).to_pylist() for name in names), strict=True)
    return [TABLES[table](**dict(zip(names, row, strict=True))) for row in values]
