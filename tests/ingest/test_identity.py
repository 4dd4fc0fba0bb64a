import pytest

from tasks.ingest.parse.identity import canonical_url, normalised_text


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/a/b",
        "http://www.example.com/a/b/",
        "HTTPS://M.Example.com:443/a//b#top",
        "https://example.com/a/b?utm_source=x&fbclid=y&gclid=z",
        "https://amp.example.com/a/b/amp",
        "//example.com/a/b",
        "example.com/a/b",
        "https://example.com/%61/b?amp=1",
        " https://example.com/a/\nb ",
    ],
)
def test_one_article_has_one_address(url: str) -> None:
    assert canonical_url(url) == "https://example.com/a/b"


def test_what_tells_articles_apart_is_kept() -> None:
    assert canonical_url("https://example.com/a?id=2&b=1") == "https://example.com/a?b=1&id=2"
    assert canonical_url("https://example.com/a%2Fb") == "https://example.com/a%2Fb"
    assert canonical_url("https://example.com/A") == "https://example.com/A"
    assert canonical_url("http://example.com:8080/") == "https://example.com:8080"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "not a url",
        "mailto:a@example.com",
        "file:///etc/x",
        "http://",
        "http://[::1/a",
        "http://a.example:port/",
        "javascript:alert(1)",
        "http://a b/",
        "\ud800",
    ],
)
def test_what_is_no_web_address_is_none(url: str | None) -> None:
    assert canonical_url(url) is None


def test_case_quotes_dashes_and_white_space_do_not_count() -> None:
    assert normalised_text("\u201cIt\u2019s\n\nA\u2014B\u201d \u2026") == normalised_text(
        '"it\'s a-b"\xa0...'
    )
    assert normalised_text("a b") != normalised_text("ab")
