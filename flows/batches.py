"""From sources to batches: what is new goes on, what was seen before stops here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from flows.settings import Settings
from tasks.ingest.read import Taken, read_source
from tasks.records import Item, RawItem, Source
from warehouse.known import LastSeen, known_rejections, last_seen
from warehouse.lake import Lake
from warehouse.raw import RawStore, content_ref
from warehouse.tables import Fetch, LedgerEntry, Rejection

LOOKUP_ITEMS = 500
LOOKUP_BYTES = 32_000_000
"""Items read before the lake is asked which of them it knows; bounds what is held in memory."""

REPEATS_PER_BATCH = 20_000
"""Ledger rows of unchanged items that go into one transaction."""


@dataclass(slots=True)
class Batch:
    """Work for one transaction: raw items to parse, and items that need no more than a record."""

    raw_items: list[RawItem] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    repeats: list[LedgerEntry] = field(default_factory=list)
    fetches: list[Fetch] = field(default_factory=list)

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
    store = RawStore(settings.raw_folder)
    batch = Batch()
    taken: Taken = {}
    for source in sources:
        found = read_source(
            source,
            max_item_bytes=settings.max_item_bytes,
            now=_now(),
            skip=settings.data_dir,
            taken=taken,
        )
        for chunk in _chunks(found):
            for entry in _sort_out(lake, store, chunk):
                _add(batch, entry)
                if batch.is_full(settings.batch_size):
                    yield batch
                    batch = Batch()
    if batch.items:
        yield batch


def _add(batch: Batch, entry: RawItem | Rejection | LedgerEntry) -> None:
    match entry:
        case RawItem():
            batch.raw_items.append(entry)
        case Rejection():
            batch.rejections.append(entry)
        case LedgerEntry():
            batch.repeats.append(entry)


def _sort_out(
    lake: Lake, store: RawStore, chunk: Sequence[Item | Rejection]
) -> Iterator[RawItem | Rejection | LedgerEntry]:
    """Tell repeats from new items; keep the bytes of the new ones."""
    seen = last_seen(lake, [(entry.source_id, entry.item_ref) for entry in chunk])
    refused = known_rejections(
        lake, [entry.rejection_id for entry in chunk if isinstance(entry, Rejection)]
    )
    for entry in chunk:
        last = seen.get((entry.source_id, entry.item_ref))
        if isinstance(entry, Rejection):
            is_repeat = entry.rejection_id in refused and last is not None and last.is_rejected
            yield _repeat(entry, last, entry.raw_ref) if is_repeat and last else entry
            continue
        raw_ref = content_ref(entry.content)
        if last is not None and last.raw_ref == raw_ref:
            yield _repeat(entry, last, raw_ref)
        else:
            store.put(entry.content)
            now = _now()
            fetch = replace(entry.fetch, raw_ref=raw_ref) if entry.fetch else None
            yield RawItem(
                source_id=entry.source_id,
                item_ref=entry.item_ref,
                media_type=entry.media_type,
                raw_ref=raw_ref,
                fetched_at=(fetch.fetched_at if fetch else None) or now,
                seen_at=now,
                publisher=entry.publisher,
                fetch=fetch,
            )


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


def _chunks(found: Iterable[Item | Rejection]) -> Iterator[list[Item | Rejection]]:
    chunk: list[Item | Rejection] = []
    size = 0
    for entry in found:
        chunk.append(entry)
        size += len(entry.content) if isinstance(entry, Item) else 0
        if len(chunk) >= LOOKUP_ITEMS or size >= LOOKUP_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _now() -> datetime:
    return datetime.now(UTC)
