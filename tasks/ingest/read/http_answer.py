"""What an archived HTTP answer says of its content, and the content without its codings."""

import re
import zlib
from io import BytesIO

from warcio.bufferedreaders import ChunkedDataReader
from warcio.statusandheaders import StatusAndHeaders

from tasks.fetch.body import CODINGS, Inflater
from tasks.records import Refusal
from warehouse.tables import MediaType

PAGES: dict[str, MediaType] = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
    "": "text/html",  # not declared; what is no text is refused when it is parsed
}
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)

OUTAGES = (408, 425, 429)
"""Statuses below 500 after which asking again may help (RFC 9110, 8470, 6585)."""

READ_BYTES = 1 << 16
"""Chunks of some bytes each take more memory, kept singly, than what they hold."""

MAX_CODINGS = 3
"""Codings on top of each other; no server uses more than one."""


def status_of(http: StatusAndHeaders) -> int:
    """Return the status of an answer, 0 where it has none."""
    code = http.get_statuscode()
    return int(code) if re.fullmatch("[1-9][0-9]{2}", code) else 0


def content_type(declared: str | None) -> tuple[str, str | None]:
    """Return media type and charset of a Content-Type field (RFC 9110, 8.3)."""
    kind, _, parameters = (declared or "").partition(";")
    match = CHARSET.search(parameters)
    return kind.strip().lower(), match[1] if match else None


def media_type(declared: str, status: int | None) -> MediaType | Refusal:
    """Return how to read an answer, or why it is no page; `status` None: it was no HTTP."""
    if status is not None and status != 200:
        return _no_answer(status)
    if declared not in PAGES:
        return Refusal("unsupported", f"content of type {declared[:80]!r}; read are HTML and text")
    return PAGES[declared]


def _no_answer(status: int) -> Refusal:
    if status == 0:
        return Refusal("malformed", "no HTTP status in the record; read the page itself")
    if status in (404, 410):
        return Refusal("gone", f"the archived answer has status {status}; there was no page")
    if status >= 500 or status in OUTAGES:
        return Refusal("unavailable", f"the archived answer has status {status}; read the page")
    if status >= 400:
        return Refusal("denied", f"the archived answer has status {status}; ask the outlet")
    if status >= 300:
        return Refusal("redirects", f"archived status {status}; its target has its own record")
    return Refusal("unsupported", f"archived status {status} brings no whole page")


def decoded(payload: bytes, http: StatusAndHeaders, *, limit: int) -> bytes | Refusal:
    """Undo transfer and content codings of `payload`; at most `limit` bytes are unpacked."""
    if len(payload) > limit:
        return _too_large(limit)
    if "chunked" in (http["Transfer-Encoding"] or "").lower():
        chunks = ChunkedDataReader(BytesIO(payload))
        payload = b"".join(iter(lambda: chunks.read(READ_BYTES), b""))
    codings = [coding.strip() for coding in (http["Content-Encoding"] or "").lower().split(",")]
    if len(codings) > MAX_CODINGS:
        return Refusal("unsupported", f"{len(codings)} content codings on top of each other")
    content: bytes | Refusal = payload
    for coding in reversed(codings):
        if isinstance(content, Refusal):
            return content
        content = _uncoded(content, coding, limit)
    return content or Refusal("empty", "answer without content; read the page itself")


def _uncoded(data: bytes, coding: str, limit: int) -> bytes | Refusal:
    """Undo one content coding; many archives undid it themselves but kept the field."""
    if coding in ("", "identity") or data[:64].lstrip()[:1] == b"<":
        return data
    if coding not in CODINGS:
        return Refusal("unsupported", f"content coding {coding[:40]!r}; read are gzip and deflate")
    unpacker, unpacked = Inflater(CODINGS[coding]), bytearray()
    try:
        for piece in unpacker.feed(data):
            unpacked += piece
            if len(unpacked) > limit:
                return _too_large(limit)
    except zlib.error:
        if not unpacked:  # the archive undid it and kept the field
            return data
    if not unpacker.is_complete:
        return Refusal("malformed", f"content packed with {coding} breaks off; read the page")
    return bytes(unpacked)


def _too_large(limit: int) -> Refusal:
    return Refusal("too_large", f"page above the limit of {limit} bytes; raise max_item_bytes")
