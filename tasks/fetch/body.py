"""The bytes of an answer, decompressed piece by piece and never beyond the limit."""

import zlib
from collections.abc import AsyncIterator, Iterator, Mapping
from io import BytesIO

from tasks.fetch.failures import OutageError, RefusedError

PIECE = 65_536
"""Bytes inflated at a time: what a compression bomb can take beyond the limit."""

GZIP = 16 + zlib.MAX_WBITS
ZLIB = zlib.MAX_WBITS
RAW = -zlib.MAX_WBITS

CODINGS = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}


async def read_body(
    chunks: AsyncIterator[bytes], headers: Mapping[str, str], *, max_bytes: int, cut: bool = False
) -> bytes:
    """Return the decoded body, at most `max_bytes`; with `cut`, what lies beyond is left unread.

    Raises RefusedError (`too_large`, `unsupported`) and OutageError (damaged compression).
    """
    inflater = _inflater(headers.get("content-encoding", ""))
    length = headers.get("content-length", "")
    if not cut and length.isdecimal() and (len(length) > 18 or int(length) > max_bytes):
        raise _too_large(max_bytes)
    body, received = BytesIO(), 0
    try:
        async for chunk in chunks:
            received += len(chunk)
            for piece in inflater.feed(chunk) if inflater else (chunk,):
                body.write(piece)
                if body.tell() > max_bytes:
                    break
            if max(received, body.tell()) > max_bytes:
                if cut:
                    return body.getvalue()[:max_bytes]
                raise _too_large(max_bytes)
    except zlib.error as error:
        raise OutageError(f"its compressed body is damaged ({error})") from None
    if inflater and received and not inflater.is_complete:
        raise OutageError("its compressed body breaks off")
    return body.getvalue()


def _too_large(max_bytes: int) -> RefusedError:
    return RefusedError("too_large", f"it has more than {max_bytes:,} bytes; raise the limit")


def _inflater(content_encoding: str) -> "Inflater | None":
    codings = [name.strip().lower() for name in content_encoding.split(",")]
    codings = [name for name in codings if name not in ("", "identity")]
    if not codings:
        return None
    if len(codings) > 1 or codings[0] not in CODINGS:
        raise RefusedError(
            "unsupported",
            f"it is compressed as {', '.join(codings)[:40]!r}, which was not asked for",
        )
    return Inflater(CODINGS[codings[0]])


class Inflater:
    """Decompresses gzip of several members (RFC 1952), zlib (RFC 1950) or raw deflate (RFC 1951).

    `deflate` should mean zlib (RFC 9110, section 8.4.1.2), but some servers send it raw; the
    first two bytes tell. Bytes after a last gzip member are left out, as gzip itself does.
    """

    def __init__(self, coding: str) -> None:
        """Start with `gzip` or `deflate`."""
        self._is_gzip = coding == "gzip"
        self._start = b""
        self._stream = zlib.decompressobj(GZIP) if self._is_gzip else None

    @property
    def is_complete(self) -> bool:
        """Whether the stream has come to its end."""
        return self._stream is not None and self._stream.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what `data` holds in pieces of at most 64 KiB; raises zlib.error."""
        if self._stream is None:
            self._start += data
            if len(self._start) < 2:
                return
            data = self._start
            self._stream = zlib.decompressobj(ZLIB if _is_zlib(data) else RAW)
        stream, is_full = self._stream, False
        while data or is_full:
            if stream.eof:
                if not self._is_gzip or not data.startswith(b"\x1f"):
                    return
                stream = self._stream = zlib.decompressobj(GZIP)
            piece = stream.decompress(data, PIECE)
            yield piece
            data = stream.unused_data if stream.eof else stream.unconsumed_tail
            is_full = len(piece) == PIECE and not stream.eof


def _is_zlib(start: bytes) -> bool:
    return start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0
