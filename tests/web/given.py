"""Listings as tests write them, and what was read from them."""

from tasks.ingest.web.listing import Entry, Listing, read_listing
from tasks.records import Refusal
from warehouse.tables import FetchKind

URL = "https://news.example/feeds/world.xml"


def read(
    content: bytes | str,
    *,
    url: str = URL,
    kind: FetchKind | None = None,
    media_type: str | None = None,
    charset: str | None = None,
    max_entries: int = 50_000,
) -> Listing:
    """Read a listing that can be read."""
    found = attempt(
        content,
        url=url,
        kind=kind,
        media_type=media_type,
        charset=charset,
        max_entries=max_entries,
    )
    assert isinstance(found, Listing), found
    return found


def attempt(
    content: bytes | str,
    *,
    url: str = URL,
    kind: FetchKind | None = None,
    media_type: str | None = None,
    charset: str | None = None,
    max_entries: int = 50_000,
) -> Listing | Refusal:
    """Read a listing."""
    return read_listing(
        content.encode() if isinstance(content, str) else content,
        url=url,
        kind=kind,
        media_type=media_type,
        charset=charset,
        max_entries=max_entries,
    )


def only(listing: Listing) -> Entry:
    """Return the one entry that there is."""
    (entry,) = listing.entries
    return entry


def rss(items: str, *, head: str = "", attributes: str = "") -> str:
    """Return an RSS 2.0 feed with these items."""
    return (
        f'{head}<rss version="2.0" {attributes}><channel><title>Harbour Post</title>'
        f"<link>https://news.example/</link><language>en-gb</language>{items}</channel></rss>"
    )


def atom(entries: str, *, attributes: str = "") -> str:
    """Return an Atom 1.0 feed with these entries."""
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" {attributes}>'
        f"<title>Harbour Post</title>{entries}</feed>"
    )
