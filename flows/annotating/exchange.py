"""Where chunks are handed over: Arrow files in a folder, or under a prefix of an object store.

Rows travel in the types of the table contract, never pickled: what lies there cannot run.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import fs

from flows.annotating.errors import CrewError
from flows.settings import Settings
from tasks.records import Annotations
from warehouse.arrow import from_arrow, to_arrow
from warehouse.errors import OutageError
from warehouse.location import ObjectStore
from warehouse.tables import Article

ROWS = tuple(field.name for field in fields(Annotations))
PACKED = pa.ipc.IpcWriteOptions(compression="zstd")
REMEDY = "annotate.exchange must name a folder or an s3:// prefix that all machines reach"
REACH_SECONDS = 10
"""Seconds to wait for an object store to answer, for each of three attempts."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A place for files: a folder, or an `s3://` prefix whose keys each machine has itself."""

    place: str
    store: ObjectStore

    @classmethod
    def at(cls, place: str, store: ObjectStore) -> "Exchange":
        """Return the exchange at `place`, without keys: it is sent to others."""
        return cls(place.rstrip("/"), replace(store, key_id=None, secret=None, session_token=None))

    def put_articles(self, name: str, articles: Sequence[Article]) -> None:
        """Write `articles` as the file `name`. Raises OutageError."""
        self._put(name, lambda sink: _write(sink, "articles", articles))

    def articles(self, name: str) -> list[Article]:
        """Return the articles of the file `name`. Raises OutageError, CrewError."""
        return _read(self._source(name), "articles")

    def put_rows(self, name: str, annotations: Iterable[Annotations]) -> None:
        """Write the rows of articles as the file `name`, table after table. Raises OutageError."""
        whole = list(annotations)

        def write(sink: pa.NativeFile) -> None:
            for table in ROWS:
                _write(sink, table, [row for one in whole for row in getattr(one, table)])

        self._put(name, write)

    def rows(self, name: str) -> dict[str, Annotations]:
        """Return the rows in the file `name` by article_id. Raises OutageError, CrewError."""
        source = self._source(name)
        found: defaultdict[str, Annotations] = defaultdict(Annotations)
        for table in ROWS:
            for row in _read(source, table):
                getattr(found[row.article_id], table).append(row)
        return found

    def put_bytes(self, name: str, content: bytes) -> None:
        """Write `content` as the file `name`. Raises OutageError."""
        self._put(name, lambda sink: sink.write(content))

    def content(self, name: str) -> bytes:
        """Return the bytes of the file `name`. Raises OutageError, CrewError."""
        return bytes(self._source(name).read())

    def remove(self, *names: str) -> None:
        """Remove files that are no longer needed; one that is not there is no error."""
        system, root = _system(self)
        for name in names:
            with _told(self, "write to"):
                if system.get_file_info(f"{root}/{name}").is_file:
                    system.delete_file(f"{root}/{name}")

    def clear(self, folder: str) -> None:
        """Remove `folder` with all that lies in it. Raises OutageError."""
        system, root = _system(self)
        with _told(self, "write to"):
            if system.get_file_info(f"{root}/{folder}").type != fs.FileType.NotFound:
                system.delete_dir(f"{root}/{folder}")

    def sweep(self, before: float) -> None:
        """Remove folders in which nothing was written since `before`. Raises OutageError."""
        system, root = _system(self)
        selector = fs.FileSelector(root, recursive=True, allow_not_found=True)
        with _told(self, "read"):
            found = system.get_file_info(selector)
        latest: dict[str, float] = {}
        for info in found:
            folder = info.path.removeprefix(f"{root}/").partition("/")[0]
            latest[folder] = max(latest.get(folder, 0.0), info.mtime_ns / 1e9 if info.mtime else 0)
        for folder, written in latest.items():
            if written < before:
                self.clear(folder)

    def _put(self, name: str, write: Callable[[pa.NativeFile], object]) -> None:
        system, root = _system(self)
        with _told(self, "write to"):
            if isinstance(system, fs.LocalFileSystem):
                Path(root, name).parent.mkdir(parents=True, exist_ok=True)
            with system.open_output_stream(f"{root}/{name}", compression=None) as sink:
                write(sink)

    def _source(self, name: str) -> pa.NativeFile:
        system, root = _system(self)
        with (
            _told(self, "read"),
            system.open_input_stream(f"{root}/{name}", compression=None) as stream,
        ):
            return pa.BufferReader(stream.read())


def exchange_of(settings: Settings) -> Exchange:
    """Return the exchange of `settings`: by default in the data folder."""
    place = settings.annotate.exchange or str(settings.data_dir / "exchange")
    if "://" not in place:
        place = str(Path(place).absolute())
    return Exchange.at(place, settings.location.object_store)


@lru_cache(maxsize=4)
def _system(exchange: Exchange) -> tuple[fs.FileSystem, str]:
    """Return the file system of `exchange` and its root there."""
    if not exchange.place.startswith("s3://"):
        return fs.LocalFileSystem(), exchange.place
    store = exchange.store
    system = fs.S3FileSystem(
        endpoint_override=store.endpoint,
        scheme="https" if store.use_ssl else "http",
        region=store.region,
        force_virtual_addressing=store.endpoint is not None and store.url_style == "vhost",
        connect_timeout=REACH_SECONDS,
        request_timeout=REACH_SECONDS,
        retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=3),
    )
    return system, exchange.place.removeprefix("s3://")


@contextmanager
def _told(exchange: Exchange, doing: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        what = f"the exchange place {exchange.place} lacks what another machine put there"
        raise CrewError(f"{what} ({error}): {REMEDY}") from error
    except (OSError, pa.ArrowException) as error:
        what = f"cannot {doing} the exchange place {exchange.place}: {error}"
        raise OutageError(f"{what}; see that it is there and has room, then run again") from error


def _write(sink: pa.NativeFile, table: str, rows: Sequence[Any]) -> None:
    found = to_arrow(table, rows)
    with pa.ipc.new_stream(sink, found.schema, options=PACKED) as writer:
        writer.write_table(found)


def _read(source: pa.NativeFile, table: str) -> list[Any]:
    return from_arrow(table, pa.ipc.open_stream(source).read_all())
