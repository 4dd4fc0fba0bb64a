"""Gather what web sources hold: their listings, then each page listed, many hosts at a time."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from tasks.fetch import Failure, Fetcher, Response
from tasks.ingest.web.entries import END
from tasks.ingest.web.gathered import (
    Listed,
    Memory,
    Origin,
    Page,
    fetch_of,
)
from tasks.ingest.web.listing import Entry, Listing, read_listing
from tasks.ingest.web.pages import Emit, Pages
from tasks.ingest.web.sniff import sniff
from tasks.records import Refusal, Source, SourceKind, is_address
from warehouse.tables import Fetch, FetchKind, RejectionReason

MAX_DEPTH = 3
"""Sitemap indexes within each other; the protocol allows one, some sites nest two."""

LISTINGS: frozenset[FetchKind] = frozenset({"feed", "sitemap", "address_list"})

BY_HAND = "web"
"""Source of the addresses on a command line."""

OLDEST = datetime.min.replace(tzinfo=UTC)


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


class _Gathering(Pages):
    """The gathering of one source."""

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
        known = (await self.seen([url])).get((self.source.source_id, url))
        if known and updated_at and known.fetched_at and updated_at < known.fetched_at:
            return  # its index says that nothing was added to it since
        page = Page(Entry(url=url, ref=url))
        found = await self.ask(url, known)
        if isinstance(found, Failure):
            if kind == "page" or (known and known.kind == "page"):
                await self.failed(page, known, found)
            else:
                await self._not_listed(url, found.reason, found.detail)
        elif found.status == 304 and known and known.kind != "page":
            await self._read_held(known, found, depth)
        elif found.status == 304 or self._is_page(kind, found):
            await self.answered(page, known, found)
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
                await self.refuse(child.url, "discover", "too_large", detail)
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
            await self.refuse(ref, "discover", refusal.reason, refusal.detail)
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

    async def _not_listed(self, ref: str, reason: RejectionReason, detail: str) -> None:
        self.is_whole = False
        await self.refuse(ref, "discover", reason, detail)


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
