"""Web sources as a run reads them: with what the lake remembers, from a thread of their own."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from threading import Lock

from flows.settings import Settings
from tasks.fetch import Fetcher, iterate
from tasks.ingest.web.gather import gather, gather_again
from tasks.ingest.web.gathered import Gathered, Key, Memory
from tasks.records import Source
from warehouse.fetches import failing_fetches, seen_fetches
from warehouse.lake import Lake
from warehouse.raw import RawBytesError
from warehouse.tables import Fetch

Emit = Callable[[Gathered], Awaitable[None]]

ROOM = 8
"""Answers that may wait to be taken up: bounds memory at this many times `fetch.max_bytes`."""


def read_web(lake: Lake, settings: Settings, sources: Sequence[Source]) -> Iterator[Gathered]:
    """Yield what web `sources` hold, in the order in which servers answer.

    The fetching thread asks the lake through a connection of its own.
    """
    with lake.beside() as beside:
        memory = _memory(beside, settings)

        async def produce(emit: Emit) -> None:
            async with _fetcher(settings) as fetcher:
                await gather(sources, fetcher, memory, emit)

        yield from iterate(produce, room=ROOM)


def read_again(
    lake: Lake, settings: Settings, source: Source, fetches: Sequence[Fetch]
) -> Iterator[Gathered]:
    """Yield what the addresses of `fetches`, which could not be had before, hold now."""
    with lake.beside() as beside:
        memory = _memory(beside, settings)

        async def produce(emit: Emit) -> None:
            async with _fetcher(settings) as fetcher:
                await gather_again(source, fetches, fetcher, memory, emit)

        yield from iterate(produce, room=ROOM)


def _memory(lake: Lake, settings: Settings) -> Memory:
    lock = Lock()
    since = datetime.now(UTC) - timedelta(days=settings.fetch.give_up_days)

    def seen(items: Sequence[Key]) -> Mapping[Key, Fetch]:
        with lock:
            return seen_fetches(lake, items)

    def failing(source_id: str) -> Sequence[Fetch]:
        with lock:
            return failing_fetches(lake, source_id, since=since)

    def held(fetch: Fetch) -> bytes | None:
        with suppress(RawBytesError):
            return settings.raw_store.get(fetch.raw_ref or "")
        return None

    return Memory(seen=seen, failing=failing, held=held)


def _fetcher(settings: Settings) -> Fetcher:
    return Fetcher(settings.fetch.limits(version("demarche")))
