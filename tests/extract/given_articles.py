"""Articles and documents for the tests of extraction."""

from datetime import UTC, date, datetime

from tasks.extract.document import Document
from tasks.language import load_language, make_doc
from tasks.registry import load_registry
from warehouse.tables import Article

REGISTRY = load_registry()
NLP = load_language()


def article(
    text: str,
    *,
    byline: str | None = None,
    published_on: date | None = None,
    not_before: date | None = None,
    article_id: str = "00000000000000aa",
) -> Article:
    return Article(
        article_id=article_id,
        source_id="local",
        canonical_url=None,
        byline=byline,
        published_on=published_on,
        published_not_before=not_before,
        genre="unknown",
        fetched_at=datetime(2021, 10, 1, tzinfo=UTC),
        text=text,
        text_sha256="0" * 64,
        word_count=len(text.split()),
        cluster_id=article_id,
        raw_ref="0" * 64,
        media_type="text/plain",
    )


def document(text: str, *, byline: str | None = None, **dates: date | None) -> Document:
    given = article(
        text,
        byline=byline,
        published_on=dates.get("published_on"),
        not_before=dates.get("not_before"),
    )
    return Document.of(given, make_doc(NLP, text))
