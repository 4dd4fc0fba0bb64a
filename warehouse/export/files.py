"""Tables of the publication as files: CSV, Arrow and Parquet, each put in its place when whole."""

import csv
import io
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal

import pyarrow as pa

from warehouse.disk import refused
from warehouse.export.changes import named
from warehouse.export.published import BATCH_ROWS, Publication, Table, open_current
from warehouse.translated import translated

Format = Literal["csv", "arrow", "parquet"]


def export_to_folder(
    published: Path,
    folder: Path,
    kind: Format,
    *,
    tables: Sequence[str] = (),
    memory_limit: str = "4GB",
) -> tuple[str, ...]:
    """Write the current publication under `published` into `folder`, one file a table.

    Each file is written beside, then put in its place. Returns the names of the tables. Raises
    LakeError without publication, table or permission, OutageError where the disk is full.
    """
    with open_current(published, memory_limit=memory_limit) as publication:
        wanted = publication.tables(tables)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for table in wanted:
                with _in_place(folder / f"{table.name}.{kind}") as file:
                    WRITERS[kind](publication, table, file)
        except OSError as error:
            raise refused(f"cannot write to {folder}", error, instead="another folder") from error
    return tuple(table.name for table in wanted)


def export_to_stream(
    published: Path, file: BinaryIO, kind: Format, table: str, *, memory_limit: str = "4GB"
) -> None:
    """Write one table to `file` as CSV, as an Arrow stream or as a Parquet file.

    Raises LakeError without publication or table; what `file` raises is passed on.
    """
    with open_current(published, memory_limit=memory_limit) as publication:
        described = publication.tables([table])[0]
        if kind == "arrow":
            reader = _described(publication, described)
            _write_arrow(reader, pa.ipc.new_stream(file, reader.schema))
        else:
            WRITERS[kind](publication, described, file)


@contextmanager
def _in_place(path: Path) -> Iterator[BinaryIO]:
    """Yield a file that takes the place of `path` once it is whole and on the disk."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _csv(publication: Publication, table: Table, file: BinaryIO) -> None:
    """RFC 4180 in UTF-8 with a header; NULL is empty, values are as DuckDB writes them."""
    columns = [column.name for column in table.columns]
    values = ", ".join(f"{named(name)}::VARCHAR" for name in columns)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    with translated():
        found = publication.con.execute(f"SELECT {values} FROM new.{named(table.name)}")
    while rows := found.fetchmany(BATCH_ROWS):
        writer.writerows(rows)
    text.detach()


def _arrow(publication: Publication, table: Table, file: BinaryIO) -> None:
    reader = _described(publication, table)
    _write_arrow(reader, pa.ipc.new_file(file, reader.schema))


def _write_arrow(reader: pa.RecordBatchReader, writer: pa.ipc.RecordBatchStreamWriter) -> None:
    with writer:
        for batch in reader:
            writer.write_batch(batch)


def _described(publication: Publication, table: Table) -> pa.RecordBatchReader:
    """Return the rows of `table`, with the meanings of it and its columns in the schema."""
    reader = publication.reader(f"FROM new.{named(table.name)}")
    fields = [
        field.with_metadata({"meaning": column.meaning}) if column.meaning else field
        for field, column in zip(reader.schema, table.columns, strict=True)
    ]
    schema = pa.schema(fields, {"meaning": table.meaning} if table.meaning else None)
    return pa.RecordBatchReader.from_batches(
        schema, (pa.RecordBatch.from_arrays(batch.columns, schema=schema) for batch in reader)
    )


def _parquet(publication: Publication, table: Table, file: BinaryIO) -> None:
    with (publication.folder / "parquet" / f"{table.name}.parquet").open("rb") as source:
        shutil.copyfileobj(source, file)


WRITERS: dict[Format, Callable[[Publication, Table, BinaryIO], None]] = {
    "csv": _csv,
    "arrow": _arrow,
    "parquet": _parquet,
}
