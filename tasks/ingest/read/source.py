"""Read a source: every item it holds, or the reason why one cannot be read."""

import gzip
import os
import stat
import zlib
from collections.abc import Iterator
from datetime import datetime
from itertools import starmap
from pathlib import Path
from typing import BinaryIO, cast

from tasks.ingest.read.columns import check_mapping
from tasks.ingest.read.csv_rows import read_csv
from tasks.ingest.read.discover import MEDIA_TYPES, FoundFile, discover
from tasks.ingest.read.entry import Entry
from tasks.ingest.read.jsonl import read_jsonl
from tasks.ingest.read.mbox import read_mbox
from tasks.ingest.read.parquet import read_parquet
from tasks.ingest.read.warc import read_warc
from tasks.records import Item, Refusal, Source, reject
from warehouse.tables import Rejection

UNREADABLE = (OSError, EOFError, zlib.error)
"""What a failing disk, a missing right or a broken gzip file raise."""


Taken = dict[tuple[str, str], Path]
"""The file behind each (source_id, name) met so far in a run."""


def read_source(
    source: Source,
    *,
    max_item_bytes: int,
    now: datetime,
    skip: Path | None = None,
    taken: Taken | None = None,
) -> Iterator[Item | Rejection]:
    """Yield the items of `source` in a stable order, or a rejection for what cannot be read.

    `item_ref` is the path below the folder (below the fixed part of a glob; the bare name of a
    single file), with `#` and the 1-based row, page or message where a file holds many. No item
    above `max_item_bytes` is read whole; the folder `skip`, such as our own data, is not read at
    all. `now` is stored as `rejected_at`. `taken`, shared by the sources of a run, keeps names
    apart: a second file of a name gets `~2`, a file met again is passed over. Raises SourceError
    where `source` names nothing readable.
    """
    check_mapping(source.mapping)
    taken = {} if taken is None else taken
    for file in discover(source.location, skip=skip):
        name = _own_name(file, source.source_id, taken)
        for entry in _contents(file, name, source, max_item_bytes, now) if name else ():
            ref = f"{name}#{entry.number}" if entry.number else name
            refusal = entry.content if isinstance(entry.content, Refusal) else None
            item = Item(
                source_id=source.source_id,
                item_ref=ref,
                media_type=entry.media_type or MEDIA_TYPES.get(file.suffix, "text/plain"),
                content=b"" if isinstance(entry.content, Refusal) else entry.content,
                publisher=source.publisher,
                fetch=entry.fetch,
            )
            if refusal is None:
                yield item
            else:
                detail = " ".join(f"{ref}: {refusal.detail}".split())
                yield reject(item, "fetch", refusal.reason, detail, raw_ref=None, rejected_at=now)


def _own_name(file: FoundFile, source_id: str, taken: Taken) -> str:
    """Return a name that no other file of the run has; empty where this very file was read."""
    path, name, number = Path(os.path.realpath(file.path)), file.item_ref, 2
    while (source_id, name) in taken:
        if taken[source_id, name] == path:
            return ""
        name, number = f"{file.item_ref}~{number}", number + 1
    taken[source_id, name] = path
    return name


def _contents(
    file: FoundFile, name: str, source: Source, limit: int, now: datetime
) -> Iterator[Entry]:
    """Yield what the file holds; one that breaks off ends in why."""
    is_empty = True
    try:
        for entry in _entries(file, name, source, limit, now):
            is_empty = False
            yield entry
    except UNREADABLE as error:
        what = getattr(error, "strerror", None) or str(error) or type(error).__name__
        yield Entry(0, Refusal("unreadable", f"{what}; check rights and that the file is whole"))
    except Exception as error:  # a bug here, or in a library, must not stop the other files
        refusal = Refusal("internal_error", f"{type(error).__name__} while reading; report it")
        yield Entry(0, refusal)
    else:
        if is_empty:
            yield Entry(0, Refusal("empty", "file without items; remove it or deliver it again"))


def _entries(
    file: FoundFile, name: str, source: Source, limit: int, now: datetime
) -> Iterator[Entry]:
    status = file.path.stat()
    if not stat.S_ISREG(status.st_mode):
        why = "not a regular file that can be opened; check its rights"
        yield Entry(0, Refusal("unreadable", why))
    elif status.st_size == 0:
        yield Entry(0, Refusal("empty", "file of 0 bytes; remove it or deliver it again"))
    elif file.suffix == ".parquet":
        yield from starmap(Entry, read_parquet(file.path, source.mapping, max_item_bytes=limit))
    else:
        with _open(file.path) as handle:
            if file.suffix == ".warc":
                yield from read_warc(
                    handle, source_id=source.source_id, name=name, max_item_bytes=limit, now=now
                )
            else:
                yield from starmap(Entry, _stream(handle, file.suffix, source, limit))


def _open(path: Path) -> BinaryIO:
    if path.suffix.lower() == ".gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    return path.open("rb")


def _stream(
    handle: BinaryIO, suffix: str, source: Source, limit: int
) -> Iterator[tuple[int, bytes | Refusal]]:
    if suffix in (".jsonl", ".ndjson"):
        yield from read_jsonl(handle, source.mapping, max_item_bytes=limit)
    elif suffix == ".csv":
        yield from read_csv(handle, source.mapping, max_item_bytes=limit)
    elif suffix == ".mbox":
        yield from read_mbox(handle, max_item_bytes=limit)
    else:
        yield 0, _document(handle, limit)


def _document(handle: BinaryIO, limit: int) -> bytes | Refusal:
    content = handle.read(limit + 1)
    if len(content) > limit:
        return Refusal(
            "too_large", f"above the limit of {limit} bytes; raise max_item_bytes or split the file"
        )
    return content
