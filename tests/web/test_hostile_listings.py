"""Listings built to break parsers: nothing crashes, is read from elsewhere, or takes long."""

import gzip
import socket
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.ingest.web.listing import Listing
from tasks.ingest.web.sniff import sniff
from tasks.records import Refusal
from tests.web.given import URL, atom, attempt, read, rss
from warehouse.tables import FetchKind

GOOD = "<item><title>One</title><link>https://a.example/1</link></item>"
GOOD_URL = "<url><loc>https://a.example/1</loc></url>"
LAUGHS = (
    '<!DOCTYPE r [<!ENTITY a "laughter">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]>"
)
SECONDS = 5
"""Each takes under 0.5 s here; quadratic time would take minutes."""


@pytest.mark.parametrize(
    "content",
    [
        rss(GOOD + "<item><title>&m;</title></item>", head=LAUGHS),
        rss(GOOD + "<a>" * 100_000),
        rss(GOOD + "<item><description>" + "<b>" * 100_000),
        rss(GOOD + '<a xml:base="aaaaaaaaaaaaaaaaaaaa/">' * 100_000),
        rss(GOOD + "\0\0\0"),
        rss(f'<item x="{"y" * 2_000_000}"><link>https://a.example/1</link></item>'),
        rss(f"{GOOD}<item><link>https://a.example/{'y' * 2_000_000}</link></item>"),
        rss(f"{GOOD}<item><guid>{'y' * 2_000_000}</guid></item>"),
        rss(f"{GOOD}<item><author>{'y' * 2_000_000}</author></item>"),
        rss(f"{GOOD}<item><author>{'y@' * 1_000_000}</author></item>"),
        rss(f"{GOOD}<item><pubDate>{'1 ' * 1_000_000}</pubDate></item>"),
        rss(f"{GOOD}<item><title>{'&' * 100_000}</title></item>"),
        rss(f"{GOOD}<item><title>{'&lt;a' * 100_000}</title></item>"),
        rss(GOOD + "<![CDATA[" * 100_000),
        rss("<x/>" * 20_000 + GOOD),
        rss(GOOD, head="<!-- -->" * 5_000),
        rss(GOOD)[:-30],
        rss(GOOD).replace("</title>", "</titel>"),
        atom("<entry><link href='https://a.example/1'/></entry>", attributes="a:b='c'"),
    ],
    ids=[
        "billion laughs",
        "deep",
        "deep content",
        "deep bases",
        "null bytes",
        "huge attribute",
        "huge address",
        "huge guid",
        "huge author",
        "huge e-mail address",
        "huge date",
        "ampersands",
        "open tags in a title",
        "open CDATA",
        "many elements",
        "many comments",
        "cut off",
        "wrong ends",
        "undeclared attribute",
    ],
)
def test_hostile_feeds_give_their_good_entry(content: str) -> None:
    begun = time.perf_counter()
    listing = read(content)
    assert time.perf_counter() - begun < SECONDS
    assert "https://a.example/1" in [entry.url for entry in listing.entries]


