"""A local web of 20 hosts for `web`: most behave, some are slow, break, or lay traps.

    python -m benchmarks.web_server PAGES LOG

prints its port, serves until it is killed, and writes a line of JSON for each request to LOG.
"""

import asyncio
import gzip
import html
import json
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from benchmarks.generated import articles

HOSTS = tuple(f"h{number:02}.news.example" for number in range(20))
SLOW, BROKEN, MISSING, LURING, TRAPS = HOSTS[14:16], HOSTS[16], HOSTS[17], HOSTS[18], HOSTS[19]
"""Hosts that answer late, fail at first, miss pages, redirect to where nobody may go, trap."""

SLOW_SECONDS = 0.2
FORBIDDEN = (
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.8/",
    "http://[::1]:80/",
    "file:///etc/passwd",
)
CHUNK = 64 * 1024
HUGE = 500_000_000
BOMB_MEGABYTES = 1_000

TRAP_PATHS = ("endless", "bomb", "huge", "dripping", "circle")


class Answer(NamedTuple):
    """An HTTP answer; `body` may have no end."""

    status: int
    headers: Mapping[str, str]
    body: bytes | AsyncIterator[bytes]


def pages_of(host: str, pages: int) -> list[str]:
    """Return the paths of the pages of `host`, of `pages` in all."""
    mine = range(HOSTS.index(host), pages, len(HOSTS))
    return [f"/2024/05/06/{number}" for number in mine]


def trap_of(path: str, host: str, pages: int) -> str | None:
    """Return which trap, if any, a page of the host of traps is."""
    place = pages_of(host, pages).index(path) if host == TRAPS else len(TRAP_PATHS)
    return TRAP_PATHS[place] if place < len(TRAP_PATHS) else None


@cache
def page(number: int) -> bytes:
    """Return the page of article `number`."""
    record = next(iter(articles(1, seed=7, first=number)))
    text = "".join(f"<p>{html.escape(part)}</p>" for part in record["text"].split("\n\n"))
    head = json.dumps({"@type": "NewsArticle", "datePublished": "2024-05-06T08:00:00Z"})
    return (
        f"<html lang=en><head><title>{html.escape(record['title'])}</title>"
        f'<meta name="author" content="{record["byline"]}">'
        f'<script type="application/ld+json">{head}</script></head><body>'
        f"<nav><a href=/>Home</a> <a href=/world>World</a></nav><article>"
        f"<h1>{html.escape(record['title'])}</h1>{text}</article>"
        "<footer>About us. Contact. Terms of use.</footer></body></html>"
    ).encode()


def feed(host: str, port: int, pages: int) -> bytes:
    """Return the RSS feed of `host`."""
    items = "".join(
        f"<item><title>Report</title><link>http://{host}:{port}{path}</link>"
        "<pubDate>Mon, 06 May 2024 08:00:00 GMT</pubDate></item>"
        for path in pages_of(host, pages)
    )
    return f"<rss version='2.0'><channel><title>{host}</title>{items}</channel></rss>".encode()


