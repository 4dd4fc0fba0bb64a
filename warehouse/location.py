"""Where a lake lies: catalogue, data path, lock and object-store access."""

import re
from dataclasses import dataclass, field
from pathlib import Path

PASSWORD = re.compile(
    r"(?i)(?<=password)\s*=\s*(?:'(?:[^'\\]|\\.)*'|[^\s&\"']+)|(?<=//)([^:/@\s]*):[^/@\s]+(?=@)"
)
"""A password in either form of a libpq connection string."""


def masked(text: str) -> str:
    """Return `text` as it may be printed: without the password of a connection string."""
    return PASSWORD.sub(lambda found: f"{found[1]}:***" if found[1] is not None else "=***", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectStore:
    """Access to an S3-compatible store; the keys come from the user's environment.

    `timeout` is how many seconds each attempt waits for an answer.
    """

    key_id: str | None = None
    secret: str | None = field(default=None, repr=False)
    session_token: str | None = field(default=None, repr=False)
    region: str = "us-east-1"
    endpoint: str | None = None
    use_ssl: bool = True
    url_style: str = "vhost"
    timeout: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class LakeLocation:
    """A lake's places.

    `catalog` is `sqlite:PATH` or `postgres:LIBPQ CONNECTION STRING`; `data_path` is a folder or
    an `s3://` prefix, with a closing slash.
    """

    catalog: str
    data_path: str
    lock_path: Path
    object_store: ObjectStore = ObjectStore()

    @classmethod
    def in_folder(
        cls,
        folder: Path,
        *,
        catalog: str | None = None,
        data_path: str | None = None,
        object_store: ObjectStore | None = None,
    ) -> "LakeLocation":
        """Return the lake under `folder`; `catalog` and `data_path` override its defaults."""
        return cls(
            catalog=catalog or f"sqlite:{folder / 'catalog.sqlite'}",
            data_path=(data_path or str(folder / "data")).rstrip("/") + "/",
            lock_path=folder / "writer.lock",
            object_store=object_store or ObjectStore(),
        )

    @property
    def shown(self) -> str:
        """The catalogue as it may be printed: without its password."""
        return masked(self.catalog)

    @property
    def is_postgres(self) -> bool:
        """Whether the catalogue is a PostgreSQL database."""
        return self.catalog.startswith("postgres:")

    @property
    def is_remote(self) -> bool:
        """Whether the data lie in an object store."""
        return "://" in self.data_path

    @property
    def catalog_file(self) -> Path | None:
        """The catalogue's file, where it is one."""
        kind, _, rest = self.catalog.partition(":")
        return Path(rest) if kind == "sqlite" else None
