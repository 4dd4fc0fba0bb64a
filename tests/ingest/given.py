"""Items and articles for tests."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from tasks.ingest.parse import parse
from tasks.ingest.read import read_source
from tasks.records import Item, Parsed, RawItem, Source
from warehouse.tables import Article, MediaType, Rejection

NOW = datetime(2022, 3, 1, 12, tzinfo=UTC)

PROSE = (
    "The two ministers met in Vienna on Tuesday and agreed to reopen the border crossing, "
    "officials of both governments said after talks that had lasted for most of the night."
)
"""30 words of English: enough to be an article."""

MORE = (
    "The agreement still needs the consent of both parliaments, and the opposition in one of "
    "them has already said that it will vote against it when the session opens next week."
)


def raw_item(media_type: MediaType = "text/plain", item_ref: str = "a.txt") -> RawItem:
    return RawItem(
        source_id="s",
        item_ref=item_ref,
        media_type=media_type,
        raw_ref="0" * 64,
        fetched_at=NOW,
        seen_at=NOW,
    )


def parsed(content: bytes | str, media_type: MediaType = "text/plain") -> Article:
    raw = content.encode() if isinstance(content, str) else content
    result = parse(raw_item(media_type), raw)
    assert isinstance(result, Parsed), result
    return result.article


def refused(content: bytes | str, media_type: MediaType = "text/plain") -> str:
    raw = content.encode() if isinstance(content, str) else content
    result = parse(raw_item(media_type), raw)
    assert isinstance(result, Rejection), result
    return result.reason


def read(
    location: Path | str, *, limit: int = 1_000_000, **options: dict[str, str]
) -> list[Item | Rejection]:
    source = Source(location=str(location), **options)  # type: ignore[arg-type]
    return list(read_source(source, max_item_bytes=limit, now=NOW))


def article(
    text: str,
    *,
    url: str | None = None,
    title: str | None = "A title",
    item_ref: str = "a.txt",
) -> tuple[RawItem, Article]:
    """An article as `parse` gives it, its ids readable: the URL, or the text."""
    made = Article(
        article_id=url or text,
        source_id="s",
        url=url,
        canonical_url=url,
        title=title,
        fetched_at=NOW,
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        word_count=len(text.split()),
        cluster_id=url or text,
        raw_ref="0" * 64,
        media_type="text/plain",
    )
    return replace(raw_item(), item_ref=item_ref), made
