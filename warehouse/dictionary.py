"""The data dictionary: the contract as a view, and as `docs/data-dictionary.md`."""

from warehouse.schema import columns, full_meaning, quoted, row_meaning
from warehouse.sqlfiles import marts
from warehouse.tables import PUBLISHED

HEADER = """# Data dictionary

Generated from `warehouse/tables.py` by `make docs`; do not edit.

Times are UTC. Offsets count code points in `articles.text`, start inclusive, end exclusive.
"""


def dictionary_rows() -> list[tuple[str, str, str | None, str | None, str]]:
    """Return (table, kind, column, type, meaning); a row without column is about the table."""
    rows: list[tuple[str, str, str | None, str | None, str]] = []
    for table in PUBLISHED:
        rows.append((table, "table", None, None, "one row is " + row_meaning(table)))
        rows += [(table, "table", c.name, c.sql_type, full_meaning(c)) for c in columns(table)]
    rows += [(mart.name, "mart", None, None, mart.meaning) for mart in marts()]
    return rows


def dictionary_sql() -> str:
    """Return the SELECT behind the mart `data_dictionary`."""
    values = ",\n".join(
        "(" + ", ".join(_literal(value) for value in row) + ")" for row in dictionary_rows()
    )
    return (
        f'SELECT * FROM (VALUES {values}) AS t("table_name", "kind", "column_name", "type", '
        '"meaning")'
    )


def dictionary_markdown() -> str:
    """Return `docs/data-dictionary.md`."""
    parts = [HEADER]
    for table in PUBLISHED:
        parts.append(f"## {table}\n\nOne row is {row_meaning(table)}.\n")
        lines = ["| column | type | meaning |", "|---|---|---|"]
        for c in columns(table):
            null = "" if c.nullable else " not null"
            lines.append(f"| `{c.name}` | {c.sql_type}{null} | {full_meaning(c)} |")
        parts.append("\n".join(lines) + "\n")
    parts.append("## Marts\n")
    lines = ["| mart | one row is |", "|---|---|"]
    lines += [f"| `{m.name}` | {m.meaning.removeprefix('one row is ')} |" for m in marts()]
    lines.append("| `data_dictionary` | one table or column, with its meaning |")
    return "\n".join([*parts, *lines]) + "\n"


def _literal(value: str | None) -> str:
    return "NULL" if value is None else quoted(value)
