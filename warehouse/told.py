"""What links were last told of, so that they are not told anew of the same."""

from warehouse.lake import Lake

TABLE = "lake.main.told"
"""Bookkeeping, which is not published; made where it is first needed."""


def content_digest(lake: Lake, sql: str) -> str:
    """Return a digest of the rows that `sql` gives, whatever their order.

    It is their number and the sum of 64 bits of each, as this version of DuckDB hashes.
    """
    ((rows, bits),) = lake.rows(
        f"SELECT count(*), coalesce(sum(hash(one)::HUGEINT), 0) FROM ({sql}) AS one"
    )
    return f"{rows} {bits}"


def is_told(lake: Lake, table: str, of: str) -> bool:
    """Return whether the links in `table` are those that were told of the same, `of`."""
    if not lake.rows(
        "SELECT 1 FROM duckdb_tables() WHERE database_name = 'lake' "
        "AND schema_name = 'main' AND table_name = 'told'"
    ):
        return False
    noted = lake.rows(f"SELECT told_of, links FROM {TABLE} WHERE links_table = ?", [table])
    return noted == [(of, _links(lake, table))]


def note_told(lake: Lake, table: str, of: str) -> None:
    """Note that the links in `table` were told of what has the digest `of`."""
    with lake.write() as con:
        con.execute(
            f"CREATE TABLE IF NOT EXISTS {TABLE} "
            "(links_table VARCHAR, told_of VARCHAR, links VARCHAR)"
        )
        con.execute(f"DELETE FROM {TABLE} WHERE links_table = ?", [table])
        con.execute(f"INSERT INTO {TABLE} VALUES (?, ?, ?)", [table, of, _links(lake, table)])


def _links(lake: Lake, table: str) -> str:
    return content_digest(lake, f"FROM lake.main.{table}")
