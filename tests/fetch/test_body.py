import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Iterator

import pytest

from tasks.fetch import Failure
from tasks.fetch.body import PIECE, Inflater, read_body
from tests.fetch.given import Web, answer, content, fetch_one, reason

TEXT = b"The ministers met in Vienna. " * 400


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def inflate(coding: str, data: bytes, *, step: int) -> tuple[bytes, bool]:
    inflater = Inflater(coding)
    found = b"".join(
        piece for at in range(0, len(data), step) for piece in inflater.feed(data[at : at + step])
    )
    return found, inflater.is_complete


@pytest.mark.parametrize("step", [1, 7, 1_000_000])
@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("gzip", gzip.compress(TEXT[:5_000]) + gzip.compress(TEXT[5_000:])),
        ("gzip", gzip.compress(TEXT, mtime=0) + b"\0\0\0 rest"),
        ("gzip", gzip.compress(b"") * 50 + gzip.compress(TEXT, mtime=0)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compress(TEXT, level=0)),
        ("deflate", raw_deflate(TEXT)),
        ("deflate", zlib.compress(TEXT) + b"rest"),
    ],
)
def test_compressed_bodies_in_pieces_of_any_size(coding: str, data: bytes, step: int) -> None:
    assert inflate(coding, data, step=step) == (TEXT, True)


def test_output_that_fills_a_piece_exactly() -> None:
    for size in range(PIECE - 2, PIECE + 3):
        data = bytes(range(256)) * 300
        assert inflate("gzip", gzip.compress(data[:size]), step=1 << 20) == (data[:size], True)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("x-gzip", gzip.compress(TEXT, mtime=0)),
        ("GZIP, identity", gzip.compress(TEXT, mtime=0)),
        ("deflate", raw_deflate(TEXT)),
        ("identity", TEXT),
        ("", TEXT),
    ],
)
def test_codings_of_a_page(coding: str, body: bytes) -> None:
    web = Web({"a.example/": answer(200, body, Content_Encoding=coding)})
    assert content(fetch_one(web, "a.example/")) == TEXT


def test_an_empty_body_may_be_called_compressed() -> None:
    web = Web({"a.example/": answer(200, b"", Content_Encoding="gzip")})
    assert content(fetch_one(web, "a.example/")) == b""


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "deflate, br", "\xff" * 300])
def test_codings_that_were_not_asked_for(coding: str) -> None:
    web = Web({"a.example/": answer(200, TEXT, Content_Encoding=coding)})
    assert reason(fetch_one(web, "a.example/")) == "unsupported"
    assert len(web.asked) == 1


@pytest.mark.parametrize(
    ("coding", "body", "what"),
    [
        ("gzip", TEXT, "is damaged"),
        ("gzip", gzip.compress(TEXT, mtime=0)[:-10], "breaks off"),
        ("gzip", gzip.compress(TEXT, mtime=0)[:-8] + b"\0" * 8, "is damaged"),
        ("deflate", zlib.compress(TEXT)[:-10], "breaks off"),
        ("deflate", b"x", "breaks off"),
        ("deflate", b"\xff\xff\xff", "is damaged"),
    ],
)
def test_a_damaged_body_is_asked_for_again(coding: str, body: bytes, what: str) -> None:
    web = Web({"a.example/": answer(200, body, Content_Encoding=coding)})
    found = fetch_one(web, "a.example/")
    assert isinstance(found, Failure)
    assert found.reason == "unavailable"
    assert what in found.detail
    assert len(web.asked) == 3


def test_a_body_as_large_as_allowed_and_one_byte_more() -> None:
    for body, size in ((b"a" * 1_000, 1_000), (gzip.compress(b"a" * 1_000), 1_000)):
        coding = "gzip" if body[0] == 0x1F else "identity"
        page = answer(200, body, Content_Encoding=coding)
        assert (
            len(content(fetch_one(Web({"a.example/": page}), "a.example/", max_bytes=size))) == size
        )
        found = fetch_one(Web({"a.example/": page}), "a.example/", max_bytes=size - 1)
        assert reason(found) == "too_large"


@pytest.mark.parametrize("length", ["1000001", "9" * 20])
def test_a_length_above_the_limit_is_refused_before_the_body_comes(length: str) -> None:
    async def only_headers(writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n".encode())
        await asyncio.sleep(10)

    web = Web({"a.example/": only_headers})
    assert reason(fetch_one(web, "a.example/", max_bytes=1_000_000)) == "too_large"


def peak(chunks: Iterator[bytes], headers: dict[str, str], *, max_bytes: int = 1_000_000) -> int:
    """Return the peak of memory, in bytes, that reading a body that is too large takes."""

    async def stream() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    async def work() -> None:
        with pytest.raises(Exception, match=f"more than {max_bytes:,} bytes"):
            await read_body(stream(), headers, max_bytes=max_bytes)

    tracemalloc.start()
    try:
        asyncio.run(work())
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def bomb(packer: "zlib._Compress", size: int) -> bytes:
    zeros = b"\0" * 1_000_000
    return b"".join(packer.compress(zeros) for _ in range(size // 1_000_000)) + packer.flush()


@pytest.mark.parametrize(("coding", "wbits"), [("gzip", 31), ("deflate", 15), ("deflate", -15)])
def test_a_bomb_takes_no_more_memory_than_the_limit(coding: str, wbits: int) -> None:
    packed = bomb(zlib.compressobj(wbits=wbits), 40_000_000)
    assert len(packed) < 50_000
    assert peak(iter([packed]), {"content-encoding": coding}) < 2_500_000


def test_endless_bodies_take_no_more_memory_than_the_limit() -> None:
    def plain() -> Iterator[bytes]:
        for _ in range(8_000):
            yield bytes(65_536)

    def single_bytes() -> Iterator[bytes]:
        while True:
            yield b"a"

    def empty_members() -> Iterator[bytes]:
        member = gzip.compress(b"") * 3_000
        while True:
            yield member

    assert peak(plain(), {}) < 2_500_000
    assert peak(single_bytes(), {}, max_bytes=50_000) < 250_000
    packed = {"content-encoding": "gzip"}
    assert peak(empty_members(), packed, max_bytes=100_000) < 500_000


def test_a_page_of_500_mb_is_cut_off() -> None:
    sent = 0

    async def large(writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(8_000):
            writer.write(bytes(65_536))
            sent += 65_536
            await writer.drain()

    web = Web({"a.example/": large})
    tracemalloc.start()
    found = fetch_one(web, "a.example/", max_bytes=2_000_000)
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reason(found) == "too_large"
    assert sent < 30_000_000  # what the buffers of the system hold
    assert used < 6_000_000
