"""Raw bytes, kept once each under the hash of their content, zstd-compressed."""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from warehouse.disk import refused
from warehouse.errors import LakeError


def content_ref(content: bytes) -> str:
    """Return the address of `content`: its SHA-256 in hex."""
    return sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class RawStore:
    """A folder of raw objects; `put` and `get` are safe while other processes do the same."""

    folder: Path

    def path(self, raw_ref: str) -> Path:
        """Return the file that holds `raw_ref`."""
        return self.folder / raw_ref[:2] / f"{raw_ref}.zst"

    def put(self, content: bytes) -> str:
        """Keep `content`, where it is not there and whole already, and return its address.

        Raises OutageError or LakeError where it cannot be written.
        """
        raw_ref = content_ref(content)
        with suppress(LakeError):
            self.get(raw_ref)
            return raw_ref
        path = self.path(raw_ref)
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
        return raw_ref

    def get(self, raw_ref: str) -> bytes:
        """Return the bytes at `raw_ref`. Raises LakeError where they are missing or damaged."""
        try:
            with pa.input_stream(str(self.path(raw_ref)), compression="zstd") as stream:
                content = bytes(stream.read())
        except OSError as error:
            raise LakeError(f"raw bytes {raw_ref} cannot be read: {error}") from error
        if content_ref(content) != raw_ref:
            raise LakeError(f"raw bytes {raw_ref} are damaged: restore {self.path(raw_ref)}")
        return content
