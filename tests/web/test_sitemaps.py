import gzip
from datetime import UTC, date, datetime

import pytest

from tasks.ingest.web import listing as listing_module
from tasks.ingest.web.listing import Child
from tasks.records import Refusal
from tests.web.given import attempt, only, read

URL = "https://news.example/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@pytest.mark.parametrize(
    "space",
    [SPACE, 'xmlns="https://www.sitemaps.org/schemas/sitemap/0.9"', ""],
    ids=["http", "https", "none"],
)
def test_urlset(space: str) -> None:
    listing = read(
        f'<?xml version="1.0" encoding="UTF-8"?><urlset {space}>'
        "<url><loc> https://news.example/a?x=1&amp;y=2 </loc>"
        "<lastmod>2024-06-04T10:00:00+02:00</lastmod><priority>0.5</priority></url>"
        "<url><loc>/b</loc><lastmod>2024-06-04</lastmod></url>"
        "<url><loc><![CDATA[https://news.example/c]]></loc></url></urlset>",
        url=URL,
    )
    assert listing.kind == "sitemap"
    assert [(entry.url, entry.updated_at) for entry in listing.entries] == [
        ("https://news.example/a?x=1&y=2", datetime(2024, 6, 4, 8, tzinfo=UTC)),
        ("https://news.example/b", datetime(2024, 6, 4, 23, 59, 59, tzinfo=UTC)),
        ("https://news.example/c", None),
    ]


def test_news_sitemap() -> None:
    entry = only(
        read(
            f"<s:urlset {SPACE.replace('xmlns', 'xmlns:s')}"
            ' xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
            ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
            "<s:url><image:image><image:loc>https://img.example/1.jpg</image:loc>"
            "<image:title>A photo</image:title></image:image>"
            "<s:loc>https://news.example/a</s:loc>"
            "<n:news><n:publication><n:name>Harbour Post</n:name><n:language>en</n:language>"
            "</n:publication><n:publication_date>2024-06-04T09:30:00Z</n:publication_date>"
            "<n:title>Ferry &amp;amp; port</n:title></n:news></s:url></s:urlset>",
            url=URL,
        )
    )
    assert entry.url == "https://news.example/a"
    assert (entry.title, entry.publisher, entry.language) == ("Ferry & port", "Harbour Post", "en")
    assert entry.published_on == date(2024, 6, 4)
    assert entry.published_at == datetime(2024, 6, 4, 9, 30, tzinfo=UTC)


def test_index() -> None:
    listing = read(
        f"<sitemapindex {SPACE}><sitemap><loc>https://news.example/1.xml.gz</loc>"
        "<lastmod>2024-06-04</lastmod></sitemap><sitemap><loc>/2.xml</loc></sitemap>"
        "<sitemap><loc>/2.xml</loc></sitemap><sitemap><loc>ftp://x.example/</loc></sitemap>"
        "</sitemapindex>",
        url=URL,
    )
    assert listing.entries == ()
    assert listing.children == (
        Child("https://news.example/1.xml.gz", datetime(2024, 6, 4, 23, 59, 59, tzinfo=UTC)),
        Child("https://news.example/2.xml", None),
    )
    assert [(ref, why.reason) for ref, why in listing.refused] == [(f"{URL}#4", "bad_address")]


def test_entries_that_cannot_be_used_are_refused() -> None:
    listing = read(
        "<urlset><url><lastmod>2024-06-04</lastmod></url><url><loc>javascript:x</loc></url>"
        "<url><loc>file:///etc/passwd</loc></url><url><loc>/good</loc></url></urlset>",
        url=URL,
    )
    assert only(listing).url == "https://news.example/good"
    assert [(ref, why.reason) for ref, why in listing.refused] == [
        (f"{URL}#1", "empty"),
        (f"{URL}#2", "bad_address"),
        (f"{URL}#3", "bad_address"),
    ]


def test_what_was_read_before_a_break_counts() -> None:
    whole = "<urlset><url><loc>/a</loc></url><url><loc>/b</loc></url><url><loc>/c</loc>"
    assert [e.url for e in read(whole, url=URL).entries] == [
        "https://news.example/a",
        "https://news.example/b",
    ]
    entries = read(whole.replace("</url><url><loc>/b", "</ur><url><loc>/b"), url=URL).entries
    assert "https://news.example/b" in [entry.url for entry in entries]


def test_addresses_that_were_not_escaped_are_mended() -> None:
    content = "<urlset><url><loc>/a?x=1&y=2&eacute;&#x&#xd800;d800;</loc></url></urlset>"
    assert only(read(content, url=URL)).url == "https://news.example/a?x=1&y=2\xe9&"


def test_text_sitemap() -> None:
    listing = read("https://news.example/a\r\nhttps://news.example/b\r\n", url=URL, kind="sitemap")
    assert listing.kind == "sitemap"
    assert [e.url for e in listing.entries] == ["https://news.example/a", "https://news.example/b"]


def test_a_feed_may_serve_as_a_sitemap() -> None:
    feed = '<rss version="2.0"><channel><item><link>/a</link></item></channel></rss>'
    listing = read(feed, url=URL, kind="sitemap")
    assert (listing.kind, only(listing).url) == ("feed", "https://news.example/a")


def test_compressed() -> None:
    packed = gzip.compress(b"<urlset><url><loc>/a</loc></url></urlset>")
    assert only(read(packed, url=URL)).url == "https://news.example/a"


def test_a_compressed_file_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    lines = "".join(f"<url><loc>/{number * number}</loc></url>" for number in range(5_000))
    packed = gzip.compress(f"<urlset>{lines}</urlset>".encode())
    listing = read(packed[: len(packed) // 2], url=URL)
    assert 1_000 < len(listing.entries) < 4_000


def test_decompression_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing_module, "MAX_INFLATED", 1_000_000)
    whole = b"<urlset><url><loc>/a</loc></url></urlset>".ljust(1_000_000)
    assert only(read(gzip.compress(whole), url=URL)).url == "https://news.example/a"
    found = attempt(gzip.compress(whole + b" "), url=URL)
    assert isinstance(found, Refusal)
    assert found.reason == "too_large"


def test_entries_beyond_the_limit_are_cut_and_it_is_said() -> None:
    urls = "".join(f"<url><loc>/{number}</loc></url>" for number in range(9))
    listing = read(f"<urlset>{urls}</urlset>", url=URL, max_entries=3)
    assert len(listing.entries) == 3
    assert [(ref, why.reason) for ref, why in listing.refused] == [(f"{URL}#4", "too_large")]
