"""A web on 127.0.0.1: one server that answers for every host name given to it."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from socket import create_server, socket
from time import monotonic
from typing import Any, Self

from tasks.fetch import Failure, Fetcher, Limits, Request, Response

TRUST_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Made once: to load the usual certificates takes longer than most tests."""

Act = Callable[[asyncio.StreamWriter], Awaitable[None]]
Page = bytes | Act | Sequence["bytes | Act"]
"""A whole answer, something that writes one, or answers for one request after the other."""


def answer(status: int = 200, body: bytes = b"", /, **headers: str) -> bytes:
    """Return an answer; header names have underscores for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in named.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(location: str, status: int = 302) -> bytes:
    return answer(status, Location=location)


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it: when, for which address, with which headers."""

    at: float
    address: str
    headers: dict[str, str]


class Web:
    """`pages` by host and path; names not in `names` are at 127.0.0.1 and allowed."""

    def __init__(
        self,
        pages: Mapping[str, Page] | None = None,
        *,
        names: dict[str, list[str]] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.pages: dict[str, Page] = dict(pages or {})
        self.names = names or {}
        self.asked: list[Asked] = []
        self.connections = 0
        self._tls = tls

    @cached_property
    def _socket(self) -> socket:
        return create_server(("127.0.0.1", 0), backlog=200)

    @cached_property
    def port(self) -> int:
        port: int = self._socket.getsockname()[1]
        return port

    def url(self, address: str) -> str:
        """Return the address with scheme and port, where it has none."""
        if "://" in address or ":" in address.partition("/")[0]:
            return address
        host, _, path = address.partition("/")
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}/{path}"

    async def resolve(self, host: str, port: int) -> list[str]:
        """Look a name up; the port shows that it is asked for, not used."""
        assert port > 0
        return self.names.get(host, ["127.0.0.1"])

    @property
    def paths(self) -> list[str]:
        """The addresses asked for, in order."""
        return [asked.address for asked in self.asked]

    async def __aenter__(self) -> Self:
        assert self.port
        self._server = await asyncio.start_server(self._serve, sock=self._socket, ssl=self._tls)
        self._open: set[asyncio.Task[Any] | None] = set()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        tasks = [task for task in self._open if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open.add(asyncio.current_task())
        try:
            while await self._answer(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (line.split(": ", 1) for line in head[1:] if line)
        headers = {name.lower(): value for name, value in pairs}
        host = headers["host"].removesuffix(f":{self.port}")
        address = host + head[0].split(" ")[1]
        page = self.pages.get(address, answer(404))
        if isinstance(page, Sequence) and not isinstance(page, bytes):
            page = page[min(self.paths.count(address), len(page) - 1)]
        self.asked.append(Asked(monotonic(), address, headers))
        if not isinstance(page, bytes):
            await page(writer)
            return False
        writer.write(page)
        await writer.drain()
        return b"Content-Length" in page[:200]


def limits(web: Web, **given: Any) -> Limits:
    """Return limits for tests: quick, without robots.txt, for the hosts of `web`."""
    own = {address.partition("/")[0] for address in web.pages} - set(web.names)
    usual: dict[str, Any] = {
        "user_agent": "demarche/0.1 (+mailto:desk@paper.example)",
        "delay": 0.0,
        "backoff": 0.01,
        "timeout": 1.0,
        "max_seconds": 5.0,
        "obey_robots": False,
        "allowed_hosts": frozenset(own),
    }
    return Limits(**usual | given)


def fetcher_of(web: Web, *, tls: ssl.SSLContext | None = None, **given: Any) -> Fetcher:
    return Fetcher(limits(web, **given), resolve=web.resolve, tls=tls or TRUST_NOBODY)


def fetch(
    web: Web, requests: Iterable[str | Request], *, tls: ssl.SSLContext | None = None, **given: Any
) -> list[Response | Failure]:
    """Fetch all requests at once."""

    async def work() -> list[Response | Failure]:
        async with web, fetcher_of(web, tls=tls, **given) as fetcher:
            made = [
                Request(url=web.url(request)) if isinstance(request, str) else request
                for request in requests
            ]
            return await asyncio.gather(*(fetcher.fetch(request) for request in made))

    return asyncio.run(work())


def fetch_one(web: Web, request: str | Request, **given: Any) -> Response | Failure:
    return fetch(web, [request], **given)[0]


def content(found: Response | Failure) -> bytes:
    assert isinstance(found, Response), found
    return found.content


def reason(found: Response | Failure) -> str:
    assert isinstance(found, Failure), found
    return found.reason
