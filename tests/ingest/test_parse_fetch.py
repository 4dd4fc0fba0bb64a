"""What a fetch knows of an item: its address, its encoding, and what its listing said."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tasks.ingest.parse import parse
from tasks.records import Parsed
from tests.ingest.given import MORE, NOW, PROSE, raw_item
from warehouse.tables import Article, Fetch

AT = datetime(2021, 6, 3, 8, tzinfo=UTC)


def read(content: str | bytes, **fields: Any) -> Article:
    fetch = Fetch(
        source_id="s",
        item_ref="https://daily.example/start",
        kind="page",
        url="https://daily.example/start",
        checked_at=NOW,
        **fields,
    )
    raw = content.encode() if isinstance(content, str) else content
    found = parse(replace(raw_item("text/html"), fetch=fetch), raw)
    assert isinstance(found, Parsed), found
    return found.article


def page(head: str = "", body: str = "") -> str:
    return (
        f"<html><head>{head}</head><body><article><p>{PROSE}</p><p>{MORE}</p>{body}</article>"
        "</body></html>"
    )


def test_the_address_that_answered_stands_in_for_a_canonical_one() -> None:
    article = read(page(), final_url="https://www.daily.example/a/b?utm_source=x")
    assert article.url == "https://www.daily.example/a/b?utm_source=x"
    assert article.canonical_url == "https://daily.example/a/b"
    assert read(page()).canonical_url == "https://daily.example/start"


def test_the_page_knows_its_own_address_best() -> None:
    head = "<link rel=canonical href='/a/c'>"
    assert read(page(head), final_url="https://m.daily.example/x/y").canonical_url == (
        "https://daily.example/a/c"
    )


@pytest.mark.parametrize(
    "link",
    ["https://other.example/a/b", "javascript:alert(1)", "file:///etc/x", "https://[/a", "", "/"],
)
def test_no_page_passes_for_that_of_another_site(link: str) -> None:
    head = f"<link rel=canonical href='{link}'>"
    assert read(page(head)).canonical_url == "https://daily.example/start"


def test_the_listing_fills_what_the_page_leaves_open() -> None:
    article = read(
        page(),
        listed_title="Border opens",
        listed_byline="Jane Doe, AFP",
        listed_publisher="The Daily",
        listed_language="en",
        listed_on=AT.date(),
        listed_at=AT,
        listed_method="feed",
    )
    assert (article.title, article.publisher) == ("Border opens", "The Daily")
    assert (article.byline, article.byline_organisation) == ("Jane Doe", "AFP")
    assert (article.published_at, article.published_method) == (AT, "feed")


def test_what_the_page_declares_comes_before_its_listing() -> None:
    head = (
        "<title>Border is open again</title><meta name=author content='John Roe'>"
        "<meta property='article:published_time' content='2021-06-05'>"
    )
    article = read(
        page(head),
        listed_title="Other",
        listed_byline="Jane Doe",
        listed_on=AT.date(),
        listed_method="sitemap",
    )
    assert (article.title, article.byline) == ("Border is open again", "John Roe")
    assert (article.published_on, article.published_method) == (date(2021, 6, 5), "meta")


def test_a_listed_date_comes_before_the_text_and_the_address_unless_it_is_to_come() -> None:
    url = "https://daily.example/2021/06/09/x"
    article = read(page(), final_url=url, listed_on=date(2021, 6, 3), listed_method="sitemap")
    assert (article.published_on, article.published_method) == (date(2021, 6, 3), "sitemap")
    article = read(page(), final_url=url, listed_on=date(2022, 3, 4), listed_method="feed")
    assert (article.published_on, article.published_method) == (date(2021, 6, 9), "url")


def test_a_listing_of_unknown_kind_gives_no_date() -> None:
    article = read(page(), listed_on=date(2021, 6, 3))
    assert (article.published_on, article.published_method) == (None, "none")


def test_the_servers_charset_comes_before_the_pages() -> None:
    content = page("<meta charset=windows-1252>", "<p>Stra\u0142 na granicy.</p>")
    article = read(content.encode("iso-8859-2"), charset="ISO-8859-2")
    assert "Stra\u0142" in article.text
    assert "Stra\u00b3" in read(content.encode("iso-8859-2"), charset="no-such").text
