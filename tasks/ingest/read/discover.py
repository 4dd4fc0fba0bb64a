"""Find the files that a source names, in a stable order and without following loops."""

import os
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from tasks.errors import SourceError
from warehouse.tables import MediaType

MEDIA_TYPES: dict[str, MediaType] = {
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".jsonl": "application/json",
    ".ndjson": "application/json",
    ".csv": "application/json",
    ".parquet": "application/json",
    ".eml": "message/rfc822",
    ".mbox": "message/rfc822",
    ".warc": "text/html",
}
"""File endings that can be read; all but Parquet may also end in `.gz`."""

SUPPORTED = ", ".join(MEDIA_TYPES) + " (all but .parquet also with .gz)"
MAGIC = frozenset("*?[")


class FoundFile(NamedTuple):
    """A file to read, its name within the source, and its ending without `.gz`."""

    path: Path
    item_ref: str
    suffix: str


def discover(location: str, *, skip: Path | None = None) -> list[FoundFile]:
    """Return the readable files at `location`, sorted by their relative path.

    A location that exists is taken as it stands, else as a glob. Hidden files and folders and
    unknown endings are skipped, as is the folder `skip`; a folder that cannot be listed is
    returned itself, so that its reading fails in sight. Raises SourceError where nothing exists
    or nothing can be read.
    """
    if not location:
        raise SourceError("a source has an empty name; give a file, folder or glob")
    try:
        found = _found_at(location, skip)
    except OSError as error:
        raise SourceError(f"{location}: {error.strerror}; check the path and its rights") from error
    if not found:
        raise SourceError(f"{location}: no supported file found; supported: {SUPPORTED}")
    return sorted(found, key=lambda file: file.item_ref)


def _found_at(location: str, skip: Path | None) -> list[FoundFile]:
    path = Path(location)
    if path.is_dir():
        return _files_below(path, ("**",), skip)
    if path.exists() or path.is_symlink():
        if not suffix_of(path.name):
            raise SourceError(f"{location}: this ending is not supported; supported: {SUPPORTED}")
        return [FoundFile(path, _printable(path.name), suffix_of(path.name))]
    if MAGIC & set(location):
        base, pattern = _split_glob(path)
        return _files_below(base, pattern, skip) if base.is_dir() else []
    raise SourceError(f"{location}: no such file or folder; check the path")


def suffix_of(name: str) -> str:
    """Return the supported ending of a file name, without `.gz`, or an empty string."""
    path = Path(name.lower())
    if path.suffix == ".gz":
        inner = Path(path.stem).suffix
        return inner if inner in MEDIA_TYPES and inner != ".parquet" else ""
    return path.suffix if path.suffix in MEDIA_TYPES else ""


def _split_glob(path: Path) -> tuple[Path, tuple[str, ...]]:
    """Part a glob into the folder before its first pattern and the rest."""
    parts = path.parts
    first = next(index for index, part in enumerate(parts) if MAGIC & set(part))
    return Path(*parts[:first]), parts[first:]


def _files_below(base: Path, pattern: Sequence[str], skip: Path | None) -> list[FoundFile]:
    depth = None if "**" in pattern else len(pattern)
    found = []
    passed = {_identity(skip.stat())} if skip is not None and skip.exists() else set()
    for path in _walk(base, depth, passed):
        parts = path.relative_to(base).parts
        suffix = suffix_of(path.name)
        if (suffix and _matches(parts, pattern)) or not suffix:
            found.append(FoundFile(path, _printable("/".join(parts) or path.name), suffix))
    return found


def _walk(folder: Path, depth: int | None, seen: set[tuple[int, int]]) -> Iterator[Path]:
    """Yield the supported files below `folder`; a folder met twice, as in a loop, once only."""
    pending = [(folder, 1)]
    while pending:
        here, level = pending.pop()
        try:
            status = here.stat()
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError:
            yield here
            continue
        if _identity(status) in seen:
            continue
        seen.add(_identity(status))
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if _is_folder(entry):
                if depth is None or level < depth:
                    pending.append((Path(entry.path), level + 1))
            elif suffix_of(entry.name):
                yield Path(entry.path)


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _matches(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    if not pattern:
        return not parts
    head, rest = pattern[0], pattern[1:]
    if head == "**":
        return any(_matches(parts[start:], rest) for start in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], head) and _matches(parts[1:], rest)


def _printable(name: str) -> str:
    """Return a file name as valid Unicode, whatever its bytes are."""
    return os.fsencode(name).decode("utf-8", "replace")
