"""Read a listing: the bytes of a feed, sitemap or list of addresses become entries."""

import re
import zlib
from dataclasses import replace

from tasks.fetch.body import Inflater
from tasks.ingest.parse.encoding import decode
from tasks.ingest.web.address_list import read_addresses
from tasks.ingest.web.entries import END, Child, Entry, Listing
from tasks.ingest.web.feeds import read_feed
from tasks.ingest.web.json_feed import read_json_feed
from tasks.ingest.web.sitemaps import read_sitemap
from tasks.ingest.web.sniff import GZIP, sniff_text
from tasks.records import Refusal
from warehouse.tables import FetchKind

__all__ = ["Child", "Entry", "Listing", "read_listing"]

MAX_INFLATED = 50_000_000
"""Bytes of a listing once decompressed; the Sitemaps protocol allows 50 MB."""

PIECE = 1 << 16
ROOT = re.compile(r"<([A-Za-z][\w:.-]*)")
XML_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""")


def read_listing(
    content: bytes,
    *,
    url: str,
    kind: FetchKind | None,
    media_type: str | None,
    charset: str | None,
    max_entries: int = 50_000,
) -> Listing | Refusal:
    """Return what the listing at `url` holds, or why it cannot be read.

    The content decides what it is; `kind`, what is expected there, does only where the content
    does not tell. Entries beyond `max_entries` are left out, and `refused` says so.
    """
    unpacked = _inflated(content) if content.startswith(GZIP) else content
    text = unpacked if isinstance(unpacked, Refusal) else _text(unpacked, charset)
    if isinstance(text, Refusal):
        return text
    found = sniff_text(text, media_type=media_type)
    if found == "page" and kind == "sitemap" and "<" not in text[:PIECE]:
        found = "address_list"
    elif found == "page" and kind in ("feed", "address_list"):
        found = kind
    if found == "address_list":
        listed_as: FetchKind = "sitemap" if kind == "sitemap" else "address_list"
        return read_addresses(text, url=url, kind=listed_as, max_entries=max_entries)
    if found == "sitemap":
        return _with_end(read_sitemap(text, url=url, max_entries=max_entries), text, url)
    if found == "feed" and text.startswith("{"):
        return read_json_feed(text, url=url, max_entries=max_entries)
    if found == "feed":
        return _with_end(read_feed(text, url=url, max_entries=max_entries), text, url)
    return Refusal("unsupported", "no feed, sitemap or list of addresses; read it as a page")


def _text(content: bytes, charset: str | None) -> str | Refusal:
    """Decode with the charset of the server, else of the XML declaration, where UTF-8 fails.

    NUL bytes and characters lost elsewhere cost a listing nothing but themselves.
    """
    in_xml = XML_ENCODING.match(content.lstrip()[:200])
    declared = charset or (in_xml[1].decode() if in_xml else None)
    text = decode(content, declared=declared)
    if isinstance(text, Refusal) and text.reason == "binary" and b"\0" in content:
        content = content.replace(b"\0", b"")
        text = decode(content, declared=declared)
    if isinstance(text, Refusal) and text.reason == "encoding":
        text = content.decode("utf-8", "replace")
    return text.lstrip("\ufeff \t\r\n") if isinstance(text, str) else text


def _inflated(content: bytes) -> bytes | Refusal:
    """Decompress gzip, as far as it goes where it breaks off, and no further than the limit."""
    pieces, size = [], 0
    try:
        for piece in Inflater("gzip").feed(content):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_INFLATED:
                detail = f"above {MAX_INFLATED:,} bytes once decompressed; split the listing"
                return Refusal("too_large", detail)
    except zlib.error:  # damaged from here on; what came before counts
        pass
    return b"".join(pieces)


def _with_end(listing: Listing | Refusal, text: str, url: str) -> Listing | Refusal:
    """Say so where the XML of a listing ends before its first element does."""
    root = ROOT.search(text, 0, PIECE)
    is_closed = root is None or f"</{root[1]}" in text[-PIECE:] or text.rstrip().endswith("/>")
    ends = isinstance(listing, Refusal) or any(ref.endswith(END) for ref, _ in listing.refused)
    if is_closed or ends or isinstance(listing, Refusal):
        return listing
    lost = Refusal("malformed", f"{url}: it breaks off; the next run reads it again")
    return replace(listing, refused=(*listing.refused, (url + END, lost)))
