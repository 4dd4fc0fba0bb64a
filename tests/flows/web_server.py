"""A web server for tests: answers by path, and what it was asked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple

from flows.settings import FetchSettings
from tests.flows.given import BODY

FETCH = FetchSettings(delay=0.0, timeout=5.0, attempts=1, allowed_hosts=frozenset({"127.0.0.1"}))


class Answer(NamedTuple):
    status: int = 200
    body: str | bytes = ""
    kind: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


class Site:
    """Paths and their answers; `asked` holds path and validator of each request but robots.txt."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.port = 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def page(self, path: str, title: str, body: str = BODY, *, tag: str | None = None) -> str:
        head = json.dumps({"@type": "NewsArticle", "datePublished": "2021-10-20"})
        html = (
            f"<html lang=en><head><title>{title}</title>"
            f'<script type="application/ld+json">{head}</script></head><body><article>'
            f"<h1>{title}</h1><p>{body}</p>"
            f"<p>This is the text of {title}.</p></article></body></html>"
        )
        headers = (("ETag", f'"{tag}"'),) if tag else ()
        self.answers[path] = Answer(body=html, headers=headers)
        return self.url(path)

    def feed(self, path: str, *links: str, tag: str | None = None) -> str:
        items = "".join(f"<item><title>T</title><link>{link}</link></item>" for link in links)
        xml = f"<rss version='2.0'><channel><title>Example</title>{items}</channel></rss>"
        headers = (("ETag", f'"{tag}"'),) if tag else ()
        self.answers[path] = Answer(body=xml, kind="application/rss+xml", headers=headers)
        return self.url(path)


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            validator = self.headers.get("If-None-Match")
            if self.path != "/robots.txt":
                site.asked.append((self.path, validator))
            answer = site.answers.get(self.path, Answer(404, "not here"))
            if validator and ("ETag", validator) in answer.headers:
                answer = Answer(304, headers=answer.headers)
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in answer.headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_port
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
