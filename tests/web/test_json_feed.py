import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tasks.records import Refusal
from tests.web.given import attempt, only, read

URL = "https://news.example/feed.json"


def feed(*items: Any, version: str = "1.1", **fields: Any) -> str:
    return json.dumps(
        {"version": f"https://jsonfeed.org/version/{version}", "items": items, **fields}
    )


def test_item_with_all_that_it_can_give() -> None:
    listing = read(
        feed(
            {
                "id": "1",
                "url": "/2024/ferry#top",
                "external_url": "https://other.example/",
                "title": " Ferry\ntalks ",
                "content_html": "<p>The ferry sails.</p>",
                "summary": "Short.",
                "authors": [{"name": "Ana Belo"}, {"name": "Ken Osei"}, {"url": "/x"}, 7],
                "date_published": "2024-06-04T09:30:15+02:00",
                "date_modified": "2024-06-05T00:00:00Z",
                "language": "en-GB",
            },
            title="Harbour Post",
            language="en",
        ),
        url=URL,
    )
    assert (listing.kind, listing.title, listing.language) == ("feed", "Harbour Post", "en")
    entry = only(listing)
    assert entry.url == entry.ref == "https://news.example/2024/ferry"
    assert (entry.title, entry.byline) == ("Ferry talks", "Ana Belo, Ken Osei")
    assert (entry.html, entry.is_full) == ("<p>The ferry sails.</p>", True)
    assert entry.published_on == date(2024, 6, 4)
    assert entry.published_at == datetime(2024, 6, 4, 7, 30, 15, tzinfo=UTC)
    assert entry.updated_at == datetime(2024, 6, 5, tzinfo=UTC)
    assert entry.language == "en-GB"


def test_version_1_with_plain_text_and_one_author() -> None:
    entry = only(
        read(
            feed(
                {"id": 7, "content_text": "A < B\n\nNext", "author": {"name": "Ana Belo"}},
                version="1",
            ),
            url=URL,
        )
    )
    assert (entry.url, entry.ref) == (None, f"{URL}#7")
    assert (entry.html, entry.is_full) == ("<p>A &lt; B</p>\n<p>Next</p>", True)
    assert entry.byline == "Ana Belo"


def test_a_summary_is_not_the_text() -> None:
    entry = only(read(feed({"url": "/a", "summary": "Short."}), url=URL))
    assert (entry.html, entry.is_full) == ("<p>Short.</p>", False)


def test_items_that_cannot_be_used_are_refused() -> None:
    listing = read(
        feed({"id": "a"}, 7, {"url": "javascript:x"}, {"url": "/good"}, {"url": 1, "id": [2]}),
        url=URL,
    )
    assert only(listing).url == "https://news.example/good"
    assert [(ref, why.reason) for ref, why in listing.refused] == [
        (f"{URL}#a", "empty"),
        (f"{URL}#2", "malformed"),
        (f"{URL}#3", "bad_address"),
        (f"{URL}#5", "empty"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        '{"version": "https://jsonfeed.org/version/1.1", "items": [',
        '{"version": "https://jsonfeed.org/version/1.1", "items": ' + "[" * 100_000,
        '{"version": "https://jsonfeed.org/version/1.1", "items": [' + "1" * 5_000 + "]}",
    ],
    ids=["cut off", "deep", "huge number"],
)
def test_broken_json_is_refused(content: str) -> None:
    found = attempt(content, url=URL)
    assert isinstance(found, Refusal)
    assert found.reason == "malformed"


def test_other_json_is_no_feed() -> None:
    found = attempt('{"items": []}', url=URL)
    assert isinstance(found, Refusal)
    assert found.reason == "unsupported"
    assert read('{"items": []}', url=URL, media_type="application/feed+json").kind == "feed"


def test_a_lone_surrogate_which_json_can_spell_reaches_no_field() -> None:
    listing = read(feed({"id": "\ud800", "content_html": "<p>The talks \ud800 ended.</p>"}))
    (entry,) = listing.entries
    assert entry.html is not None
    for text in (entry.ref, entry.html):
        text.encode()
