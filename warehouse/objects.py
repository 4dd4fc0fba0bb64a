"""Single objects of an S3-compatible store, read and written whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from warehouse.errors import LakeError, WarehouseError
from warehouse.location import ObjectStore
from warehouse.translated import store_failed

if TYPE_CHECKING:
    from pyarrow import fs

ATTEMPTS = 4
"""How often a request is sent before a store counts as away: as often as DuckDB sends its own."""


def require_keys(access: ObjectStore, place: str) -> None:
    """Raise LakeError, which names the variables to set, where there are no keys to `place`."""
    given = {"AWS_ACCESS_KEY_ID": access.key_id, "AWS_SECRET_ACCESS_KEY": access.secret}
    if missing := [name for name, value in given.items() if not value]:
        names = " and ".join(missing)
        raise LakeError(f"no key to {place}: set {names} in the environment")


def read(access: ObjectStore, address: str) -> bytes:
    """Return the bytes of `address`, an `s3://` one.

    Raises FileNotFoundError where there is no such object, else as `store_failed` says.
    """
    with _told(address), _system(access).open_input_file(_key(address)) as stream:
        return bytes(stream.read())


def write(access: ObjectStore, address: str, content: bytes) -> None:
    """Put `content` at `address`: others see all of it or nothing."""
    with (
        _told(address),
        _system(access).open_output_stream(_key(address), compression=None) as stream,
    ):
        stream.write(content)


def exists(access: ObjectStore, address: str) -> bool:
    """Return whether there is an object at `address`."""
    with _told(address):
        return bool(_system(access).get_file_info(_key(address)).is_file)


def _key(address: str) -> str:
    return address.removeprefix("s3://")


@lru_cache(maxsize=4)
def _system(access: ObjectStore) -> "fs.S3FileSystem":
    from pyarrow import fs  # takes time to load, and most lakes lie on a disk

    require_keys(access, "the object store")
    return fs.S3FileSystem(
        access_key=access.key_id,
        secret_key=access.secret,
        session_token=access.session_token,
        region=access.region,
        endpoint_override=access.endpoint,
        scheme="https" if access.use_ssl else "http",
        force_virtual_addressing=access.endpoint is not None and access.url_style == "vhost",
        connect_timeout=access.timeout,
        request_timeout=access.timeout,
        retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=ATTEMPTS),
        allow_delayed_open=True,  # one request for an object of up to some megabytes
    )


@contextmanager
def _told(address: str) -> Iterator[None]:
    try:
        yield
    except (WarehouseError, FileNotFoundError):
        raise
    except OSError as error:
        raise store_failed(f"{address}: {error}") from error