class Web:
    """The state of the hosts: what was asked so far."""

    def __init__(self, pages: int, log: Path) -> None:
        """Serve `pages` pages in all, and log to a new file."""
        self.pages = pages
        self.log = log.open("w", encoding="utf-8", buffering=1)
        self.asked: dict[str, int] = {}
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        with suppress(ConnectionError, asyncio.IncompleteReadError, TimeoutError):
            while await self._one(reader, writer):
                pass
        writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        begun = time.time()
        line, *lines = head.split("\r\n")
        headers = dict(part.lower().split(": ", 1) for part in lines if ": " in part)
        host = headers.get("host", "").partition(":")[0]
        path = line.split(" ")[1]
        answer = await self._answer(host, path, headers)
        is_conditional = "if-none-match" in headers
        told = {"host": host, "path": path, "at": begun, "status": answer.status}
        try:
            return await _send(writer, answer)
        finally:
            done = {"until": time.time(), "is_conditional": is_conditional}
            self.log.write(json.dumps(told | done) + "\n")

    async def _answer(self, host: str, path: str, headers: Mapping[str, str]) -> Answer:
        if path == "/robots.txt":
            return _plain(200, b"User-agent: *\nDisallow: /private/\n")
        if path == "/feed.xml":
            return _validated(feed(host, self.port, self.pages), "application/rss+xml", headers)
        if path not in pages_of(host, self.pages):
            return _plain(404, b"not here")
        number = int(path.rsplit("/", 1)[1])
        nth = number // len(HOSTS)
        self.asked[path] = self.asked.get(path, 0) + 1
        if host in SLOW:
            await asyncio.sleep(SLOW_SECONDS)
        if host == BROKEN and nth % 10 == 0 and self.asked[path] == 1:
            return _plain(503, b"later")
        if host == MISSING and nth % 5 == 0:
            return _plain(404 if nth % 10 else 410, b"gone")
        if host == LURING and nth % 5 == 0:
            return Answer(302, {"Location": FORBIDDEN[nth // 5 % len(FORBIDDEN)]}, b"")
        trap = trap_of(path, host, self.pages)
        if trap:
            return _trap(trap, path)
        return _validated(page(number), "text/html; charset=utf-8", headers)


def _trap(trap: str, path: str) -> Answer:
    kind = {"Content-Type": "text/html"}
    if trap == "endless":
        return Answer(200, kind, _repeated(b"<p>On and on it goes.</p>" * 1_000, None, 0.0))
    if trap == "bomb":
        return Answer(200, kind | {"Content-Encoding": "gzip"}, _bomb())
    if trap == "huge":
        return Answer(200, kind, _repeated(b"x" * CHUNK, HUGE // CHUNK, 0.0))
    if trap == "dripping":
        return Answer(200, kind, _repeated(b"<p>", None, 0.5))
    return Answer(301, {"Location": path}, b"")


async def _repeated(piece: bytes, times: int | None, pause: float) -> AsyncIterator[bytes]:
    sent = 0
    while times is None or sent < times:
        yield piece
        sent += 1
        await asyncio.sleep(pause)


@cache
def _bomb() -> bytes:
    return gzip.compress(b"\0" * 1_000_000 * BOMB_MEGABYTES, compresslevel=9)


@cache
def _packed(body: bytes) -> bytes:
    return gzip.compress(body, 1)


def _plain(status: int, body: bytes) -> Answer:
    return Answer(status, {"Content-Type": "text/plain"}, body)


def _validated(body: bytes, kind: str, headers: Mapping[str, str]) -> Answer:
    tag = f'"{sha256(body).hexdigest()[:16]}"'
    if headers.get("if-none-match") == tag:
        return Answer(304, {"ETag": tag}, b"")
    given = {"ETag": tag, "Content-Type": kind}
    if "gzip" in headers.get("accept-encoding", ""):
        return Answer(200, given | {"Content-Encoding": "gzip"}, _packed(body))
    return Answer(200, given, body)


async def _send(writer: asyncio.StreamWriter, answer: Answer) -> bool:
    """Send an answer and return whether the connection stays open."""
    lines = [f"HTTP/1.1 {answer.status} X", *(f"{k}: {v}" for k, v in answer.headers.items())]
    if isinstance(answer.body, bytes):
        lines += [f"Content-Length: {len(answer.body)}", "", ""]
        writer.write("\r\n".join(lines).encode() + answer.body)
        await writer.drain()
        return True
    writer.write("\r\n".join([*lines, "Connection: close", "", ""]).encode())
    async for piece in answer.body:
        writer.write(piece)
        await writer.drain()
    return False


def read_log(path: Path) -> Iterator[dict[str, object]]:
    """Yield the requests in a log."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


async def _main(pages: int, log: Path) -> None:
    web = Web(pages, log)
    _bomb()
    for number in range(pages):  # beforehand, so that the times in the log are those of arrival
        _packed(page(number))
    server = await asyncio.start_server(web.serve, "127.0.0.1", 0)
    web.port = server.sockets[0].getsockname()[1]
    print(web.port, flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), Path(sys.argv[2])))
