"""What gathering yields, and what is remembered of an address."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from tasks.fetch import Response
from tasks.ingest.web.listing import Entry
from tasks.records import Item, Source
from warehouse.tables import Fetch, FetchKind, ListedMethod, Rejection

Key = tuple[str, str]
"""`source_id` and `item_ref`."""


class Unmodified(NamedTuple):
    """A page that holds what it held when it was last fetched."""

    fetch: Fetch


class Failed(NamedTuple):
    """An address that gave nothing, and what is to be remembered of it."""

    rejection: Rejection
    fetch: Fetch | None


class Listed(NamedTuple):
    """A listing whose pages have all been gathered; its bytes, where there are new ones."""

    fetch: Fetch
    content: bytes | None


Gathered = Item | Unmodified | Failed | Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is known of addresses from earlier runs.

    `seen` gives the last fetch of those of some items that have one, `failing` those of a
    source's pages that could not be had lately, `held` the bytes that a fetch gave.
    """

    seen: Callable[[Sequence[Key]], Mapping[Key, Fetch]] = lambda _: {}
    failing: Callable[[str], Sequence[Fetch]] = lambda _: ()
    held: Callable[[Fetch], bytes | None] = lambda _: None


REST = 0.5
"""A page is left in peace for this share of the time for which it is known not to change.

So a page that never changes is asked some 20 times in its first year of hourly runs.
"""


def is_fresh(entry: Entry, known: Fetch) -> bool:
    """Whether a page need not be asked: its listing says so, or it has not changed for long."""
    if known.fetched_at is None:
        return False
    if entry.updated_at is not None:
        return entry.updated_at < known.fetched_at
    asked_ago = datetime.now(UTC) - known.checked_at
    if asked_ago < timedelta():  # the clock was ahead then: asked anew, or it may rest for years
        return False
    return asked_ago < REST * (known.checked_at - known.fetched_at)


class Origin(NamedTuple):
    """The listing that names a page."""

    listed_in: str | None = None
    method: ListedMethod | None = None
    title: str | None = None
    language: str | None = None


class Page(NamedTuple):
    """A page to gather: what its listing says of it, and which listing that is."""

    entry: Entry
    origin: Origin = Origin()

    @classmethod
    def of(cls, fetch: Fetch) -> "Page":
        """Return the page that once led to `fetch`."""
        entry = Entry(
            url=fetch.url,
            ref=fetch.item_ref,
            title=fetch.listed_title,
            byline=fetch.listed_byline,
            publisher=fetch.listed_publisher,
            language=fetch.listed_language,
            published_on=fetch.listed_on,
            published_at=fetch.listed_at,
        )
        return cls(entry, Origin(fetch.listed_in, fetch.listed_method))

    def describe(self, fetch: Fetch) -> Fetch:
        """Return `fetch` with what the listing says of the page."""
        entry, origin = self
        return replace(
            fetch,
            listed_in=origin.listed_in,
            listed_method=origin.method if entry.published_on else None,
            listed_title=entry.title,
            listed_byline=entry.byline,
            listed_publisher=entry.publisher or origin.title,
            listed_language=entry.language or origin.language,
            listed_on=entry.published_on,
            listed_at=entry.published_at,
        )

    def own_text(self, source: Source) -> Item:
        """Return the text that a feed itself gives for the page, as a record."""
        entry, origin = self
        now = datetime.now(UTC)
        fields = {"url": entry.url, "title": entry.title, "byline": entry.byline}
        fields |= {"html": entry.html, "language": entry.language or origin.language}
        given = {name: value for name, value in fields.items() if value}
        fetch = Fetch(
            source_id=source.source_id,
            item_ref=entry.ref,
            kind="feed",
            url=entry.url or origin.listed_in or entry.ref,
            fetched_at=now,
            checked_at=now,
        )
        return Item(
            source_id=source.source_id,
            item_ref=entry.ref,
            media_type="application/json",
            content=json.dumps(given, ensure_ascii=False, sort_keys=True).encode(),
            publisher=source.publisher,
            fetch=self.describe(fetch),
        )


def fetch_of(source: Source, ref: str, kind: FetchKind, found: Response) -> Fetch:
    """Return what is to be remembered of an answer."""
    return Fetch(
        source_id=source.source_id,
        item_ref=ref,
        kind=kind,
        url=found.url,
        final_url=found.final_url,
        status=found.status,
        etag=found.etag,
        last_modified=found.last_modified,
        charset=found.charset,
        fetched_at=found.fetched_at,
        checked_at=found.fetched_at,
    )
