"""Gather what web sources hold: their listings, then each page listed, many hosts at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from tasks.fetch import Failure, Fetcher, Request, Response
from tasks.ingest.web.entries import END
from tasks.ingest.web.gathered import (
    Failed,
    Gathered,
    Key,
    Listed,
    Memory,
    Origin,
    Page,
    Unmodified,
    fetch_of,
    is_fresh,
)
from tasks.ingest.web.listing import Entry, Listing, read_listing
from tasks.ingest.web.sniff import sniff
from tasks.records import Item, Refusal, Source, SourceKind, is_address, reject
from warehouse.tables import Fetch, FetchKind, MediaType, RejectionReason, RejectionStage

MEDIA_TYPES: Mapping[str, MediaType] = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
    "text/markdown": "text/markdown",
}
"""Media types of pages that are read; a page without one is taken for HTML."""

MAX_DEPTH = 3
"""Sitemap indexes within each other; the protocol allows one, some sites nest two."""

LASTING: frozenset[RejectionReason] = frozenset({"denied", "gone", "robots"})
"""Refusals of a page after which the text in its feed is taken instead."""

LISTINGS: frozenset[FetchKind] = frozenset({"feed", "sitemap", "address_list"})

BY_HAND = "web"
"""Source of the addresses on a command line."""

OLDEST = datetime.min.replace(tzinfo=UTC)

Emit = Callable[[Gathered], Awaitable[None]]


async def gather(sources: Sequence[Source], fetcher: Fetcher, memory: Memory, emit: Emit) -> None:
    """Emit all that `sources` hold, each listing after its last page.

    Hosts are asked side by side, each as politely as `fetcher` is told to be.
    """
    asked: dict[str, set[str]] = {source.source_id: set() for source in sources}
    async with asyncio.TaskGroup() as group:
        for source in sources:
            mine = asked[source.source_id]
            group.create_task(_Gathering(source, fetcher, memory, emit, mine).run())


async def gather_again(
    source: Source, fetches: Sequence[Fetch], fetcher: Fetcher, memory: Memory, emit: Emit
) -> None:
    """Emit what the addresses of `fetches`, which could not be had before, hold now."""
    gathering = _Gathering(source, fetcher, memory, emit, set())
    for fetch in fetches:
        if fetch.kind in LISTINGS and fetch.listed_in is None:
            await gathering.listing(fetch.url, None)
    pages = (f for f in fetches if f.kind == "page" or f.listed_in is not None)
    await gathering.pages(map(Page.of, pages))


class _Gathering:
    """The gathering of one source; `is_whole` until a part of a listing is left for later.

    `asked` holds what was asked of all sources of this id.
    """

    def __init__(
        self, source: Source, fetcher: Fetcher, memory: Memory, emit: Emit, asked: set[str]
    ) -> None:
        self.source, self.fetcher, self.memory, self.emit = source, fetcher, memory, emit
        self.room = source.max_items
        self.is_whole = True
        self.asked = asked

    async def run(self) -> None:
        """Gather the source from its location on, then what could not be had in earlier runs."""
        source = self.source
        if is_address(source.location):
            await self.listing(source.location, source.kind)
        else:
            await self.listing_file(source.location, source.kind)
        if source.source_id == BY_HAND:  # other addresses by hand are not asked for
            return
        failing = self.memory.failing(source.source_id)
        await self.pages(Page.of(f) for f in failing if f.item_ref not in self.asked)

    async def listing(
        self,
        url: str,
        kind: SourceKind | None,
        *,
        updated_at: datetime | None = None,
        depth: int = 0,
    ) -> None:
        """Gather the listing at `url`, or the page, where that is what is there."""
        if url in self.asked:
            return
        self.asked.add(url)
        known = (await self._seen([url])).get((self.source.source_id, url))
        if known and updated_at and known.fetched_at and updated_at < known.fetched_at:
            return  # its index says that nothing was added to it since
        page = Page(Entry(url=url, ref=url))
        found = await self._ask(url, known)
        if isinstance(found, Failure):
            if kind == "page" or (known and known.kind == "page"):
                await self._failed(page, known, found)
            else:
                await self._not_listed(url, found.reason, found.detail)
        elif found.status == 304 and known and known.kind != "page":
            await self._read_held(known, found, depth)
        elif found.status == 304 or self._is_page(kind, found):
            await self._answered(page, known, found)
        else:
            listing = await _listing_in(
                found.content,
                url=found.final_url,
                kind=_expected(kind),
                media_type=found.media_type,
                charset=found.charset,
            )
            if isinstance(listing, Refusal):
                await self._not_listed(url, listing.reason, listing.detail)
            else:
                fetch = fetch_of(self.source, url, listing.kind, found)
                await self._read(listing, fetch, found.content, depth)

    def _is_page(self, kind: SourceKind | None, found: Response) -> bool:
        return (kind or sniff(found.content, media_type=found.media_type)) == "page"

    async def _read_held(self, known: Fetch, found: Response, depth: int) -> None:
        """Gather a listing that has not changed: its pages may have."""
        content = await asyncio.to_thread(self.memory.held, known)
        listing = content and await _listing_in(
            content,
            url=known.final_url or known.url,
            kind=known.kind,
            charset=known.charset,
        )
        fetch = replace(known, status=304, checked_at=found.fetched_at)
        if isinstance(listing, Listing):
            await self._read(listing, fetch, None, depth)
        else:  # its bytes are lost: ask for all of it next time
            await self.emit(Listed(replace(fetch, fetched_at=None), None))

    async def _read(
        self, listing: Listing, fetch: Fetch, content: bytes | None, depth: int
    ) -> None:
        was_whole, self.is_whole = self.is_whole, True
        for child in listing.children:
            if depth == MAX_DEPTH:
                detail = f"{child.url}: more than {MAX_DEPTH} indexes deep; add it as a source"
                await self._refuse(child.url, "discover", "too_large", detail)
                continue
            await self.listing(child.url, "sitemap", updated_at=child.updated_at, depth=depth + 1)
        await self._entries(listing, fetch.item_ref)
        if not self.is_whole:  # to be read again in the next run, whatever its server says
            fetch = replace(fetch, etag=None, last_modified=None, fetched_at=None)
        self.is_whole = self.is_whole and was_whole
        await self.emit(Listed(fetch, content))

    async def listing_file(self, path: str, kind: SourceKind | None) -> None:
        """Gather what a file lists: addresses, or a feed or sitemap that was saved."""
        listed = _expected(kind) or "address_list"
        found: Listing | Refusal
        try:
            content = await asyncio.to_thread(Path(path).read_bytes)
            found = await _listing_in(content, url=path, kind=listed)
        except (OSError, ValueError) as error:
            what = getattr(error, "strerror", None) or error
            found = Refusal("unreadable", f"{path!r}: {what}; check the path and its rights")
        if isinstance(found, Refusal):
            await self._not_listed(path, found.reason, found.detail)
        else:
            await self._entries(found, path)

    async def _entries(self, listing: Listing, listed_in: str) -> None:
        """Gather the pages that `listing` names, and the texts that it holds itself."""
        for ref, refusal in listing.refused:
            self.is_whole = self.is_whole and not ref.endswith(END)
            await self._refuse(ref, "discover", refusal.reason, refusal.detail)
        method = listing.kind if listing.kind in ("feed", "sitemap") else None
        language = listing.language or self.source.language
        origin = Origin(listed_in, method, listing.title, language)
        entries: Iterable[Entry] = [e for e in listing.entries if e.ref not in self.asked]
        self.asked.update(entry.ref for entry in listing.entries)
        if self.room is not None:  # the newest first, since not all may have room
            entries = sorted(
                entries,
                key=lambda e: (e.published_on or date.min, e.updated_at or OLDEST),
                reverse=True,
            )
        await self.pages(Page(entry, origin) for entry in entries)

    async def pages(self, pages: Iterable[Page]) -> None:
        """Gather `pages`, the hosts side by side, the pages of a host in order."""
        by_host: dict[str, list[tuple[Page, Fetch | None]]] = {}
        wanted = list(pages)
        seen = await self._seen(page.entry.ref for page in wanted)
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
            elif isinstance(found := await self._ask(url, known), Failure):
                await self._failed(page, known, found)
            else:
                await self._answered(page, known, found)

    async def _ask(self, url: str, known: Fetch | None) -> Response | Failure:
        request = Request(url=url, delay=self.source.delay)
        if known is not None and known.raw_ref is not None and known.fetched_at is not None:
            request = replace(
                request,
                etag=known.etag,
                last_modified=known.last_modified,
                final_url=known.final_url,
            )
        return await self.fetcher.fetch(request)

    async def _answered(self, page: Page, known: Fetch | None, found: Response) -> None:
        ref = page.entry.ref
        fetch = page.describe(fetch_of(self.source, ref, "page", found))
        media_type = MEDIA_TYPES.get(found.media_type or "text/html")
        if found.status == 304 and known is not None:
            fetch = replace(fetch, raw_ref=known.raw_ref, charset=known.charset)
            await self.emit(Unmodified(replace(fetch, fetched_at=known.fetched_at)))
        elif media_type is None:
            detail = f"{ref}: {found.media_type} is not read; give the address of an article"
            await self._refuse(ref, "fetch", "unsupported", detail, fetch)
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

    async def _failed(self, page: Page, known: Fetch | None, failure: Failure) -> None:
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
        await self._refuse(ref, "fetch", failure.reason, failure.detail, fetch)

    async def _not_listed(self, ref: str, reason: RejectionReason, detail: str) -> None:
        self.is_whole = False
        await self._refuse(ref, "discover", reason, detail)

    async def _refuse(
        self,
        ref: str,
        stage: RejectionStage,
        reason: RejectionReason,
        detail: str,
        fetch: Fetch | None = None,
    ) -> None:
        item = Item(
            source_id=self.source.source_id, item_ref=ref, media_type="text/html", content=b""
        )
        rejected_at = datetime.now(UTC)
        rejection = reject(item, stage, reason, detail, raw_ref=None, rejected_at=rejected_at)
        await self.emit(Failed(rejection, fetch))

    async def _seen(self, refs: Iterable[str]) -> Mapping[Key, Fetch]:
        keys = [(self.source.source_id, ref) for ref in refs]
        return await asyncio.to_thread(self.memory.seen, keys) if keys else {}


def _age(entry: Entry) -> tuple[date, datetime]:
    moment = entry.published_at or entry.updated_at or OLDEST
    return entry.published_on or moment.date(), moment


async def _listing_in(
    content: bytes,
    *,
    url: str,
    kind: FetchKind | None,
    media_type: str | None = None,
    charset: str | None = None,
) -> Listing | Refusal:
    """Read a listing beside the requests that are under way; a bug is its alone."""
    read = partial(read_listing, url=url, kind=kind, media_type=media_type, charset=charset)
    try:
        return await asyncio.to_thread(read, content)
    except Exception as error:
        return Refusal("internal_error", f"{url}: {type(error).__name__} while reading; report it")


def _expected(kind: SourceKind | None) -> FetchKind | None:
    return None if kind is None or kind == "files" else kind
