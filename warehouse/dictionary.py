"""The data dictionary: the contract as views, and as `docs/data-dictionary.md`."""

from collections.abc import Iterator, Sequence

from warehouse.comments import MEANINGS
from warehouse.inlining import read_macro
from warehouse.mart_columns import FILE as COLUMNS
from warehouse.mart_columns import mart_columns
from warehouse.schema import columns, comment_sql, full_meaning, quoted, row_meaning
from warehouse.sqlfiles import marts, read_folder
from warehouse.tables import PUBLISHED
from warehouse.values import FILE as VALUES
from warehouse.values import closed_sets, value_rows

HEADER = """# Data dictionary

Generated from `warehouse/tables.py` and `warehouse/meanings/` by `make docs`; do not edit.

Times are UTC. Offsets count code points in `articles.text`, start inclusive, end exclusive.
"""


def dictionary_rows() -> list[tuple[str, str, str | None, str | None, str]]:
    """Return (table, kind, column, type, meaning); a row without column is about all of it."""
    rows: list[tuple[str, str, str | None, str | None, str]] = []
    for table in PUBLISHED:
        rows.append((table, "table", None, None, "one row is " + row_meaning(table)))
        rows += [(table, "table", c.name, c.sql_type, full_meaning(c)) for c in columns(table)]
    meanings = {mart.name: mart.meaning for mart in marts()} | MEANINGS
    for mart, found in mart_columns().items():
        rows.append((mart, "mart", None, None, meanings[mart]))
        rows += [(mart, "mart", c.name, c.sql_type, full_meaning(c)) for c in found]
    for macro in read_folder("macros"):
        rows.append((macro.name, "macro", None, read_macro(macro.body).signature, macro.meaning))
    return rows


def dictionary_views() -> dict[str, str]:
    """Return the SELECT behind `data_dictionary` and the one behind `enum_values`."""
    rows: dict[str, Sequence[tuple[str | None, ...]]] = {
        "data_dictionary": dictionary_rows(), "enum_values": value_rows()
    }  # fmt: skip
    return {name: _values(name, given) for name, given in rows.items()}


def dictionary_sources() -> list[str]:
    """Return the texts, besides the marts, from which the dictionary follows."""
    macros = [f"{macro.meaning} {macro.body}" for macro in read_folder("macros")]
    contract = [line for table in PUBLISHED for line in comment_sql(table)]
    return [*contract, *macros, *(path.read_text(encoding="utf-8") for path in (COLUMNS, VALUES))]


def _values(mart: str, rows: Sequence[tuple[str | None, ...]]) -> str:
    values = ",\n".join("(" + ", ".join(map(_literal, row)) + ")" for row in rows)
    names = ", ".join(f'"{column.name}"' for column in mart_columns()[mart])
    return f"SELECT * FROM (VALUES {values}) AS t({names})"


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
    return "\n".join([*parts, *_mart_parts(), *_value_parts(), *_macro_parts()]) + "\n"


def _mart_parts() -> Iterator[str]:
    meanings = {mart.name: mart.meaning for mart in marts()} | MEANINGS
    yield "## Marts\n\n| mart | one row is |\n|---|---|"
    for mart in mart_columns():
        yield f"| `{mart}` | {meanings[mart].removeprefix('one row is ')} |"
    for mart, found in mart_columns().items():
        yield f"\n### {mart}\n\n| column | type | meaning |\n|---|---|---|"
        for c in found:
            yield f"| `{c.name}` | {c.sql_type} | {full_meaning(c)} |"


def _value_parts() -> Iterator[str]:
    yield "\n## Values\n\nWhat each value of a closed set means; in SQL: `enum_values`."
    for name, one in closed_sets().items():
        yield f"\n### {name}\n\n| value | meaning |\n|---|---|"
        yield from (f"| `{value}` | {meaning} |" for value, meaning in one.meanings.items())


def _macro_parts() -> Iterator[str]:
    yield "\n## Macros\n\n| macro | gives |\n|---|---|"
    for macro in read_folder("macros"):
        yield f"| `{macro.name}{read_macro(macro.body).signature}` | {macro.meaning} |"


def _literal(value: str | None) -> str:
    return "NULL" if value is None else quoted(value)
