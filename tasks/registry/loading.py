"""Load the registry: what a script generated, what was written by hand, and the user's own."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import seeds
from tasks.registry.building import build
from tasks.registry.record import Registry
from tasks.registry.rows import COLUMNS, SeedError, SeedFile

REQUIRED = ("entities.csv", "entity_aliases.csv", "entity_roles.csv")
"""Files without which what ships is damaged; the user's folder may lack any."""

DECISIONS = "entity_decisions.csv"

_Stamp = tuple[Path, bool, int, int, int]


def load_registry(own: Path | None = None, *, shipped: Path | None = None) -> Registry:
    """Return the registry in the folder `shipped`, by default demarche's, with the user's `own`.

    Files that did not change are not read again. Raises SeedError on a missing file or column, a
    bad value, an unknown or doubled id, a name with two owners, or contradictory decisions.
    """
    return _load(tuple(_stamps(own, seeds.folder() if shipped is None else shipped)))


def read_files(own: Path | None = None, *, shipped: Path | None = None) -> list[SeedFile]:
    """Return the files of the registry, those generated first and the user's own last."""
    return _read(_stamps(own, seeds.folder() if shipped is None else shipped))


def registry_of(files: Sequence[SeedFile]) -> Registry:
    """Return the registry that `files` hold. Raises SeedError as `load_registry` does."""
    return build(files, digest=_digest(files))


def _stamps(own: Path | None, shipped: Path) -> Iterator[_Stamp]:
    """Yield each file that is there, and what changes when it is written anew."""
    folders = [(shipped / "generated", False), (shipped, False)]
    if own is not None:
        folders.append((own, True))
    for folder, is_own in folders:
        for name in COLUMNS:
            path = folder / name
            try:
                stat = path.stat()
            except FileNotFoundError:
                if folder == shipped and name in REQUIRED:
                    raise SeedError(f"{path}: is missing") from None
                continue
            yield path, is_own, stat.st_mtime_ns, stat.st_size, stat.st_ino


@lru_cache(maxsize=4)
def _load(stamps: tuple[_Stamp, ...]) -> Registry:
    return registry_of(_read(stamps))


def _read(stamps: Sequence[_Stamp] | Iterator[_Stamp]) -> list[SeedFile]:
    try:
        return [SeedFile(path, path.read_bytes(), is_own) for path, is_own, *_ in stamps]
    except OSError as error:
        raise SeedError(f"{error.filename}: cannot be read ({error.strerror})") from None


def _digest(files: Sequence[SeedFile]) -> str:
    digest = sha256()
    for file in files:
        if file.path.name != DECISIONS:
            digest.update(f"{file.path.name} {file.is_own} {len(file.content)}\n".encode())
            digest.update(file.content)
    return digest.hexdigest()
