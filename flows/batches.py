"""From sources to batches: what is new goes on, what was seen before stops here."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from flows.settings import Settings
from flows.web import read_web
from tasks.ingest.read import Taken, read_source
from tasks.ingest.web.gathered import Failed, Gathered, Listed, Unmodified
from tasks.records import Item, RawItem, Source
from warehouse.known import LastSeen, known_rejections, last_seen
from warehouse.lake import Lake
from warehouse.raw import RawStore, content_ref
from warehouse.tables import Fetch, LedgerEntry, Rejection

if TYPE_CHECKING:
    from flows.preparing import Begun

LOOKUP_ITEMS = 500
LOOKUP_BYTES = 32_000_000
LOOKUP_SECONDS = 30
"""Items read before the lake is asked which of them it knows; bounds what is held in memory, and
what is fetched again after an interruption."""

REPEATS_PER_BATCH = 20_000
"""Ledger rows of unchanged items that go into one transaction."""


Found = Gathered | Rejection
Work = RawItem | Rejection | LedgerEntry | Fetch


@dataclass(slots=True)
class Batch:
    """Work for one transaction: raw items to parse, and what needs no more than a record."""

    raw_items: list[RawItem] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    repeats: list[LedgerEntry] = field(default_factory=list)
    fetches: list[Fetch] = field(default_factory=list)
    begun: "Begun | None" = None

    @property
    def items(self) -> int:
        """Input items in the batch."""
        return len(self.raw_items) + len(self.rejections) + len(self.repeats)

    def is_full(self, batch_size: int) -> bool:
        """Whether the batch should be worked on before more is added."""
        return (
            len(self.raw_items) + len(self.rejections) >= batch_size
            or len(self.repeats) >= REPEATS_PER_BATCH
        )


def find_batches(lake: Lake, settings: Settings, sources: Sequence[Source]) -> Iterator[Batch]:
    """Read `sources` and yield what they hold in batches; memory is bounded by one batch.

    New raw bytes are kept in the raw store. Raises SourceError where a source cannot be read.
    """
    return batches(lake, settings, _read_all(lake, settings, sources))


def batches(lake: Lake, settings: Settings, found: Iterable[Found]) -> Iterator[Batch]:
    """Yield what was `found` in batches; a listing never comes before its pages."""
    store = settings.raw_store
    batch = Batch()
    for chunk in _chunks(found, min(LOOKUP_ITEMS, settings.batch_size)):
        for work in _sort_out(lake, store, chunk):
            _add(batch, work)
            if batch.is_full(settings.batch_size):
                yield batch
                batch = Batch()
    if batch.items or batch.fetches:
        yield batch


def _read_all(lake: Lake, settings: Settings, sources: Sequence[Source]) -> Iterator[Found]:
    taken: Taken = {}
    for source in sources:
        if not source.is_web:
            yield from read_source(
                source,
                max_item_bytes=settings.max_item_bytes,
                now=_now(),
                skip=settings.data_dir,
                taken=taken,
            )
    if web := [source for source in sources if source.is_web]:
        yield from read_web(lake, settings, web)


def _add(batch: Batch, work: Work) -> None:
    match work:
        case RawItem():
            batch.raw_items.append(work)
        case Rejection():
            batch.rejections.append(work)
        case LedgerEntry():
            batch.repeats.append(work)
        case Fetch():
            batch.fetches.append(work)


def _sort_out(lake: Lake, store: RawStore, chunk: Sequence[Found]) -> Iterator[Work]:
    """Tell repeats from new items; keep the bytes of the new ones."""
    seen = last_seen(lake, [_key(found) for found in chunk])
    rejections = [found.rejection for found in chunk if isinstance(found, Failed)]
    rejections += [found for found in chunk if isinstance(found, Rejection)]
    refused = known_rejections(lake, [rejection.rejection_id for rejection in rejections])
    for found in chunk:
        last = seen.get(_key(found))
        match found:
            case Listed(fetch, content):
                if last is not None and last.is_rejected:
                    yield _unmodified(fetch, None)  # it can be read again
                yield replace(fetch, raw_ref=store.put(content)) if content else fetch
            case Unmodified(fetch):
                yield _unmodified(fetch, last)
                yield fetch
            case Failed(rejection, fetch):
                yield _refusal(rejection, last, refused)
                if fetch:
                    yield fetch
            case Rejection():
                yield _refusal(found, last, refused)
            case Item():
                yield from _item(found, last, store)


def _key(found: Found) -> tuple[str, str]:
    match found:
        case Listed(fetch) | Unmodified(fetch):
            return fetch.source_id, fetch.item_ref
        case Failed(rejection):
            return rejection.source_id, rejection.item_ref
        case _:
            return found.source_id, found.item_ref


def _item(item: Item, last: LastSeen | None, store: RawStore) -> Iterator[Work]:
    raw_ref = content_ref(item.content)
    fetch = replace(item.fetch, raw_ref=raw_ref) if item.fetch else None
    if fetch:
        yield fetch
    if last is not None and last.raw_ref == raw_ref:
        yield _repeat(item, last, raw_ref)
        return
    store.put(item.content)
    now = _now()
    yield RawItem(
        source_id=item.source_id,
        item_ref=item.item_ref,
        media_type=item.media_type,
        raw_ref=raw_ref,
        fetched_at=(fetch.fetched_at if fetch else None) or now,
        seen_at=now,
        publisher=item.publisher,
        fetch=fetch,
    )


def _refusal(
    rejection: Rejection, last: LastSeen | None, refused: AbstractSet[str]
) -> Rejection | LedgerEntry:
    if last is None or not last.is_rejected or rejection.rejection_id not in refused:
        return rejection
    return _repeat(rejection, last, rejection.raw_ref)


def _repeat(entry: Item | Rejection, last: LastSeen, raw_ref: str | None) -> LedgerEntry:
    return LedgerEntry(
        source_id=entry.source_id,
        item_ref=entry.item_ref,
        state="unchanged",
        article_id=None if last.is_rejected else last.article_id,
        raw_ref=raw_ref,
        media_type=entry.media_type,
        is_repeat=True,
        seen_at=_now(),
    )


def _unmodified(fetch: Fetch, last: LastSeen | None) -> LedgerEntry:
    """Return the entry of an address that holds what it held; a repeat of what was `last` seen."""
    return LedgerEntry(
        source_id=fetch.source_id,
        item_ref=fetch.item_ref,
        state="unchanged",
        article_id=None if last is None or last.is_rejected else last.article_id,
        raw_ref=fetch.raw_ref,
        is_repeat=last is not None,
        seen_at=_now(),
    )


def _chunks(found: Iterable[Found], limit: int) -> Iterator[list[Found]]:
    """Group what is found; slow servers do not keep what others gave from being committed."""
    chunk: list[Found] = []
    size, begun = 0, monotonic()
    for entry in found:
        chunk.append(entry)
        size += len(entry.content or b"") if isinstance(entry, Item | Listed) else 0
        if len(chunk) >= limit or size >= LOOKUP_BYTES or monotonic() - begun > LOOKUP_SECONDS:
            yield chunk
            chunk, size, begun = [], 0, monotonic()
    if chunk:
        yield chunk


def _now() -> datetime:
    return datetime.now(UTC)
