"""Tell a listing from a page by its first characters."""

import re
import zlib

from tasks.ingest.parse.encoding import decode
from tasks.records import Refusal
from warehouse.tables import FetchKind

GZIP = b"\x1f\x8b"

HIGH_BYTES = bytes(range(0x80, 0x100))
"""Stripped where the head is cut, which may have left half a character."""

HEAD = 1 << 16
"""Bytes in which the first element must stand; comments before it are read over."""

MAX_ELEMENTS = 10
"""Elements looked at for one that tells; a warning of the server may stand before the feed."""

ROOTS: dict[str, FetchKind] = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "channel": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "html": "page",
    "head": "page",
    "body": "page",
}
ELEMENT = re.compile(r"(?:[A-Za-z_][\w.-]{0,50}:)?([A-Za-z_][\w.-]{0,50})")
FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
JSON_FEED = "jsonfeed.org/version/"
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def sniff(content: bytes, *, media_type: str | None) -> FetchKind:
    """Return what `content` is; a page where it is HTML or nothing known.

    Text is a list of addresses where every line in its head is one, or a comment.
    """
    if content.startswith(GZIP):
        content = _inflated_head(content)
    is_cut = len(content) >= HEAD
    text = decode(content[:HEAD].rstrip(HIGH_BYTES) if is_cut else content)
    if isinstance(text, Refusal):
        return "page"
    return sniff_text(text, media_type=media_type, is_cut=is_cut)


def sniff_text(text: str, *, media_type: str | None, is_cut: bool = False) -> FetchKind:
    """Return what a decoded text, or the head of one, is; see `sniff`."""
    head = text[:HEAD].lstrip("\ufeff \t\r\n")
    if head.startswith("{"):
        is_feed = JSON_FEED in head.replace("\\/", "/") or media_type == "application/feed+json"
        return "feed" if is_feed else "page"
    if _is_address_list(head, is_cut=is_cut or len(text) > HEAD):
        return "address_list"
    kind = _kind_of_root(head)
    if kind is None and media_type in FEED_TYPES and "<" in head:
        return "feed"
    return kind or "page"


def _kind_of_root(head: str) -> FetchKind | None:
    """Return what the first known element says, passing over comments and declarations."""
    at = 0
    for _ in range(MAX_ELEMENTS):
        at = head.find("<", at)
        while at >= 0 and head.startswith(("<!", "<?"), at):
            is_comment = head.startswith("<!--", at)
            end = head.find("-->" if is_comment else ">", at)
            at = head.find("<", end) if end >= 0 else -1
        if at < 0:
            return None
        match = ELEMENT.match(head, at + 1)
        if match and match[1].lower() in ROOTS:
            return ROOTS[match[1].lower()]
        at += 1
    return None


def _is_address_list(head: str, *, is_cut: bool) -> bool:
    lines = head.splitlines()[: -1 if is_cut else None]
    said = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return bool(said) and all(map(ADDRESS.fullmatch, said))


def _inflated_head(content: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(content[:HEAD], HEAD)
    except zlib.error:
        return b""
