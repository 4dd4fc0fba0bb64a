"""WARC and MBOX files: what is an item, what is refused, and what breaks off."""

import gzip
import tracemalloc
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.records import Item
from tests.ingest.given import NOW, read
from warehouse.tables import Fetch, Rejection

HTML = b"<html><body><p>A page.</p></body></html>"


def http(body: bytes = HTML, *fields: str, status: str = "200 OK") -> bytes:
    fields = fields or ("Content-Type: text/html; charset=ISO-8859-2",)
    return "\r\n".join([f"HTTP/1.1 {status}", *fields, "", ""]).encode() + body


def record(
    block: bytes,
    *,
    kind: str = "response",
    url: str = "https://a.example/1",
    length: int | str | None = None,
    extra: str = "",
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n{extra}"
        f"WARC-Date: 2021-06-03T10:00:00Z\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def warc(path: Path, *records: bytes) -> Path:
    path.write_bytes(
        b"".join(gzip.compress(r) for r in records) if path.suffix == ".gz" else b"".join(records)
    )
    return path


def outcome(results: list[Item | Rejection]) -> list[tuple[str, object]]:
    return [(r.item_ref, r.content if isinstance(r, Item) else r.reason) for r in results]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_are_items_and_other_records_are_not(tmp_path: Path, name: str) -> None:
    path = warc(
        tmp_path / name,
        record(b"software: x\r\n", kind="warcinfo"),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(http()),
        record(b"fetchTimeMs: 3\r\n", kind="metadata"),
        record(b"HTTP/1.1 304 Not Modified\r\n\r\n", kind="revisit"),
        record(b"Just text.", kind="resource", extra="Content-Type: text/plain\r\n"),
    )
    first, second = read(path)
    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert (first.item_ref, first.media_type, first.content) == (f"{name}#1", "text/html", HTML)
    assert (second.item_ref, second.media_type) == (f"{name}#2", "text/plain")
    assert second.content == b"Just text."
    assert second.fetch is not None
    assert second.fetch.status is None


def test_the_fetch_tells_what_the_archive_knows(tmp_path: Path) -> None:
    fields = ("Content-Type: text/html; charset=utf-8", 'ETag: "v1"')
    modified = "Last-Modified: Wed, 02 Jun 2021 08:00:00 GMT"
    (item,) = read(warc(tmp_path / "a.warc", record(http(HTML, *fields, modified))))
    assert isinstance(item, Item)
    at = datetime(2021, 6, 3, 10, tzinfo=UTC)
    assert item.fetch == Fetch(
        source_id="local",
        item_ref="a.warc#1",
        kind="archived",
        url="https://a.example/1",
        final_url="https://a.example/1",
        status=200,
        etag='"v1"',
        last_modified="Wed, 02 Jun 2021 08:00:00 GMT",
        charset="utf-8",
        listed_in="a.warc",
        fetched_at=at,
        checked_at=at,
    )


@pytest.mark.parametrize("date", ["nonsense", "2999-01-01T00:00:00Z", "0001-01-01T00:00:00+23:00"])
def test_a_date_that_cannot_be_is_that_of_the_reading(tmp_path: Path, date: str) -> None:
    changed = record(http()).replace(b"2021-06-03T10:00:00Z", date.encode())
    (item,) = read(warc(tmp_path / "a.warc", changed))
    assert isinstance(item, Item)
    assert item.fetch is not None
    assert item.fetch.fetched_at == NOW


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("404 Not Found", "gone"),
        ("410 Gone", "gone"),
        ("403 Forbidden", "denied"),
        ("429 Too Many Requests", "unavailable"),
        ("503 Service Unavailable", "unavailable"),
        ("301 Moved Permanently", "redirects"),
        ("206 Partial Content", "unsupported"),
        ("OK", "malformed"),
    ],
)
def test_answers_without_a_page_are_refused_and_the_next_is_read(
    tmp_path: Path, status: str, reason: str
) -> None:
    path = warc(tmp_path / "a.warc", record(http(status=status)), record(http()))
    first, second = read(path)
    assert isinstance(first, Rejection)
    assert (first.item_ref, first.stage, first.reason) == ("a.warc#1", "fetch", reason)
    assert second.item_ref == "a.warc#2"
    assert isinstance(second, Item)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("Content-Type: application/xhtml+xml", HTML),
        ("Content-Type: TEXT/HTML", HTML),
        ("X-Nothing: 1", HTML),
        ("Content-Type: application/pdf", "unsupported"),
        ("Content-Type: image/png", "unsupported"),
        ("Content-Type: application/json", "unsupported"),
    ],
)
def test_only_pages_and_text_are_read(tmp_path: Path, kind: str, expected: object) -> None:
    path = warc(tmp_path / "a.warc", record(http(HTML, kind)))
    assert outcome(read(path)) == [("a.warc#1", expected)]


