"""Read MBOX (RFC 4155) in the form `mboxrd`: messages one after the other, in one file."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from tasks.records import Refusal

SEPARATOR = b"From "
QUOTED = re.compile(rb">+From ")
FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
"""The start of a header field (RFC 5322, 2.2)."""

LINE_BYTES = 1 << 16
"""A longer line is read in pieces."""


def read_mbox(handle: BinaryIO, *, max_item_bytes: int) -> Iterator[tuple[int, bytes | Refusal]]:
    """Yield the 1-based number and the bytes of each message, or what is wrong with it.

    Number 0 stands for the file. A message begins behind a line `From ...` that stands first, or
    after a blank line, and is followed by a header field: prose that starts so, left unquoted by
    a careless program, parts nothing. In memory is never more than one message up to the limit.
    """
    number = size = 0
    message = bytearray()
    for line, is_first in _lines(handle):
        if is_first:
            if number:
                yield number, _whole(message, size, max_item_bytes)
            number, size, message = number + 1, 0, bytearray()
        elif not number:
            yield 0, Refusal("malformed", "no line 'From ' above a first message; is it a mailbox?")
            return
        size += len(line)
        if size <= max_item_bytes:
            message += line
    if number:
        yield number, _whole(message, size, max_item_bytes)


def _whole(message: bytearray, size: int, limit: int) -> bytes | Refusal:
    if size > limit:
        return Refusal("too_large", f"message above the limit of {limit} bytes; raise it")
    return bytes(message.rstrip(b"\r\n")) + b"\n"


def _lines(handle: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Yield lines, unquoted and without separators, and whether a message begins with each."""
    held = b""
    is_open, ends_line = True, True  # a separator may stand here; the last piece ended its line
    while piece := handle.readline(LINE_BYTES):
        starts_line, ends_line = ends_line, piece.endswith(b"\n")
        if held:
            is_first = FIELD.match(piece) is not None
            if not is_first:
                yield held, False
            held, is_open = b"", False
            if is_first:
                yield piece, True
                continue
        if is_open and piece.startswith(SEPARATOR):
            held = piece
        elif starts_line:
            is_open = not piece.strip()
            yield piece[1:] if QUOTED.match(piece) else piece, False
        else:
            yield piece, False
    if held:
        yield held, False
