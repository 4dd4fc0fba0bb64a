import gzip

import pytest

from tasks.ingest.web.sniff import sniff


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', "feed"),
        (b'\xef\xbb\xbf \n<?xml version="1.0"?>\n<!-- <html> -->\n<feed xmlns="x">', "feed"),
        (b'<atom:feed xmlns:atom="http://www.w3.org/2005/Atom">', "feed"),
        (b'<rdf:RDF xmlns="http://purl.org/rss/1.0/">', "feed"),
        (b"<CHANNEL><ITEM/></CHANNEL>", "feed"),
        (b"<br />\n<b>Warning</b>: line 3<br />\n<rss version='2.0'>", "feed"),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]><rss>', "feed"),
        ('<?xml version="1.0" encoding="utf-16"?><rss/>'.encode("utf-16"), "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
        (b'{"version":"https:\\/\\/jsonfeed.org\\/version\\/1","items":[]}', "feed"),
        (b"<urlset>", "sitemap"),
        (b'<sm:sitemapindex xmlns:sm="x">', "sitemap"),
        (gzip.compress(b"<urlset></urlset>"), "sitemap"),
        (b"# mine\n\nhttps://a.example/1\nhttps://b.example/2\n", "address_list"),
        (b"https://a.example/1", "address_list"),
        (b"https://a.example/1\nand a word\n", "page"),
        (b"<!DOCTYPE html><html><body><rss>", "page"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'>", "page"),
        (b"An article in plain text.", "page"),
        (b'{"items": []}', "page"),
        (b"<opml/>", "page"),
        (b"%PDF-1.7", "page"),
        (b"\x1f\x8bdamaged", "page"),
        (b"", "page"),
        (b"<", "page"),
        (b"<!--", "page"),
    ],
)
def test_what_content_is(content: bytes, kind: str) -> None:
    assert sniff(content, media_type=None) == kind


def test_the_media_type_decides_where_the_content_does_not() -> None:
    assert sniff(b"<newformat>", media_type="application/rss+xml") == "feed"
    assert sniff(b"<newformat>", media_type="text/xml") == "page"
    assert sniff(b"<html>", media_type="application/rss+xml") == "page"


def test_a_list_longer_than_the_head_is_told_by_its_whole_lines() -> None:
    lines = "".join(f"https://a.example/caf\xe9/{number}\n" for number in range(5_000)).encode()
    assert sniff(lines, media_type="text/plain") == "address_list"
