"""From an address to its bytes: robots, turns, attempts, redirects, each hop checked anew."""

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpcore
import httpx

from tasks.fetch.addresses import host_of, read_address, shown
from tasks.fetch.answers import Answer, has_content, judge
from tasks.fetch.body import read_body
from tasks.fetch.budget import Budget
from tasks.fetch.failures import FetchError, OutageError, RefusedError
from tasks.fetch.headers import is_sendable, read_headers
from tasks.fetch.network import GuardedBackend, Resolve, resolve_by_system
from tasks.fetch.records import Failure, Limits, Request, Response
from tasks.fetch.robots import MAX_BYTES as MAX_ROBOTS_BYTES
from tasks.fetch.robots import Rules
from tasks.fetch.turns import Turns
from warehouse.tables import RejectionReason

Header = tuple[bytes, bytes]

TIMED = ("connect", "read", "write")
"""Steps of an exchange that `Limits.timeout` bounds, as httpcore names them."""

KEPT_OPEN = 15.0
"""Seconds a connection is kept for the next request to its host: some turns, not many."""

OUTAGES = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.RemoteProtocolError, OSError)

AGAIN = "; the next run asks again"

NO_ROBOTS = frozenset({"bad_address", "gone", "denied", "redirects"})
"""Failures that mean that there is no robots.txt: all is allowed (RFC 9309, section 2.3.1.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Errand:
    """One address on its way: through attempts and redirects, for itself or as a robots.txt."""

    request: Request
    first: httpx.URL
    budget: Budget
    is_robots: bool


class Fetcher:
    """Fetches addresses within `limits`; an async context manager.

    It speaks HTTP by httpcore, below httpx's client: what that adds (cookies, redirects, proxies
    of the environment, decoding without a limit) is what must not happen here.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        resolve: Resolve = resolve_by_system,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Look names up with `resolve`; `tls` says which certificates are trusted."""
        self.limits = limits
        self._turns = Turns(limits)
        self._headers = [
            (b"User-Agent", limits.user_agent.encode("ascii", "replace")),
            (b"Accept", b"*/*"),
            (b"Accept-Encoding", b"gzip, deflate"),
        ]
        self._robots: dict[str, asyncio.Task[Rules | Failure]] = {}
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls or httpx.create_ssl_context(trust_env=False),
            max_connections=None,
            max_keepalive_connections=4 * limits.concurrency,
            keepalive_expiry=KEPT_OPEN,
            network_backend=GuardedBackend(resolve=resolve, allowed_hosts=limits.allowed_hosts),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for task in self._robots.values():
            task.cancel()
        await asyncio.gather(*self._robots.values(), return_exceptions=True)
        await self._pool.aclose()

    async def fetch(self, request: Request) -> Response | Failure:
        """Return what the address of `request` holds, or why it gave nothing; raises nothing."""
        return await self._fetch(request)

    async def _fetch(self, request: Request, *, is_robots: bool = False) -> Response | Failure:
        try:
            errand = _Errand(
                request=request,
                first=read_address(request.url),
                budget=Budget(self.limits.max_seconds),
                is_robots=is_robots,
            )
            return await self._attempt(errand)
        except RefusedError as failed:
            return _failure(request, failed, failed.reason, failed.what)
        except OutageError as failed:
            what = failed.what.removesuffix(AGAIN) + AGAIN
            return _failure(request, failed, "unavailable", what)
        except Exception as error:
            what = f"{shown(request.url)}: {type(error).__name__} in demarche; report it"
            return Failure(url=request.url, reason="internal_error", detail=what)

    async def _attempt(self, errand: _Errand) -> Response:
        """Follow the address, after an outage again, as often as makes sense."""
        limits, attempt = self.limits, 1
        while True:
            try:
                return await self._follow(errand)
            except OutageError as outage:
                most = min(limits.attempts, outage.attempts or limits.attempts)
                if attempt >= most or (outage.wait or 0) > limits.max_wait:
                    raise
                if outage.wait is None:  # else its host is closed for as long
                    await asyncio.sleep(limits.backoff * 2 ** (attempt - 1))
            attempt += 1

    async def _follow(self, errand: _Errand) -> Response:
        """Ask for the address and go where it points, each hop checked like the first."""
        url, asked = errand.first, {errand.first}
        while True:
            try:
                found = await self._hop(errand, url)
            except FetchError as error:
                if url != errand.first:
                    error.what = f"it leads to {shown(str(url))}: {error.what}"
                raise
            if isinstance(found, Response):
                return found
            if found in asked or len(asked) > self.limits.max_redirects:
                what = "it redirects in a circle" if found in asked else "it redirects too often"
                raise RefusedError("redirects", f"{what}; give the address it ends at")
            asked.add(found)
            url = found

    async def _hop(self, errand: _Errand, url: httpx.URL) -> Response | httpx.URL:
        """Ask for one address of the chain: its content, or the next address."""
        request, delay = errand.request, self.limits.delay
        if request.delay is not None and host_of(url) == host_of(errand.first):
            delay = request.delay
        if self.limits.obey_robots and not errand.is_robots:
            delay = await self._obey(url, delay)
        held_at = request.final_url or str(errand.first)
        validators = _validators(request) if str(url) == held_at else []
        answer = await self._ask(errand, url, validators, delay)
        try:
            return judge(answer, url, request, was_conditional=bool(validators))
        except OutageError as outage:
            if outage.wait:
                self._turns.close(host_of(url), seconds=outage.wait)
            raise

    async def _ask(
        self, errand: _Errand, url: httpx.URL, validators: list[Header], delay: float
    ) -> Answer:
        """Send one request when it is its turn."""
        try:
            turn = self._turns.turn(host_of(url), delay=delay)
            async with turn as sent, errand.budget.spend():
                return await self._exchange(url, validators, sent, is_robots=errand.is_robots)
        except OUTAGES as error:
            raise OutageError(_plain(error, self.limits.timeout)) from None

    async def _exchange(
        self,
        url: httpx.URL,
        validators: list[Header],
        sent: Callable[[], None],
        *,
        is_robots: bool,
    ) -> Answer:
        async def trace(event: str, _: object) -> None:
            if event == "http11.send_request_headers.started":
                sent()

        async with self._pool.stream(
            "GET",
            httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=[(b"Host", url.netloc), *self._headers, *validators],
            extensions={"timeout": dict.fromkeys(TIMED, self.limits.timeout), "trace": trace},
        ) as response:
            received_at = datetime.now(UTC)
            headers = read_headers(response.headers)
            content = b""
            if has_content(response.status):
                limit = MAX_ROBOTS_BYTES if is_robots else self.limits.max_bytes
                chunks = response.aiter_stream()
                content = await read_body(chunks, headers, max_bytes=limit, cut=is_robots)
        return Answer(
            status=response.status, headers=headers, content=content, received_at=received_at
        )

    async def _obey(self, url: httpx.URL, delay: float) -> float:
        """Return the delay that the host's robots.txt leaves; raises where it forbids `url`."""
        origin = str(url.copy_with(raw_path=b"/robots.txt"))
        if origin not in self._robots:
            self._robots[origin] = asyncio.create_task(self._read_robots(origin, delay))
        rules = await asyncio.shield(self._robots[origin])  # others wait for it too
        if isinstance(rules, Failure):
            if rules.reason == "forbidden_address":
                raise RefusedError("forbidden_address", f"robots.txt comes first: {rules.detail}")
            raise OutageError(f"robots.txt comes first: {rules.detail}", attempts=1)
        if not rules.allow(str(url)):
            raise RefusedError(
                "robots", f"{host_of(url)}/robots.txt does not allow it; ask the outlet"
            )
        return max(delay, min(rules.delay, self.limits.max_wait))

    async def _read_robots(self, url: str, delay: float) -> Rules | Failure:
        answer = await self._fetch(Request(url=url, delay=delay), is_robots=True)
        if isinstance(answer, Failure) and answer.reason not in NO_ROBOTS:
            return answer
        content = answer.content if isinstance(answer, Response) else b""
        return Rules(content, user_agent=self.limits.user_agent)


def _failure(request: Request, failed: FetchError, reason: RejectionReason, what: str) -> Failure:
    detail = f"{shown(request.url)}: {' '.join(what.split())}"
    return Failure(url=request.url, reason=reason, detail=detail, status=failed.status)


def _validators(request: Request) -> list[Header]:
    """Return the headers of a conditional request (RFC 9110, section 13.1)."""
    pairs = ((b"If-None-Match", request.etag), (b"If-Modified-Since", request.last_modified))
    return [(name, value.encode("ascii")) for name, value in pairs if is_sendable(value)]


def _plain(error: Exception, seconds: float) -> str:
    if isinstance(error, httpcore.ConnectTimeout):
        return f"no connection within {seconds:g} s"
    if isinstance(error, httpcore.TimeoutException):
        return f"no answer within {seconds:g} s"
    return f"{type(error).__name__}: {str(error)[:200]}"
