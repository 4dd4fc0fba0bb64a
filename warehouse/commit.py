"""Write rows inside a transaction: an article and all its rows are replaced as a unit."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.arrow import to_arrow
from warehouse.tables import Article, Fetch, Rejection


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


def release_copies(con: duckdb.DuckDBPyConnection) -> None:
    """Let go of copies whose original now has another text, after a revision.

    The first copy of each such text becomes its original and waits for extraction; the others
    point at it. Call inside `Lake.write()`.
    """
    con.execute(
        """CREATE OR REPLACE TEMP TABLE released AS
        WITH stray AS (
            SELECT copy.article_id, copy.text_sha256
            FROM lake.articles AS copy
            JOIN lake.articles AS original ON original.article_id = copy.duplicate_of
            WHERE original.text_sha256 <> copy.text_sha256
        )
        SELECT stray.article_id, coalesce(min(head.article_id), min(stray.article_id) OVER (
            PARTITION BY stray.text_sha256)) AS original
        FROM stray LEFT JOIN lake.articles AS head
            ON head.text_sha256 = stray.text_sha256 AND head.duplicate_of IS NULL
        GROUP BY stray.article_id, stray.text_sha256"""
    )
    con.execute(
        """UPDATE lake.articles SET
            duplicate_of = nullif(released.original, articles.article_id),
            cluster_id = released.original,
            annotated_with = NULL
        FROM released WHERE released.article_id = articles.article_id"""
    )


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