@pytest.mark.parametrize(
    "content",
    [
        f"<urlset>{GOOD_URL}" + "<url>" * 200_000,
        f"{LAUGHS}<urlset>{GOOD_URL}<url><loc>&m;</loc></url></urlset>",
        f"<urlset>{GOOD_URL}<url><loc>{'y' * 5_000_000}</loc></url></urlset>",
        f"<urlset><url x='{'y' * 5_000_000}'><loc>https://a.example/1</loc></url></urlset>",
        f"<urlset>{'<x/>' * 200_000}{GOOD_URL}</urlset>",
        f"<urlset>{'<x>' * 50_000}{'</x>' * 50_000}{GOOD_URL}</urlset>",
        f"<urlset>{GOOD_URL}\0</urlset>",
    ],
    ids=[
        "deep",
        "billion laughs",
        "huge address",
        "huge attribute",
        "many elements",
        "deep and closed",
        "null byte",
    ],
)
def test_hostile_sitemaps_give_their_good_entry(content: str) -> None:
    begun = time.perf_counter()
    listing = read(content)
    assert time.perf_counter() - begun < SECONDS
    assert [entry.url for entry in listing.entries] == ["https://a.example/1"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (rss("<x/>" * 500_001).encode(), "too_large"),
        (rss("".join(f'<a xmlns:n{n}="u{n}"/>' for n in range(200))).encode(), "malformed"),
        (gzip.compress(bytes(60_000_000)), "too_large"),
        (b"<?xml " + b"encoding='" * 100_000, "malformed"),
        (b"<" * 100_000, "malformed"),
        (b"\xff\xfe\x00", "malformed"),
    ],
    ids=["tags", "namespaces", "bomb", "encodings", "brackets", "half a character"],
)
def test_what_no_listing_needs_is_refused(content: bytes, reason: str) -> None:
    begun = time.perf_counter()
    found = attempt(content, kind="feed")
    assert time.perf_counter() - begun < SECONDS
    assert isinstance(found, Refusal)
    assert found.reason == reason


@pytest.mark.parametrize(
    "content",
    [
        rss("<item><title>&m;</title></item>" + GOOD, head=LAUGHS),
        rss("<a>" * 300 + "</a>" * 300 + GOOD),
        f"{LAUGHS}<urlset><url><loc>&m;</loc></url>{GOOD_URL}</urlset>",
    ],
    ids=["laughing feed", "deep feed", "laughing sitemap"],
)
def test_an_end_that_is_lost_is_told(content: str) -> None:
    ref, refusal = read(content).refused[-1]
    assert (ref, refusal.reason) == (URL + "#end", "malformed")
    assert "\n" not in refusal.detail


@pytest.mark.parametrize("root", ["rss", "urlset"])
def test_nothing_outside_the_listing_is_read(root: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("swordfish", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.dtd"
        head = (
            f'<!DOCTYPE {root} SYSTEM "{address}" [<!ENTITY file SYSTEM "{secret.as_uri()}">'
            f'<!ENTITY web SYSTEM "{address}"><!ENTITY % more SYSTEM "{address}"> %more;]>'
        )
        body = rss(f"<item><title>&file;&web;</title>{GOOD[6:]}", head=head)
        if root == "urlset":
            body = f"{head}<urlset><url><loc>https://a.example/&file;&web;</loc></url></urlset>"
        found = attempt(body)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert "swordfish" not in repr(found)


@pytest.mark.parametrize("kind", ["feed", "sitemap", "address_list"])
def test_content_that_is_a_path_is_not_opened(kind: FetchKind, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(rss(GOOD), encoding="utf-8")
    found = attempt(str(path), kind=kind)
    assert isinstance(found, Refusal) or found.entries == ()


@settings(deadline=None)
@given(
    content=st.binary(max_size=200),
    kind=st.sampled_from(["feed", "sitemap", "address_list", None]),
    charset=st.sampled_from([None, "utf-8", "utf-16", "punycode", "no\0such"]),
)
def test_any_bytes_are_read_or_refused(
    content: bytes, kind: FetchKind | None, charset: str | None
) -> None:
    assert isinstance(attempt(content, kind=kind, charset=charset), Listing | Refusal)
    assert sniff(content, media_type=None) in ("page", "feed", "sitemap", "address_list")


@settings(deadline=None)
@given(
    at=st.integers(0, 400),
    length=st.integers(0, 40),
    instead=st.text(alphabet="<>&;'\"/![]-x:\0 ", max_size=8),
)
def test_any_damage_is_read_or_refused(at: int, length: int, instead: str) -> None:
    whole = rss(
        f'{GOOD}<item><guid isPermaLink="false">n</guid><pubDate>4 Jun 2024</pubDate>'
        "<description><![CDATA[<p>x</p>]]></description><author>a@b.example (A)</author></item>",
        head='<?xml version="1.0"?><!-- x -->',
    )
    damaged = whole[:at] + instead + whole[at + length :]
    assert isinstance(attempt(damaged, kind="feed"), Listing | Refusal)
