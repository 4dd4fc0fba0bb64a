"""What the lake knows already: the questions that discovery and deduplication ask it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import pyarrow as pa

from warehouse.lake import Lake
from warehouse.tables import Article

ARTICLE_COLUMNS = ", ".join(field.name for field in fields(Article))


@dataclass(frozen=True, slots=True)
class LastSeen:
    """What an item held when it was last looked at; `article_id` is the last article it gave."""

    raw_ref: str | None
    article_id: str | None
    is_rejected: bool = False


def last_seen(lake: Lake, items: Sequence[tuple[str, str]]) -> dict[tuple[str, str], LastSeen]:
    """Return, for each known (source_id, item_ref) of `items`, what it last held."""
    sources, refs = zip(*items, strict=True) if items else ((), ())
    wanted = pa.table(
        {"source_id": pa.array(sources, pa.string()), "item_ref": pa.array(refs, pa.string())}
    )
    with lake.holding(wanted=wanted):
        rows = lake.rows(
            """SELECT source_id, item_ref, arg_max_null(raw_ref, (seen_at, run_id)),
                arg_max(article_id, (seen_at, run_id)),
                arg_max(state, (seen_at, run_id)) = 'rejected'
            FROM lake.ledger SEMI JOIN wanted USING (source_id, item_ref)
            WHERE NOT is_repeat
            GROUP BY ALL"""
        )
    return {(source, ref): LastSeen(*last) for source, ref, *last in rows}


def known_rejections(lake: Lake, rejection_ids: Sequence[str]) -> set[str]:
    """Return those of `rejection_ids` that the lake has."""
    with lake.holding(wanted=pa.table({"rejection_id": pa.array(rejection_ids, pa.string())})):
        rows = lake.rows(
            "SELECT rejection_id FROM lake.rejections SEMI JOIN wanted USING (rejection_id)"
        )
    return {rejection_id for (rejection_id,) in rows}


def heads(lake: Lake, article_ids: Sequence[str]) -> list[Article]:
    """Return the latest revisions of those of `article_ids` that the lake has."""
    return _articles(lake, "articles", article_ids)


def old_revisions(lake: Lake, article_ids: Sequence[str]) -> list[Article]:
    """Return the earlier revisions of `article_ids`."""
    return _articles(lake, "article_revisions", article_ids)


def originals_by_text(lake: Lake, text_sha256s: Sequence[str]) -> dict[str, str]:
    """Return, for each known text of `text_sha256s`, the article that has it and repeats none."""
    with lake.holding(wanted=pa.table({"text_sha256": pa.array(text_sha256s, pa.string())})):
        rows = lake.rows(
            """SELECT text_sha256, min(article_id)
            FROM lake.articles SEMI JOIN wanted USING (text_sha256)
            WHERE duplicate_of IS NULL
            GROUP BY ALL"""
        )
    return dict(rows)


def copies(lake: Lake, originals: Sequence[str]) -> list[Article]:
    """Return the articles that repeat one of `originals`."""
    if not originals:
        return []
    with lake.holding(wanted=pa.table({"duplicate_of": pa.array(originals, pa.string())})):
        rows = lake.rows(
            "SELECT article_id FROM lake.articles SEMI JOIN wanted USING (duplicate_of) ORDER BY 1"
        )
    return heads(lake, [article_id for (article_id,) in rows])


def deliverers(lake: Lake, article_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return, for each known article, the (source_id, item_ref) that brought it as it is."""
    if not article_ids:
        return {}
    with lake.holding(wanted=pa.table({"article_id": pa.array(article_ids, pa.string())})):
        rows = lake.rows(
            """SELECT article_id, arg_max((source_id, item_ref), (seen_at, run_id, item_ref))
            FROM lake.ledger SEMI JOIN wanted USING (article_id)
            WHERE state IN ('processed', 'revised', 'duplicate')
            GROUP BY ALL"""
        )
    return dict(rows)


def _articles(lake: Lake, table: str, article_ids: Sequence[str]) -> list[Article]:
    if not article_ids:
        return []
    with lake.holding(wanted=pa.table({"article_id": pa.array(article_ids, pa.string())})):
        # Planning costs some 2.5 ms a column: most articles are new, and one column tells that.
        known = f"FROM lake.{table} SEMI JOIN wanted USING (article_id)"
        if not lake.rows(f"SELECT article_id {known} LIMIT 1"):
            return []
        found = lake.query(f"SELECT {ARTICLE_COLUMNS} {known}")
    return [Article(**row) for row in found.to_pylist()]
