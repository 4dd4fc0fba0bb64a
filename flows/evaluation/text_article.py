"""An article made of a text alone, to be annotated as any other."""

from datetime import UTC, date, datetime

from warehouse.tables import Article

_ID = "0" * 16
_DIGEST = "0" * 64


def text_article(text: str, *, published_on: date | None = None) -> Article:
    """Return an article with `text`, read in no file and with no headline."""
    return Article(
        article_id=_ID,
        source_id="evaluation",
        published_on=published_on,
        fetched_at=datetime(2100, 1, 1, tzinfo=UTC),
        text=text,
        text_sha256=_DIGEST,
        word_count=len(text.split()),
        cluster_id=_ID,
        raw_ref=_DIGEST,
        media_type="text/plain",
    )
