"""Read Parquet: mapped columns only, a few rows at a time."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.ingest.read.columns import candidates, canonical_record, missing_column
from tasks.records import Refusal

BATCH_ROWS = 32
"""Rows decoded at a time: texts of a megabyte stay under 100 MB."""

BUFFER_BYTES = 1 << 20


def read_parquet(
    path: Path, mapping: Mapping[str, str], *, max_item_bytes: int
) -> Iterator[tuple[int, bytes | Refusal]]:
    """Yield the 1-based row number and the canonical record, or what is wrong with the row.

    Number 0 stands for the file: not Parquet, a missing column, or one of the wrong type.
    Raises OSError where the file cannot be read.
    """
    number = 0
    try:
        with pq.ParquetFile(path, buffer_size=BUFFER_BYTES, pre_buffer=False) as file:
            columns = _columns(file.schema_arrow, mapping)
            if isinstance(columns, Refusal):
                yield 0, columns
                return
            for batch in file.iter_batches(BATCH_ROWS, columns=columns):
                for record in _records(batch):
                    number += 1
                    if isinstance(record, Refusal):
                        yield number, record
                    else:
                        yield number, canonical_record(record, mapping, max_bytes=max_item_bytes)
    except (pa.ArrowException, OSError) as error:
        if getattr(error, "errno", None):  # the file system's, not Parquet's
            raise
        detail = " ".join(str(error).split())[:120]
        yield 0, Refusal("malformed", f"cannot be read as Parquet after row {number} ({detail})")


def _columns(schema: pa.Schema, mapping: Mapping[str, str]) -> list[str] | Refusal:
    """Return the columns to read, or what is wrong with them."""
    problem = missing_column(schema.names, mapping)
    if problem:
        return problem
    found = candidates(schema.names, mapping, lambda f, c: _fits(f, schema.field(c).type))
    for field, columns in found.items():
        for column in columns:
            kind = schema.field(column).type
            if not _fits(field, kind):
                return Refusal(
                    "wrong_type",
                    f"column {column!r} ({field}) is {kind}, not text; "
                    f"map {field} to a column of text",
                )
    return list(dict.fromkeys(column for columns in found.values() for column in columns))


def _fits(field: str, kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if field == "published_at" and (pa.types.is_timestamp(kind) or pa.types.is_date(kind)):
        return True
    if field == "byline" and (pa.types.is_list(kind) or pa.types.is_large_list(kind)):
        kind = kind.value_type
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return pa.types.is_null(kind) or any(test(kind) for test in tests)


def _records(batch: pa.RecordBatch) -> Iterator[dict[str, object] | Refusal]:
    columns = {
        name: _readable(column)
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
    }
    for row in range(batch.num_rows):
        try:
            yield {name: column[row].as_py() for name, column in columns.items()}
        except UnicodeDecodeError:
            yield Refusal("encoding", "row holds text that is not UTF-8; write it as UTF-8")
        except (ValueError, OverflowError) as error:
            yield Refusal("malformed", f"row holds a value that cannot be read ({error})")


def _readable(column: pa.Array) -> pa.Array:
    """Return `column` with times in UTC microseconds, which Python can hold."""
    if pa.types.is_timestamp(column.type):
        zone = "UTC" if column.type.tz else None
        return column.cast(pa.timestamp("us", zone), safe=False)
    return column
