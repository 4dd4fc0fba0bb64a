"""Comments on all that a reader finds: tables, marts, their columns, and macros."""

from warehouse.mart_columns import mart_columns
from warehouse.schema import column_comments, quoted
from warehouse.sqlfiles import marts, read_folder

MEANINGS = {
    "data_dictionary": "one row is one table, column or macro, with its meaning",
    "enum_values": "one row is one value that a column with a closed set may have",
}


def mart_comments(target: str, *, kind: str) -> list[str]:
    """Return the statements that tell what each mart is; `kind` is TABLE or VIEW.

    `target` (such as 'pub.') goes before names. Columns get theirs in tables alone: a view of the
    lake can have none.
    """
    told = MEANINGS | {mart.name: mart.told for mart in marts()}
    found = [f"COMMENT ON {kind} {target}{name} IS {quoted(text)}" for name, text in told.items()]
    if kind == "TABLE":
        for name, columns in mart_columns().items():
            found += column_comments(f"{target}{name}", columns)
    return found


def macro_comments(target: str) -> list[str]:
    """Return the statements that tell what each macro gives."""
    return [
        f"COMMENT ON MACRO {'TABLE ' if one.is_table_macro else ''}{target}{one.name} "
        f"IS {quoted(one.told)}"
        for one in read_folder("macros")
    ]
