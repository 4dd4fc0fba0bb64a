"""Connections to checked addresses only: resolved once, judged, and connected to as judged."""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable, Collection, Iterable
from threading import Thread

import httpcore

from tasks.fetch.addresses import is_allowed, is_public
from tasks.fetch.failures import OutageError, RefusedError

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""From host and port to IP addresses; raises OSError where that fails."""

MAX_ADDRESSES = 4
"""Addresses of one host that are tried, each with its share of the time for a connection."""


async def resolve_by_system(host: str, port: int) -> list[str]:
    """Return the addresses that the system finds for `host`; raises OSError.

    Each lookup has a thread of its own that nothing waits for: a name server that does not
    answer keeps neither other lookups waiting nor the program from ending.
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[list[str]] = loop.create_future()

    def hand_over(addresses: list[str] | None, error: OSError | None) -> None:
        if found.done():
            return
        if error:
            found.set_exception(error)
        else:
            found.set_result(addresses or [])

    def look_up() -> None:
        addresses, failed = None, None
        try:
            entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            addresses = [str(entry[4][0]) for entry in entries]
        except OSError as error:
            failed = error
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(hand_over, addresses, failed)

    Thread(target=look_up, name=f"lookup of {host}", daemon=True).start()
    return await found


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Network backend that connects to public addresses, and to others of allowed hosts only.

    The address that was checked is the one connected to, so a second answer of the name server
    (DNS rebinding) is never asked for. Raises RefusedError (`forbidden_address`) and OutageError
    besides the errors of httpcore.
    """

    def __init__(
        self,
        *,
        resolve: Resolve,
        allowed_hosts: Collection[str],
        backend: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        """Look names up with `resolve` and connect by `backend`."""
        self._resolve = resolve
        self._allowed_hosts = allowed_hosts
        self._backend = backend or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of `host` that answers, after all of them were judged."""
        addresses = (await self._judged(host, port, timeout))[:MAX_ADDRESSES]
        share = timeout / len(addresses) if timeout else None
        failed: Exception | None = None
        for address in addresses:
            try:
                return await self._backend.connect_tcp(
                    address, port, share, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = failed or error
        assert failed is not None
        raise failed

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002  # httpcore's signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: nothing that is fetched lies behind a Unix socket."""
        raise RefusedError("forbidden_address", f"{path} is a Unix socket")

    async def sleep(self, seconds: float) -> None:
        """Sleep, as the backend does."""
        await self._backend.sleep(seconds)

    async def _judged(self, host: str, port: int, seconds: float | None) -> list[str]:
        addresses = await self._look_up(host, port, seconds)
        if not addresses:
            raise _no_such_host(host)
        if not is_allowed(host, port, self._allowed_hosts):
            for address in addresses:
                if not is_public(address):
                    raise RefusedError(
                        "forbidden_address",
                        f"{host} is at {address}, a private or reserved address; "
                        "name the host in allowed_hosts where it is yours",
                    )
        return list(dict.fromkeys(addresses))

    async def _look_up(self, host: str, port: int, seconds: float | None) -> list[str]:
        try:
            async with asyncio.timeout(seconds):
                return await self._resolve(host, port)
        except TimeoutError:
            raise OutageError(f"no name server knew {host} within {seconds:g} s") from None
        except socket.gaierror as error:
            if error.errno in (socket.EAI_NONAME, socket.EAI_NODATA):
                raise _no_such_host(host) from None
            raise OutageError(f"{host} could not be looked up: {error.strerror}") from None
        except OSError as error:
            raise OutageError(f"{host} could not be looked up: {error}") from None


def _no_such_host(host: str) -> OutageError:
    return OutageError(f"there is no host {host}", attempts=2)
