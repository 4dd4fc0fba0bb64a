"""Articles that wait for extraction, and rejected items that can be tried again."""

from dataclasses import fields
from datetime import datetime

from warehouse.known import ARTICLE_COLUMNS
from warehouse.lake import Lake
from warehouse.tables import Article, Rejection

REJECTION_COLUMNS = ", ".join(field.name for field in fields(Rejection))


def waiting_articles(
    lake: Lake, *, limit: int, after: str, model_version: str | None = None
) -> list[Article]:
    """Return up to `limit` articles above id `after` that were never annotated.

    With `model_version`, also those that another version annotated.
    """
    found = lake.query(
        f"""SELECT {ARTICLE_COLUMNS} FROM lake.articles
        WHERE (annotated_with IS NULL OR annotated_with <> ?)
            AND duplicate_of IS NULL AND article_id > ?
        ORDER BY article_id LIMIT ?""",
        [model_version, after, limit],
    )
    return [Article(**row) for row in found.to_pylist()]


def open_rejections(
    lake: Lake, *, reasons: tuple[str, ...] = (), source_id: str | None = None
) -> list[Rejection]:
    """Return the rejections whose item has not been taken in since and can be had again.

    That is, whose bytes are kept, or which has an address.
    """
    found = lake.query(
        f"""WITH latest AS (
            SELECT source_id, item_ref, arg_max(state, (seen_at, run_id)) AS state
            FROM lake.ledger WHERE NOT is_repeat GROUP BY ALL
        ), newest AS (
            FROM lake.rejections QUALIFY row_number() OVER (
                PARTITION BY source_id, item_ref ORDER BY rejected_at DESC, rejection_id) = 1
        )
        SELECT {REJECTION_COLUMNS} FROM newest
        SEMI JOIN (FROM latest WHERE state = 'rejected') USING (source_id, item_ref)
        WHERE (raw_ref IS NOT NULL
                OR (source_id, item_ref) IN (SELECT (source_id, item_ref) FROM lake.fetches))
            AND (len($1) = 0 OR list_contains($1, reason))
            AND ($2 IS NULL OR source_id = $2)
        ORDER BY source_id, item_ref, rejection_id""",
        [list(reasons), source_id],
    )
    return [Rejection(**row) for row in found.to_pylist()]


def mark_retried(lake: Lake, rejections: list[Rejection], *, at: datetime) -> None:
    """Note that `rejections` were tried again."""
    with lake.write() as con:
        con.execute(
            "UPDATE lake.rejections SET retried_at = ? WHERE list_contains(?, rejection_id)",
            [at, [rejection.rejection_id for rejection in rejections]],
        )
