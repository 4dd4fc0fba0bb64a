"""Read WARC files (ISO 28500), as Common Crawl's news crawl ships them: one page a record.

An item is a `response`, or a `resource`, of an http or https address. `warcinfo`, `request`,
`metadata`, `conversion` and `continuation` records hold no page. Nor does a `revisit`: it says
that the page was the same as in an earlier record, in this file or another, and has no content
of its own; where that record was read, the page is known. A page that the crawler cut short
(`WARC-Truncated`) is read as far as it goes.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import BinaryIO

from warcio.limitreader import LimitReader
from warcio.statusandheaders import (
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)

from tasks.ingest.read.entry import Entry
from tasks.ingest.read.http_answer import content_type, decoded, media_type, status_of
from tasks.records import Refusal
from warehouse.tables import Fetch

VERSIONS = ["WARC/1.1", "WARC/1.0", "WARC/0.18", "WARC/0.17"]
WARC_HEAD = StatusAndHeadersParser(VERSIONS)
HTTP_HEAD = StatusAndHeadersParser(["HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/2", "HTTP/3"])

PAGE_RECORDS = ("response", "resource")

HEAD_BYTES = 1 << 18
"""A longer head of a record or an answer is none: real ones have some kilobytes."""

SKIP_BYTES = 1 << 16
MAX_DIGITS = 15
"""Digits of a length: enough for a petabyte."""


class HeadError(Exception):
    """A head went above HEAD_BYTES."""


class _Stream:
    """A file for warcio's parsers; its lines are bounded, since one may be as long as the file."""

    def __init__(self, handle: BinaryIO) -> None:
        self.handle, self.left = handle, HEAD_BYTES

    def read(self, size: int) -> bytes:
        return self.handle.read(size)

    def readline(self, size: int = HEAD_BYTES) -> bytes:
        line = self.handle.readline(min(size, self.left + 1))
        self.left -= len(line)
        if self.left < 0:
            raise HeadError
        return line


def read_warc(
    handle: BinaryIO, *, source_id: str, name: str, max_item_bytes: int, now: datetime
) -> Iterator[Entry]:
    """Yield the pages of the unpacked WARC file `name`, counting responses and resources.

    In memory is never more than one page up to the limit. `now` stands in for a date of a
    record that is missing, broken or yet to come. Raises EOFError where the file breaks off.
    """
    stream = _Stream(handle)
    number = 0
    while (head := _next_head(stream)) is not None:
        if isinstance(head, Refusal):
            yield Entry(0, head)
            return
        block = LimitReader(stream, int(head["Content-Length"]))
        page = None
        if head["WARC-Type"] in PAGE_RECORDS:
            number += 1
            at = _date(head["WARC-Date"], now)
            fetch = Fetch(
                source_id=source_id,
                item_ref=f"{name}#{number}",
                kind="archived",
                url=_address(head),
                final_url=_address(head),
                listed_in=name,
                fetched_at=at,
                checked_at=at,
            )
            page = _page(number, head, block, stream, fetch, max_item_bytes)
        _pass_over(block)
        if page:
            yield page


def _pass_over(block: LimitReader) -> None:
    while block.limit:
        if not block.read(SKIP_BYTES):
            raise EOFError("the last record breaks off")


def _next_head(stream: _Stream) -> StatusAndHeaders | Refusal | None:
    """Return the head of the next record; None where the file ends, a refusal where none is."""
    stream.left = HEAD_BYTES
    try:
        while (line := stream.readline()) and not line.strip():
            pass
        if not line:
            return None
        head = WARC_HEAD.parse(stream, line)
    except (StatusAndHeadersParserException, HeadError):
        return Refusal("malformed", "no WARC record where one should begin; copy the file again")
    length = head["Content-Length"] or ""
    if not (length.isascii() and length.isdecimal() and len(length) <= MAX_DIGITS):
        return Refusal("malformed", f"record of {length[:40]!r} bytes; write the file again")
    return head


def _page(
    number: int,
    head: StatusAndHeaders,
    block: LimitReader,
    stream: _Stream,
    fetch: Fetch,
    limit: int,
) -> Entry:
    """Read the page of one record from `block`, or say why it has none."""
    if not fetch.url.lower().startswith(("http://", "https://")) or not fetch.url.isprintable():
        named = fetch.url[:80]
        return Entry(number, Refusal("bad_address", f"{named!r} is no address of a page"))
    http = head if head["WARC-Type"] == "resource" else _http_head(block, stream)
    status = None if http is head else status_of(http)
    declared, charset = content_type(http["Content-Type"] or head["WARC-Identified-Payload-Type"])
    kind = media_type(declared, status)
    if isinstance(kind, Refusal):
        return Entry(number, kind)
    content = decoded(block.read(limit + 1), http, limit=limit)
    if isinstance(content, Refusal):
        return Entry(number, content)
    fetch = replace(
        fetch,
        status=status,
        etag=http["ETag"],
        last_modified=http["Last-Modified"],
        charset=charset,
    )
    return Entry(number, content, kind, fetch)


def _http_head(block: LimitReader, stream: _Stream) -> StatusAndHeaders:
    """Return the head of the answer in `block`, without a status where it has none."""
    stream.left = HEAD_BYTES
    try:
        return HTTP_HEAD.parse(block)
    except (StatusAndHeadersParserException, HeadError, EOFError):
        return StatusAndHeaders("", [])


def _address(head: StatusAndHeaders) -> str:
    """Return the record's address; Wget up to 1.19 put it in angle brackets."""
    return (head["WARC-Target-URI"] or "").removeprefix("<").removesuffix(">")


def _date(text: str | None, now: datetime) -> datetime:
    try:
        found = datetime.fromisoformat(text or "")
        at = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return now
    return min(at, now)
