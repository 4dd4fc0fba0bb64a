"""Read CSV: a header and one record a row, in memory never more than one row up to the limit."""

import csv
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from tasks.ingest.read.columns import canonical_record, missing_column
from tasks.records import Refusal

DELIMITERS = ",;\t|"
SKIP_BYTES = 1 << 16


class OversizeError(Exception):
    """A row went above the limit; the lines stand at the start of the next row."""


class _Lines:
    """Decoded lines for `csv.reader`, with the bytes of one row bounded by `limit`.

    A row may span lines, so only the reader knows where it ends: it calls `start_row`. An
    oversize row is passed over by counting quotes, since a row ends where they are even.
    """

    def __init__(self, handle: BinaryIO, limit: int) -> None:
        self.handle, self.limit, self.are_over = handle, limit, False
        self.start_row()

    def start_row(self) -> None:
        self.size = self.quotes = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.handle.readline(self.limit - self.size + 1)
        if not line:
            self.are_over = True
            raise StopIteration
        self.size += len(line)
        self.quotes += line.count(b'"')
        if self.size > self.limit:
            self._skip(line)
            raise OversizeError
        return line.decode()

    def _skip(self, line: bytes) -> None:
        while line and (line[-1:] != b"\n" or self.quotes % 2):
            line = self.handle.readline(SKIP_BYTES)
            self.quotes += line.count(b'"')


def read_csv(
    handle: BinaryIO, mapping: Mapping[str, str], *, max_item_bytes: int
) -> Iterator[tuple[int, bytes | Refusal]]:
    """Yield the 1-based row number (the header not counted) and the record, or its problem.

    Number 0 stands for the file. The delimiter is the one that the header holds most often.
    """
    csv.field_size_limit(max(csv.field_size_limit(), max_item_bytes))
    lines = _Lines(handle, max_item_bytes)
    header = _header(lines)
    if isinstance(header, Refusal):
        yield 0, header
        return
    columns, delimiter = header
    problem = missing_column(columns, mapping)
    if problem:
        yield 0, problem
        return
    rows = csv.reader(lines, delimiter=delimiter)
    number = 0
    while (row := _next_row(rows, lines)) is not None:
        if not isinstance(row, Refusal) and not any(row):
            continue
        number += 1
        record = row if isinstance(row, Refusal) else _record(row, columns)
        if isinstance(record, Refusal):
            yield number, record
        else:
            yield number, canonical_record(record, mapping, max_bytes=max_item_bytes)


def _header(lines: _Lines) -> tuple[list[str], str] | Refusal:
    try:
        first = next(lines, "").removeprefix("\ufeff")
        delimiter = max(DELIMITERS, key=first.count)
        columns = next(csv.reader([first], delimiter=delimiter), [])
    except (OversizeError, UnicodeDecodeError, csv.Error):
        return Refusal("malformed", "first line is no header in UTF-8; name the columns there")
    return [column.strip() for column in columns], delimiter


def _next_row(rows: "Iterator[list[str]]", lines: _Lines) -> list[str] | Refusal | None:
    lines.start_row()
    try:
        row = next(rows, None)
    except OversizeError:
        return Refusal(
            "too_large",
            f"row above the limit of {lines.limit} bytes; raise max_item_bytes or split the row",
        )
    except UnicodeDecodeError as error:
        return Refusal("encoding", f"row is not UTF-8 at byte {error.start}; save it as UTF-8")
    except csv.Error as error:
        return Refusal("malformed", f"row cannot be read ({error}); check its quotes")
    if row is not None and lines.are_over:
        return Refusal(
            "malformed",
            "a quote opens in this row and never closes, so the rest of the file is "
            "part of it; close it",
        )
    return row


def _record(row: list[str], columns: list[str]) -> dict[str, object] | Refusal:
    if len(row) > len(columns):
        return Refusal(
            "malformed",
            f"row has {len(row)} fields, the header {len(columns)}; quote fields with delimiters",
        )
    return {column: value or None for column, value in zip(columns, row, strict=False)}
