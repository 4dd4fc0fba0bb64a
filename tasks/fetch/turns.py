"""Whose turn it is: requests to one host apart from each other, all requests within one limit."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from math import inf

import httpcore

from tasks.fetch.failures import OutageError
from tasks.fetch.records import Limits

MAX_SILENT = 10
"""Requests in a row that may end without an answer before a host is left alone.

A host that takes connections and answers none would hold up a run for hours; this one ends
after ten times the timeout, five minutes by default. Chosen by that, not measured.
"""


@dataclass(slots=True, kw_only=True)
class _Host:
    room: asyncio.Semaphore
    line: asyncio.Lock = field(default_factory=asyncio.Lock)
    last_start: float = -inf
    closed_until: float = -inf
    silent: int = 0

    def start(self) -> None:
        self.last_start = _now()


class Turns:
    """Gives requests their turns, first come first served for each host."""

    def __init__(self, limits: Limits) -> None:
        """Take `concurrency`, `per_host` and `max_wait` from `limits`."""
        self._limits = limits
        self._room = asyncio.Semaphore(limits.concurrency)
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, *, delay: float) -> AsyncIterator[Callable[[], None]]:
        """Wait for a turn at `host`, `delay` seconds after its last request, and hold it.

        Call what it yields when the request is sent: connecting may have taken longer than the
        delay, which counts from there.
        Only the one request that is to start next at its host asks for a place among all: a slow
        host keeps none from others. Raises OutageError where the host asked for too long a pause
        or gives no answers.
        """
        entry = self._host(host)
        async with entry.room:
            async with entry.line:
                await self._wait(entry, delay)
                await self._room.acquire()
                entry.start()
            try:
                yield entry.start
                entry.silent = 0
            except (OutageError, httpcore.TimeoutException):
                entry.silent += 1
                raise
            finally:
                self._room.release()

    def close(self, host: str, *, seconds: float) -> None:
        """Let no request to `host` start for `seconds`, as its Retry-After asks."""
        entry = self._host(host)
        entry.closed_until = max(entry.closed_until, _now() + seconds)

    def _host(self, host: str) -> _Host:
        if host not in self._hosts:
            self._hosts[host] = _Host(room=asyncio.Semaphore(self._limits.per_host))
        return self._hosts[host]

    async def _wait(self, entry: _Host, delay: float) -> None:
        while True:
            if entry.silent >= MAX_SILENT:
                raise OutageError(f"{MAX_SILENT} requests in a row to its host failed", attempts=1)
            closed = entry.closed_until - _now()
            if closed > self._limits.max_wait:
                raise OutageError(f"its host asked for a pause of {closed:,.0f} s more", attempts=1)
            seconds = max(closed, entry.last_start + delay - _now())
            if seconds <= 0:
                return
            await asyncio.sleep(seconds)


def _now() -> float:
    return asyncio.get_running_loop().time()
