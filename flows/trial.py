"""Try a source without keeping anything: what would be read of it, or why not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from itertools import islice

from flows.settings import Settings
from flows.web import Emit
from tasks.fetch import Fetcher, iterate
from tasks.ingest.parse import parse
from tasks.ingest.read import read_source
from tasks.ingest.web.gather import gather
from tasks.ingest.web.gathered import Failed, Gathered, Memory
from tasks.records import Item, RawItem, Source
from warehouse.tables import Rejection


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What became of one item: an article, or a reason."""

    item_ref: str
    reason: str | None = None
    detail: str | None = None
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published_on: date | None = None
    published_method: str | None = None
    genre: str | None = None
    language: str | None = None
    words: int | None = None


def try_source(settings: Settings, source: Source, *, limit: int) -> Iterator[Trial]:
    """Read up to `limit` items of `source` and yield what is found in each."""
    found = _from_web(settings, source, limit) if source.is_web else _from_files(settings, source)
    trials = (_trial(settings, entry) for entry in found if isinstance(entry, Item | Rejection))
    yield from islice(trials, limit)


def _from_files(settings: Settings, source: Source) -> Iterator[Item | Rejection]:
    now = datetime.now(UTC)
    limit = settings.max_item_bytes
    yield from read_source(source, max_item_bytes=limit, now=now, skip=settings.data_dir)


def _from_web(settings: Settings, source: Source, limit: int) -> Iterator[Item | Rejection]:
    wanted = replace(source, max_items=limit)

    async def produce(emit: Emit) -> None:
        async with Fetcher(settings.fetch.limits(version("demarche"))) as fetcher:
            await gather([wanted], fetcher, Memory(), emit)

    found: Iterator[Gathered] = iterate(produce)
    for entry in found:
        if isinstance(entry, Failed):
            yield entry.rejection
        elif isinstance(entry, Item):
            yield entry


def _trial(settings: Settings, entry: Item | Rejection) -> Trial:
    if isinstance(entry, Rejection):
        return Trial(item_ref=entry.item_ref, reason=entry.reason, detail=entry.detail)
    now = datetime.now(UTC)
    raw = RawItem(
        source_id=entry.source_id,
        item_ref=entry.item_ref,
        media_type=entry.media_type,
        raw_ref="",
        fetched_at=(entry.fetch.fetched_at if entry.fetch else None) or now,
        seen_at=now,
        publisher=entry.publisher,
        fetch=entry.fetch,
    )
    found = parse(raw, entry.content, languages=settings.languages)
    if isinstance(found, Rejection):
        return Trial(item_ref=entry.item_ref, reason=found.reason, detail=found.detail)
    article = found.article
    return Trial(
        item_ref=entry.item_ref,
        title=article.title,
        byline=article.byline,
        publisher=article.publisher,
        published_on=article.published_on,
        published_method=article.published_method,
        genre=article.genre,
        language=article.language,
        words=article.word_count,
    )
