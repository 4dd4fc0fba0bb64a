import json
from datetime import UTC, date, datetime

import pytest

from tests.ingest.given import MORE, PROSE, parsed, refused


def record(**fields: object) -> bytes:
    return json.dumps(fields).encode()


def test_fields_as_given() -> None:
    article = parsed(
        record(
            text=f"Friday, January 4, 2019\n\n{PROSE}\n\n{MORE}",
            title=" Border\nopen ",
            byline="By Jane Doe",
            publisher="Daily",
            original_source="AP",
            url="http://www.a.example/x/",
            published_at="2019-01-05",
        ),
        "application/json",
    )
    assert article.text == f"{PROSE}\n\n{MORE}"
    assert (article.title, article.byline, article.publisher) == (
        "Border open",
        "Jane Doe",
        "Daily",
    )
    assert (article.original_source, article.canonical_url) == ("AP", "https://a.example/x")
    assert (article.published_on, article.published_at) == (date(2019, 1, 5), None)
    assert article.published_method == "record"


def test_a_time_is_kept_in_utc() -> None:
    article = parsed(
        record(text=PROSE, published_at="2021-06-03T14:05:00+02:00"), "application/json"
    )
    assert article.published_at == datetime(2021, 6, 3, 12, 5, tzinfo=UTC)
    assert article.published_on == date(2021, 6, 3)


def test_the_dateline_stands_in_for_a_date_that_cannot_be() -> None:
    article = parsed(
        record(text=f"4 January 2019\n\n{PROSE}", published_at="2035-01-01"), "application/json"
    )
    assert (article.published_on, article.published_method) == (date(2019, 1, 4), "text")


def test_the_page_knows_its_address_best() -> None:
    html = f"<html><head><link rel=canonical href='/b'></head><body><p>{PROSE}</p><p>{MORE}</p>"
    article = parsed(record(html=html, url="https://a.example/b?x=1"), "application/json")
    assert article.canonical_url == "https://a.example/b"
    assert article.url == "https://a.example/b?x=1"
    assert article.text == f"{PROSE}\n\n{MORE}"


def test_a_short_text_is_in_the_language_it_declares() -> None:
    assert parsed(record(text=PROSE, language="en-GB"), "application/json").language == "en"
    assert refused(record(text=PROSE, language="nl"), "application/json") == "language"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "malformed"),
        (b"[1]", "malformed"),
        (b"\xff", "malformed"),
        (b"[" * 200_000, "malformed"),
        (record(title="x"), "empty"),
        (record(text=" \n"), "empty"),
    ],
)
def test_records_that_hold_no_article(content: bytes, reason: str) -> None:
    assert refused(content, "application/json") == reason