@pytest.mark.parametrize("url", ["dns:a.example", "javascript:alert(1)", "file:///etc/passwd", ""])
def test_addresses_that_are_no_pages_are_refused(tmp_path: Path, url: str) -> None:
    path = warc(tmp_path / "a.warc", record(http(), url=url))
    assert outcome(read(path)) == [("a.warc#1", "bad_address")]


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("body", "fields", "expected"),
    [
        (gzip.compress(HTML), ["Content-Encoding: gzip"], HTML),
        (zlib.compress(HTML), ["Content-Encoding: deflate"], HTML),
        (raw_deflate(HTML), ["Content-Encoding: deflate"], HTML),
        (HTML, ["Content-Encoding: gzip"], HTML),
        (HTML, ["Content-Encoding: br", "X-Note: undone by the archive"], HTML),
        (b"\x0b\x02\x80abc\x03", ["Content-Encoding: br"], "unsupported"),
        (gzip.compress(HTML)[:-12], ["Content-Encoding: gzip"], "malformed"),
        (b"3\r\n<p>\r\n2;x=y\r\nHi\r\n0\r\n\r\n", ["Transfer-Encoding: chunked"], b"<p>Hi"),
        (HTML, ["Transfer-Encoding: chunked"], HTML),
        (b"", [], "empty"),
        (zlib.compress(zlib.compress(HTML)), ["Content-Encoding: deflate, deflate"], HTML),
        (HTML, ["Content-Encoding: " + "gzip," * 9], "unsupported"),
    ],
)
def test_codings_are_undone(
    tmp_path: Path, body: bytes, fields: list[str], expected: object
) -> None:
    path = warc(tmp_path / "a.warc", record(http(body, "Content-Type: text/html", *fields)))
    assert outcome(read(path)) == [("a.warc#1", expected)]


@pytest.mark.parametrize("block", [b"", HTML, b"<html> 200 OK\r\n\r\nx", b"\0" * 99, b"\r\n\r\n"])
def test_a_record_without_an_http_head_is_malformed(tmp_path: Path, block: bytes) -> None:
    path = warc(tmp_path / "a.warc", record(block), record(http()))
    assert outcome(read(path)) == [("a.warc#1", "malformed"), ("a.warc#2", HTML)]


def test_an_archive_of_http_2_and_angle_brackets_is_read(tmp_path: Path) -> None:
    block = http().replace(b"HTTP/1.1", b"HTTP/2")
    (item,) = read(warc(tmp_path / "a.warc", record(block, url="<https://a.example/1>")))
    assert isinstance(item, Item)
    assert item.fetch is not None
    assert item.fetch.url == "https://a.example/1"


