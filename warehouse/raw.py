"""Raw bytes, kept once each under the hash of their content, zstd-compressed."""

import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from warehouse import objects
from warehouse.disk import refused
from warehouse.errors import LakeError
from warehouse.location import ObjectStore


class RawBytesError(LakeError):
    """Raw bytes that are missing or damaged; any other error means a store that refuses."""


def content_ref(content: bytes) -> str:
    """Return the address of `content`: its SHA-256 in hex."""
    return sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class RawStore:
    """Raw objects in a folder, or under an `s3://` prefix of the store that `access` opens.

    `put` and `get` are safe while other processes, or machines, do the same. Both raise
    OutageError or LakeError where the disk or the store refuses.
    """

    place: Path | str
    access: ObjectStore = field(default_factory=ObjectStore)

    @property
    def is_remote(self) -> bool:
        """Whether the bytes lie in an object store, where all machines reach them."""
        return "://" in str(self.place)

    def path(self, raw_ref: str) -> Path:
        """Return the file that holds `raw_ref`, where that is one."""
        return Path(self.place) / raw_ref[:2] / f"{raw_ref}.zst"

    def address(self, raw_ref: str) -> str:
        """Return where `raw_ref` lies: a path, or an `s3://` address."""
        if self.is_remote:
            return f"{str(self.place).rstrip('/')}/{raw_ref[:2]}/{raw_ref}.zst"
        return str(self.path(raw_ref))

    def has(self, raw_ref: str) -> bool:
        """Return whether something lies there."""
        if self.is_remote:
            return objects.exists(self.access, self.address(raw_ref))
        return self.path(raw_ref).is_file()

    def put(self, content: bytes) -> str:
        """Keep `content`, where it is not there and whole already, and return its address."""
        raw_ref = content_ref(content)
        with suppress(RawBytesError):
            self.get(raw_ref)
            return raw_ref
        if self.is_remote:
            packed = pa.compress(content, codec="zstd", asbytes=True)
            objects.write(self.access, self.address(raw_ref), packed)
        else:
            _write_file(self.path(raw_ref), content)
        return raw_ref

    def get(self, raw_ref: str) -> bytes:
        """Return the bytes at `raw_ref`. Raises RawBytesError where they are missing or damaged."""
        try:
            source: str | pa.BufferReader = str(self.path(raw_ref))
            if self.is_remote:
                source = pa.BufferReader(objects.read(self.access, self.address(raw_ref)))
            with pa.input_stream(source, compression="zstd") as stream:
                content = bytes(stream.read())
        except OSError as error:
            told = "there is nothing" if isinstance(error, FileNotFoundError) else error
            raise RawBytesError(
                f"raw bytes {raw_ref} cannot be read at {self.address(raw_ref)}: {told}; restore "
                "them, or set raw_path to a place that all machines reach"
            ) from error
        if content_ref(content) != raw_ref:
            raise RawBytesError(f"raw bytes {raw_ref} are damaged: restore {self.address(raw_ref)}")
        return content


def _write_file(path: Path, content: bytes) -> None:
    part = path.with_suffix(f".{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with pa.CompressedOutputStream(str(part), "zstd") as stream:
            stream.write(content)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise refused(f"cannot keep raw bytes in {path}", error) from error
