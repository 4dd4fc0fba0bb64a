"""An object store that can be made to fail: a proxy before a sound one."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

from warehouse.location import ObjectStore

FRAMING = frozenset({"connection", "content-length", "expect", "transfer-encoding"})
"""Headers that are about the connection, of which the proxy has two."""

Mood = Literal["well", "error", "forbidden", "silent"]


@dataclass(slots=True)
class Unwell:
    """`access` leads to the sound store through a proxy that is as its `mood` says.

    'error' answers 500, 'forbidden' 403; 'silent' takes a request and never answers it, each only
    for requests of `methods`. `at_write` is called with the path of an object before it is written;
    the lake's are written in the middle of a commit.
    """

    access: ObjectStore
    mood: Mood = "well"
    methods: frozenset[str] = frozenset({"GET", "HEAD", "PUT", "POST", "DELETE"})
    at_write: Callable[[str], object] | None = None


@contextmanager
def unwell(sound: ObjectStore) -> Iterator[Unwell]:
    """Serve a proxy before the store at `sound` for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self._body()
            if self.command == "PUT" and store.at_write:
                store.at_write(self.path)
            if store.mood == "well" or self.command not in store.methods:
                self._pass_on(body)
                return
            if store.mood == "silent":
                while store.mood == "silent":
                    time.sleep(0.05)
                self.close_connection = True
                return
            status = {"error": 500, "forbidden": 403}[store.mood]
            self._send(status, [], b"" if self.command == "HEAD" else b"<Error/>")

        def _body(self) -> bytes:
            if self.headers.get("Transfer-Encoding") != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def _pass_on(self, body: bytes) -> None:
            connection = http.client.HTTPConnection(sound.endpoint or "", timeout=60)
            with closing(connection):
                connection.putrequest(
                    self.command, self.path, skip_host=True, skip_accept_encoding=True
                )
                for name, value in self.headers.items():
                    if name.lower() not in FRAMING:
                        connection.putheader(name, value)
                connection.putheader("Content-Length", str(len(body)))
                connection.endheaders(body)
                answer = connection.getresponse()
                content, headers = answer.read(), answer.getheaders()
            self._send(answer.status, headers, content)

        def _send(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
            self.send_response_only(status)
            length = str(len(content))
            for name, value in headers:
                if name.lower() == "content-length" and self.command == "HEAD":
                    length = value
                elif name.lower() not in FRAMING:
                    self.send_header(name, value)
            self.send_header("Content-Length", length)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _answer  # noqa: N815 -- http.server's

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Say nothing of a client that left."""

    server = Server(("127.0.0.1", 0), Handler)
    store = Unwell(replace(sound, endpoint=f"127.0.0.1:{server.server_port}"))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield store
    finally:
        store.mood = "well"
        server.shutdown()
        server.server_close()
