"""Read JSON Lines: one object a line, in memory never more than one line up to the limit."""

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from tasks.ingest.read.columns import canonical_record, missing_column
from tasks.records import Refusal

BOM = b"\xef\xbb\xbf"
SKIP_BYTES = 1 << 16
"""Bytes read at a time while the rest of an overlong line is passed over."""


def read_jsonl(
    handle: BinaryIO, mapping: Mapping[str, str], *, max_item_bytes: int
) -> Iterator[tuple[int, bytes | Refusal]]:
    """Yield the 1-based line number and the canonical record, or what is wrong with the line.

    Number 0 stands for the file: no line is an object, or none has a column asked for. Blank
    lines are no items.
    """
    problem = _missing(handle, mapping, max_item_bytes)
    if problem:
        yield 0, problem
        return
    handle.seek(0)
    for number, line in bounded_lines(handle, max_item_bytes):
        record = _record(line, max_item_bytes)
        if isinstance(record, Refusal):
            yield number, record
        else:
            yield number, canonical_record(record, mapping, max_bytes=max_item_bytes)


def bounded_lines(handle: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield number and bytes of each non-blank line; None for one longer than `limit`."""
    number = 0
    while line := handle.readline(limit + len(b"\r\n")):
        number += 1
        if len(line.rstrip(b"\r\n")) > limit:
            while line and line[-1:] != b"\n":
                line = handle.readline(SKIP_BYTES)
            yield number, None
        elif line := line.removeprefix(BOM).strip():
            yield number, line


def _record(line: bytes | None, limit: int) -> dict[str, object] | Refusal:
    if line is None:
        return Refusal(
            "too_large", f"line above the limit of {limit} bytes; raise max_item_bytes or split it"
        )
    try:
        record = json.loads(line.decode(), parse_int=float)  # a float takes any number of digits
    except UnicodeDecodeError as error:
        return Refusal("encoding", f"line is not UTF-8 at byte {error.start}; save it as UTF-8")
    except (ValueError, RecursionError) as error:
        return Refusal("malformed", f"line is not JSON ({_short(error)}); one object a line")
    if not isinstance(record, dict):
        return Refusal("malformed", f"line holds {type(record).__name__}; one object a line")
    return record


def _short(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:120]


def _missing(handle: BinaryIO, mapping: Mapping[str, str], limit: int) -> Refusal | None:
    """Read on until all columns asked for have been seen: in most files, one line."""
    columns: dict[str, None] = {}
    problem = none_fits = None
    for number, line in bounded_lines(handle, limit):
        record = _record(line, limit)
        if isinstance(record, Refusal):
            detail = f"no line holds an object; line {number}: {record.detail}"
            none_fits = none_fits or Refusal(record.reason, detail)
            continue
        columns.update(dict.fromkeys(record))
        problem = missing_column(columns, mapping)
        if problem is None:
            return None
    return problem or none_fits
