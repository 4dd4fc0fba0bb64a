"""Gather pages: ask for each, or leave it in peace, and say what became of it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from tasks.fetch import Failure, Fetcher, Request, Response
from tasks.ingest.web.gathered import (
    Failed,
    Gathered,
    Key,
    Memory,
    Page,
    Unmodified,
    fetch_of,
    is_fresh,
)
from tasks.records import Item, Source, reject
from warehouse.tables import Fetch, MediaType, RejectionReason, RejectionStage

MEDIA_TYPES: Mapping[str, MediaType] = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
    "text/markdown": "text/markdown",
}
"""Media types of pages that are read; a page without one is taken for HTML."""

LASTING: frozenset[RejectionReason] = frozenset({"denied", "gone", "robots"})
"""Refusals of a page after which the text in its feed is taken instead."""

Emit = Callable[[Gathered], Awaitable[None]]


class Pages:
    """Gathers pages of one source; `is_whole` until one is left for the next run.

    `asked` holds what was asked of all sources of this id.
    """

    def __init__(
        self, source: Source, fetcher: Fetcher, memory: Memory, emit: Emit, asked: set[str]
    ) -> None:
        """Gather pages of `source`, and give them to `emit`."""
        self.source, self.fetcher, self.memory, self.emit = source, fetcher, memory, emit
        self.room = source.max_items
        self.is_whole = True
        self.asked = asked

    async def pages(self, pages: Iterable[Page]) -> None:
        """Gather `pages`, the hosts side by side, the pages of a host in order."""
        by_host: dict[str, list[tuple[Page, Fetch | None]]] = {}
        wanted = list(pages)
        seen = await self.seen(page.entry.ref for page in wanted)
        for page in wanted:
            known = seen.get((self.source.source_id, page.entry.ref))
            if known is not None or self._has_room():
                host = "/".join((page.entry.url or "").split("/", 3)[:3])
                by_host.setdefault(host, []).append((page, known))
        async with asyncio.TaskGroup() as group:
            for waiting in by_host.values():
                queue = iter(waiting)
                for _ in range(min(self.fetcher.limits.per_host, len(waiting))):
                    group.create_task(self._work(queue))

    def _has_room(self) -> bool:
        """Take room for one more new page; where there is none, it waits for the next run."""
        if self.room == 0:
            self.is_whole = False
            return False
        if self.room is not None:
            self.room -= 1
        return True

    async def _work(self, queue: Iterator[tuple[Page, Fetch | None]]) -> None:
        for page, known in queue:
            url = page.entry.url
            if url is None:
                await self.emit(page.own_text(self.source))
            elif known is not None and is_fresh(page.entry, known):
                await self.emit(Unmodified(known))
            elif isinstance(found := await self.ask(url, known), Failure):
                await self.failed(page, known, found)
            else:
                await self.answered(page, known, found)

    async def ask(self, url: str, known: Fetch | None) -> Response | Failure:
        """Ask for `url`, for changes only where it is known and was had when last asked."""
        request = Request(url=url, delay=self.source.delay)
        if known is not None and known.raw_ref is not None and known.fetched_at is not None:
            request = replace(
                request,
                etag=known.etag,
                last_modified=known.last_modified,
                final_url=known.final_url,
            )
        return await self.fetcher.fetch(request)

    async def answered(self, page: Page, known: Fetch | None, found: Response) -> None:
        """Emit what an answer holds: an item, nothing new, or nothing that is read."""
        ref = page.entry.ref
        fetch = page.describe(fetch_of(self.source, ref, "page", found))
        media_type = MEDIA_TYPES.get(found.media_type or "text/html")
        if found.status == 304 and known is not None:
            fetch = replace(fetch, raw_ref=known.raw_ref, charset=known.charset)
            await self.emit(Unmodified(replace(fetch, fetched_at=known.fetched_at)))
        elif media_type is None:
            detail = f"{ref}: {found.media_type} is not read; give the address of an article"
            await self.refuse(ref, "fetch", "unsupported", detail, fetch)
        else:
            await self.emit(
                Item(
                    source_id=self.source.source_id,
                    item_ref=ref,
                    media_type=media_type,
                    content=found.content,
                    publisher=self.source.publisher,
                    fetch=fetch,
                )
            )

    async def failed(self, page: Page, known: Fetch | None, failure: Failure) -> None:
        """Emit a refusal, or the text of the feed where the page is refused for good."""
        if failure.reason in LASTING and page.entry.is_full:
            await self.emit(page.own_text(self.source))
            return
        now = datetime.now(UTC)
        ref = page.entry.ref
        fetch = known or page.describe(
            Fetch(
                source_id=self.source.source_id,
                item_ref=ref,
                kind="page",
                url=failure.url,
                checked_at=now,
            )
        )
        # What was held is no longer known to be current: the next run asks without validators.
        fetch = replace(fetch, status=failure.status, checked_at=now, fetched_at=None)
        await self.refuse(ref, "fetch", failure.reason, failure.detail, fetch)

    async def refuse(
        self,
        ref: str,
        stage: RejectionStage,
        reason: RejectionReason,
        detail: str,
        fetch: Fetch | None = None,
    ) -> None:
        """Emit the rejection of `ref`, and what is to be remembered of it."""
        item = Item(
            source_id=self.source.source_id, item_ref=ref, media_type="text/html", content=b""
        )
        rejected_at = datetime.now(UTC)
        rejection = reject(item, stage, reason, detail, raw_ref=None, rejected_at=rejected_at)
        await self.emit(Failed(rejection, fetch))

    async def seen(self, refs: Iterable[str]) -> Mapping[Key, Fetch]:
        """Return the last fetches of those of `refs` that have one, asked beside the requests."""
        keys = [(self.source.source_id, ref) for ref in refs]
        return await asyncio.to_thread(self.memory.seen, keys) if keys else {}