def test_a_bomb_in_a_record_is_never_in_memory(tmp_path: Path) -> None:
    zeros = gzip.compress(bytes(10_000_000))
    packed = record(http(zeros, "Content-Type: text/html", "Content-Encoding: gzip"))
    plain = record(http(bytes(10_000_000)))
    path = warc(tmp_path / "a.warc.gz", packed, plain, record(http()))
    del zeros, packed, plain
    tracemalloc.start()
    results = read(path, limit=200_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert outcome(results) == [
        ("a.warc.gz#1", "too_large"),
        ("a.warc.gz#2", "too_large"),
        ("a.warc.gz#3", HTML),
    ]
    assert peak < 2_000_000


def test_a_head_without_end_is_never_in_memory(tmp_path: Path) -> None:
    endless = http(HTML, "X-Long: " + "a" * 10_000_000)
    path = warc(tmp_path / "a.warc.gz", record(endless), b"WARC/1.0\r\n" + b"b" * 10_000_000)
    del endless
    tracemalloc.start()
    results = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert outcome(results) == [("a.warc.gz#1", "malformed"), ("a.warc.gz", "malformed")]
    assert peak < 4_000_000


def test_a_cut_archive_gives_what_came_before_and_one_rejection(tmp_path: Path) -> None:
    whole = record(http()) * 2
    for end in range(len(whole) // 2 + 1, len(whole) - 4, 7):
        path = tmp_path / "a.warc"
        path.write_bytes(whole[:end])
        page, (ref, reason) = outcome(read(path))
        assert page == ("a.warc#1", HTML)
        assert ref == "a.warc"
        assert reason in ("unreadable", "malformed")


def test_a_cut_gzip_file_is_unreadable_from_there_on(tmp_path: Path) -> None:
    path = warc(tmp_path / "a.warc.gz", record(http()), record(http()))
    path.write_bytes(path.read_bytes()[:-20])
    assert outcome(read(path)) == [("a.warc.gz#1", HTML), ("a.warc.gz", "unreadable")]


@pytest.mark.parametrize("garbage", [b"\0\xff garbage\r\n", b"WARC/9.9\r\n\r\n"])
def test_garbage_between_records_ends_the_file(tmp_path: Path, garbage: bytes) -> None:
    path = warc(tmp_path / "a.warc", record(http()), garbage, record(http()))
    assert outcome(read(path)) == [("a.warc#1", HTML), ("a.warc", "malformed")]


@pytest.mark.parametrize("length", ["", "-1", "1e3", "\u0663", "9" * 5_000])
def test_a_length_that_is_no_number_ends_the_file(tmp_path: Path, length: str) -> None:
    path = warc(tmp_path / "a.warc", record(http()), record(http(), length=length))
    assert outcome(read(path)) == [("a.warc#1", HTML), ("a.warc", "malformed")]


def test_an_archive_without_pages_is_empty(tmp_path: Path) -> None:
    path = warc(tmp_path / "a.warc", record(b"x: y\r\n", kind="warcinfo"))
    assert outcome(read(path)) == [("a.warc", "empty")]


MAIL = b"From: A <a@a.example>\nSubject: One\n\nHello.\n"


def test_a_mailbox_is_parted_at_its_separators_only(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    path.write_bytes(
        b"From a@a.example Thu Jun  3 10:00:00 2021\n"
        b"Subject: One\n\nHello.\n\nFrom here on it is prose.\n>From the start\n>>From two\n"
        b"From the middle of a paragraph\n\n"
        b"From - Thu Jun  3 11:00:00 2021\r\nSubject: Two\r\n\r\nBye.\r\n"
    )
    assert outcome(read(path)) == [
        (
            "a.mbox#1",
            b"Subject: One\n\nHello.\n\nFrom here on it is prose.\nFrom the start\n>From two\n"
            b"From the middle of a paragraph\n",
        ),
        ("a.mbox#2", b"Subject: Two\r\n\r\nBye.\n"),
    ]


def test_mail_is_found_in_folders_packed_or_by_itself(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL)
    (tmp_path / "b.mbox.gz").write_bytes(gzip.compress(b"From x\n" + MAIL))
    results = read(tmp_path)
    assert outcome(results) == [("a.eml", MAIL), ("b.mbox.gz#1", MAIL)]
    assert [item.media_type for item in results] == ["message/rfc822"] * 2


def test_a_file_that_is_no_mailbox_is_malformed(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_bytes(b"\nTo whom it may concern\n")
    assert outcome(read(tmp_path)) == [("a.mbox", "malformed")]


def test_an_oversize_message_is_never_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    with path.open("wb") as handle:
        handle.write(b"From x\nSubject: big\n\n")
        for _ in range(30):
            handle.write(b"x" * 1_000_000)
        handle.write(b"\n\nFrom y\n" + MAIL)
    tracemalloc.start()
    results = read(path, limit=100_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert outcome(results) == [("a.mbox#1", "too_large"), ("a.mbox#2", MAIL)]
    assert peak < 2_000_000


CHUNKED = http(b"3\r\n<p>\r\n0\r\n\r\n", "Content-Type: text/html", "Transfer-Encoding: chunked")
PACKED = http(gzip.compress(HTML), "Content-Type: text/html", "Content-Encoding: gzip")
WHOLE = record(http()) + record(CHUNKED) + record(PACKED) + record(b"x", kind="warcinfo")


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_damaged_archives_and_mailboxes_never_break_the_reader(
    tmp_path: Path, data: st.DataObject
) -> None:
    name, whole = data.draw(
        st.sampled_from([("a.warc", WHOLE), ("a.mbox", b"From x\n" + MAIL * 3)])
    )
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(whole)))
        damaged[start : start + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    path = tmp_path / name
    path.write_bytes(damaged)
    assert not [r for r in read(path) if isinstance(r, Rejection) and r.reason == "internal_error"]
