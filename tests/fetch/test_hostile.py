import asyncio

import pytest

from tasks.fetch import Failure, Request
from tests.fetch.given import Page, Web, answer, content, fetch, fetch_one, reason


def raw(data: bytes) -> Page:
    """Return a page that is `data` as it is, after which the connection ends."""

    async def act(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        writer.write_eof()
        await asyncio.sleep(0.05)

    return act


HEAD = b"HTTP/1.1 200 OK\r\n"

NONSENSE = {
    "nothing": b"",
    "HTTP/0.9": b"<html>no status line</html>",
    "no HTTP": b"SSH-2.0-server\r\n",
    "TLS": b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + b"\0" * 200,
    "null bytes": b"\0" * 1_000,
    "null byte in a header": HEAD + b"X: a\0b\r\n\r\ntext",
    "no status": b"HTTP/1.1 \r\n\r\n",
    "status in letters": b"HTTP/1.1 ABC OK\r\n\r\n",
    "status of 4 digits": b"HTTP/1.1 2000 OK\r\n\r\n",
    "header without colon": HEAD + b"nonsense\r\n\r\ntext",
    "header without name": HEAD + b": x\r\n\r\ntext",
    "fold first": HEAD + b" folded\r\n\r\ntext",
    "huge header": HEAD + b"X: " + b"a" * 2_000_000 + b"\r\n\r\n",
    "thousands of headers": HEAD + b"X: a\r\n" * 50_000 + b"\r\n",
    "two lengths": HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "negative length": HEAD + b"Content-Length: -1\r\n\r\nab",
    "no number": HEAD + b"Content-Length: many\r\n\r\nab",
    "length of 5000 digits": HEAD + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\nab",
    "body breaks off": HEAD + b"Content-Length: 10\r\n\r\nab",
    "chunks break off": HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
    "chunks without size": HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n",
    "unknown transfer coding": HEAD + b"Transfer-Encoding: gzip\r\n\r\nab",
    "switch of protocols": b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n",
    "only early hints": b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" * 100,
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_an_outage(name: str) -> None:
    found = fetch_one(Web({"a.example/": raw(NONSENSE[name])}), "a.example/", attempts=2)
    assert reason(found) == "unavailable"
    assert isinstance(found, Failure)
    assert len(found.detail) < 500
    assert found.detail.isprintable()


def test_odd_but_readable_answers() -> None:
    pages = {
        "a.example/lf": raw(b"HTTP/1.0 200 OK\nX: y\n\ntext"),
        "a.example/hints": raw(b"HTTP/1.1 103 Early Hints\r\n\r\n" + HEAD + b"\r\ntext"),
        "a.example/headers": raw(HEAD + b"X: a\r\n" * 5_000 + b"Set-Cookie: a=b\r\n\r\ntext"),
        "a.example/latin": raw(HEAD + b"X: \xe4\xf6\r\nETag: \xff\r\n\r\ntext"),
        "a.example/chunks": raw(
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n2;x=y\r\nte\r\n2\r\nxt\r\n0\r\nA: b\r\n\r\n"
        ),
    }
    web = Web(pages)
    assert [content(one) for one in fetch(web, list(pages))] == [b"text"] * 5
    assert not any("cookie" in asked.headers for asked in web.asked)


@pytest.mark.parametrize(
    "location",
    [
        "http://",
        "http://[",
        "http://[::1",
        "http://a.example:99999/",
        "http://a b/",
        "\xff\xfe://\x80",
        "http://xn--\xff.example/",
        "//",
        "http:///x",
        "http://a.example/" + "x" * 70_000,
        "?" * 5_000 + "://",
    ],
)
def test_redirects_to_nonsense(location: str) -> None:
    found = fetch_one(Web({"a.example/": answer(302, Location=location)}), "a.example/")
    assert reason(found) in ("bad_address", "gone", "redirects", "unavailable")
    assert isinstance(found, Failure)
    assert len(found.detail) < 1_000
    assert found.detail.isprintable()


@pytest.mark.parametrize("pause", [0.0, 0.05])
def test_an_endless_answer_ends_with_its_time(pause: float) -> None:
    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"\r\n")
        while True:
            writer.write(b"a")
            await writer.drain()
            await asyncio.sleep(pause)

    web = Web({"a.example/": endless})
    found = fetch_one(web, "a.example/", max_seconds=0.4)
    assert reason(found) == "unavailable"
    assert isinstance(found, Failure)
    assert "not done within 0.4 s" in found.detail
    assert len(web.asked) == 1


def test_all_redirects_share_one_time() -> None:
    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2)
        writer.write(answer(302, Location=f"/{len(web.asked)}"))

    web = Web({f"a.example/{n}": slow for n in range(5)})
    found = fetch_one(web, "a.example/0", max_seconds=0.3)
    assert reason(found) == "unavailable"
    assert len(web.asked) == 2


def test_dripping_headers_end_with_their_time() -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD)
        while True:
            writer.write(b"X: y\r\n")
            await writer.drain()
            await asyncio.sleep(0.05)

    found = fetch_one(Web({"a.example/": drip}), "a.example/", max_seconds=0.4)
    assert reason(found) == "unavailable"


def test_a_server_that_never_answers() -> None:
    async def hang(_: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    web = Web({"a.example/": hang})
    found = fetch_one(web, "a.example/", timeout=0.2, attempts=2)
    assert reason(found) == "unavailable"
    assert isinstance(found, Failure)
    assert "no answer within 0.2 s" in found.detail
    assert len(web.asked) == 2


def test_nobody_listens() -> None:
    web = Web({"a.example/": b""})
    found = fetch_one(web, Request(url="http://a.example:1/"), attempts=2)
    assert reason(found) == "unavailable"
    assert isinstance(found, Failure)
    assert "ConnectError" in found.detail


def test_a_long_address_is_cut_in_the_detail_only() -> None:
    url = "http://a.example/" + "a" * 5_000 + "\x00"
    found = fetch_one(Web(), Request(url=url))
    assert isinstance(found, Failure)
    assert found.url == url
    assert found.reason == "bad_address"
    assert len(found.detail) < 500
