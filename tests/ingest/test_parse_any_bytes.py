"""`parse` gives an article or a rejection for any bytes, in the form that is promised."""

import time
import unicodedata
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.ingest.parse import article as article_module
from tasks.ingest.parse import parse
from tests.ingest.given import MORE, NOW, PROSE, raw_item, refused
from warehouse.tables import Article, MediaType, Rejection

MEDIA_TYPES: list[MediaType] = ["text/plain", "text/html", "text/markdown", "application/json"]
PAGE = (
    f'<html><head><script type=\'application/ld+json\'>{{"@type":"Article"}}</script></head>'
    f"<body><article><p>{PROSE}<ul><li>one</ul><table><tr><td>{MORE}</table></article>"
).encode()
PIECES = (PROSE, MORE, "By Jane Doe", "Source: X", "3 June 2021", "Related", "---", "# T", "* a")
MARKUP = ("<p>", "</div>", "<!--", "]]>", '{"text": "', "\u200b", "\n", "\n\n", "\r", "\x85")
FRAGMENTS = st.sampled_from([*PIECES, *MARKUP])


def check(content: bytes, media_type: MediaType) -> None:
    result = parse(raw_item(media_type), content)
    if isinstance(result, Rejection):
        assert result.reason != "internal_error", result.detail
        assert "\n" not in result.detail
        return
    article = result.article
    text = article.text
    assert unicodedata.is_normalized("NFC", text)
    assert text == text.strip()
    assert not any(line != line.strip() for line in text.split("\n"))
    assert "\n\n\n" not in text
    assert not any(unicodedata.category(c) == "Cc" for c in text.replace("\n", ""))
    if article.published_on:
        assert article.published_on <= (NOW + timedelta(days=2)).date()


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=300))
def test_random_bytes(media_type: MediaType, content: bytes) -> None:
    check(content, media_type)


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts=st.lists(FRAGMENTS | st.text(max_size=8), max_size=25))
def test_pieces_of_articles(media_type: MediaType, parts: list[str]) -> None:
    check("".join(parts).encode("utf-8", "replace"), media_type)


def test_a_page_cut_at_any_place() -> None:
    for end in range(0, len(PAGE), 7):
        check(PAGE[:end], "text/html")


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
@pytest.mark.parametrize("piece", [b"<div>", b"[", b"> ", b"* ", b"a\n\n", b"By A B\n", b'"', b"{"])
def test_deep_and_repeated_structures(media_type: MediaType, piece: bytes) -> None:
    check(piece * 5_000, media_type)


MANY = 100_000
HOSTILE = {
    "deep divisions": "<div>" * MANY + PROSE,
    "deep lists": "<ul><li>" * MANY + PROSE,
    "deep tables": "<table><tr><td>" * MANY + PROSE,
    "deep inline": "<p>" + "<b><a href=x>" * MANY + PROSE,
    "unclosed items": "<ul>" + "<li>word " * MANY,
    "unclosed tags, 5 MB": "<p><b><i><a href=x>word " * 220_000,
    "line breaks": "<p>" + "<br>" * MANY + PROSE,
    "NUL": f"<p>{PROSE}\0</p>",
    "huge attribute": f"<p class='{'a ' * 2_000_000}'>{PROSE}</p>",
    "many attributes": f"<p {' '.join(f'a{i}=1' for i in range(MANY))}>{PROSE}</p>",
    "entity bomb": '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 20))
    + f"]><p>&a19; {PROSE}</p>",
    "references": "<p>" + "&#65;" * 500_000,
    "open comment": f"<p>{PROSE}</p><!--" + "x" * 2_000_000,
    "angles": "<" * 1_000_000,
    "quotes": '<p a="' + '"<p a="' * 300_000,
    "one word": "<p>" + "a" * 2_000_000,
    "refresh": f"<meta http-equiv=refresh content='0;url=file:///etc/x'><p>{PROSE}</p>",
    "canonical script": f"<link rel=canonical href='javascript:alert(1)'><p>{PROSE}</p>",
    "impossible date": f"<meta name=date content='9999-99-99T99:99:99+99:99'><p>{PROSE}</p>",
    "nested JSON-LD": "<script type='application/ld+json'>" + "[" * MANY + f"</script><p>{PROSE}",
    "no such charset": f"<meta charset=x-{'y' * 30}><p>caf\u00e9 {PROSE}</p>",
    "captions in captions": "<figure><figcaption>cap" * 20_000 + PROSE,
    "huge span": f"<table><tr><td rowspan=99999999>a</td><td>b</td></tr></table><p>{PROSE}</p>",
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE.keys())
def test_pages_built_to_break_readers(page: str) -> None:
    content = f"<html><body>{page}".encode()
    begun = time.process_time()
    check(content, "text/html")
    assert time.process_time() - begun < 10


def test_a_page_with_too_many_elements_is_too_large() -> None:
    assert refused("<html><body>" + "<i>word</i> " * 30_000, "text/html") == "too_large"


def test_an_unknown_media_type_is_unsupported() -> None:
    assert refused(PROSE, "application/pdf") == "unsupported"  # type: ignore[arg-type]


def test_a_bug_is_stored_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> Article:
        raise ZeroDivisionError

    monkeypatch.setattr(article_module, "read_body", fail)
    result = parse(raw_item(), PROSE.encode())
    assert isinstance(result, Rejection)
    assert result.reason == "internal_error"
    assert "ZeroDivisionError" in result.detail
