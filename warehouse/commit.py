"""Write rows inside a transaction: an article and all its rows are replaced as a unit."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from warehouse.arrow import to_arrow
from warehouse.tables import ARTICLE_ROWS, Article, Fetch, Rejection, TextBand


def append(
    con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Any], **added: object
) -> None:
    """Add `rows` to `table`; `added` gives columns that no task fills, such as `run_id`."""
    if rows:
        _insert(con, table, to_arrow(table, rows, **added))


def replace_articles(
    con: duckdb.DuckDBPyConnection,
    articles: Sequence[Article],
    superseded: Sequence[Article],
    rows: Mapping[str, Sequence[Any]],
    *,
    run_id: str,
    now: datetime,
) -> None:
    """Put `articles` and their extracted `rows` (by table) in place of what the lake has of them.

    A head with a lower revision number moves to `article_revisions`, as do `superseded`
    (revisions that came and went inside this batch); tables that `rows` does not name keep
    theirs. Call inside `Lake.write()`.
    """
    if not articles:
        return
    incoming = to_arrow("articles", articles, run_id=run_id)
    con.register("incoming", incoming.select(["article_id", "revision"]))
    try:
        known = con.execute(
            "SELECT article_id FROM lake.articles SEMI JOIN incoming USING (article_id)"
        ).to_arrow_table()
        if known.num_rows:
            _archive(con, now)
            for table in ("articles", *rows):
                con.execute(f"DELETE FROM lake.{table} WHERE article_id IN (FROM known)")
    finally:
        con.unregister("incoming")
    append(con, "article_revisions", superseded, run_id=run_id, replaced_at=now)
    _insert(con, "articles", incoming)
    for table, table_rows in rows.items():
        append(con, table, table_rows, run_id=run_id)


class Link(NamedTuple):
    """What an article of the lake repeats from now on; `duplicate_of` None: it is an original."""

    article_id: str
    duplicate_of: str | None
    cluster_id: str
    similarity: float | None


def relink(
    con: duckdb.DuckDBPyConnection,
    links: Sequence[Link],
    bands: Sequence[TextBand],
    *,
    run_id: str,
) -> None:
    """Give articles of the lake another original, or none.

    What was extracted from them goes: a copy has no such rows, and a new original waits for
    them. Its blocks stay; `bands` are the keys of the new originals. Call inside `Lake.write()`.
    """
    if not links:
        return
    names, types = Link._fields, (pa.string(), pa.string(), pa.string(), pa.float64())
    columns = map(pa.array, zip(*links, strict=True), types)
    con.register("links", pa.table(list(columns), names=list(names)))
    try:
        con.execute(
            """UPDATE lake.articles SET
                duplicate_of = links.duplicate_of,
                cluster_id = links.cluster_id,
                similarity = links.similarity,
                annotated_with = NULL,
                step_versions = NULL
            FROM links WHERE links.article_id = articles.article_id"""
        )
        for table in (*ARTICLE_ROWS, "text_bands"):
            con.execute(
                f"DELETE FROM lake.{table} WHERE article_id IN (SELECT article_id FROM links)"
            )
    finally:
        con.unregister("links")
    append(con, "text_bands", bands, run_id=run_id)


def put_rejections(
    con: duckdb.DuckDBPyConnection, rejections: Sequence[Rejection], *, run_id: str
) -> None:
    """Write `rejections` in place of equal ones."""
    # The same item may fail the same way twice in a batch, through two paths to one file.
    distinct = list({r.rejection_id: r for r in rejections}.values())
    _put(con, "rejections", to_arrow("rejections", distinct, run_id=run_id), "rejection_id")


def put_fetches(con: duckdb.DuckDBPyConnection, fetches: Sequence[Fetch], *, run_id: str) -> None:
    """Write `fetches` in place of those of the same items; the last of an item counts."""
    distinct = list({(f.source_id, f.item_ref): f for f in fetches}.values())
    _put(con, "fetches", to_arrow("fetches", distinct, run_id=run_id), "source_id, item_ref")


def _put(con: duckdb.DuckDBPyConnection, table: str, data: pa.Table, key: str) -> None:
    if not data.num_rows:
        return
    con.register("incoming", data)
    try:
        con.execute(f"DELETE FROM lake.{table} WHERE ({key}) IN (SELECT ({key}) FROM incoming)")
    finally:
        con.unregister("incoming")
    _insert(con, table, data)


def _archive(con: duckdb.DuckDBPyConnection, now: datetime) -> None:
    con.execute(
        """INSERT INTO lake.article_revisions BY NAME
        SELECT head.*, ?::TIMESTAMPTZ AS replaced_at
        FROM lake.articles AS head
        JOIN incoming ON incoming.article_id = head.article_id
            AND incoming.revision > head.revision""",
        [now],
    )


def _insert(con: duckdb.DuckDBPyConnection, table: str, data: pa.Table) -> None:
    con.register("new_rows", data)
    try:
        con.execute(f'INSERT INTO lake."{table}" BY NAME SELECT * FROM new_rows')
    finally:
        con.unregister("new_rows")
