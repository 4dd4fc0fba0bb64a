import json
from datetime import date
from pathlib import Path

import pytest

from tests.extract.cited_works import cited
from tests.ingest.given import parsed

SHARED = Path(__file__).parents[3] / "shared"
GOLD = SHARED / "gold" / "seed_article.json"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))

LIST = (
    "Readers may turn to the author\u2019s earlier studies, published at the Kabul Study Council "
    "(KSC):\n\n* 3 June 2020: “Trade And Transit\n\n"
    "* 24 June 2021: “What The \u2018Great Turn\u2019 Means\u2019\n\n"
    "* June 5, 2021: \"An 'Odd' Case\" https://example.org/odd\n\n* 6 June 2021: no title here\n"
)


def test_list_of_works() -> None:
    rows = cited(LIST, byline="Ann Bylander")
    assert [(r.cited_on, r.title, r.url) for r in rows] == [
        (date(2020, 6, 3), "Trade And Transit", None),
        (date(2021, 6, 24), "What The \u2018Great Turn\u2019 Means\u2019", None),
        (date(2021, 6, 5), "An 'Odd' Case", "https://example.org/odd"),
    ]
    assert {(r.author, r.publisher) for r in rows[:2]} == {("Ann Bylander", "Kabul Study Council")}
    assert {(r.author_id, r.granularity) for r in rows} == {("person:ann-bylander", "day")}
    assert [LIST[r.start_char : r.end_char] for r in rows] == [r.title for r in rows]
    assert all(r.cited_from == r.cited_to == r.cited_on for r in rows)


def test_titles_with_their_years() -> None:
    text = "Books by Angela Merkel:\n\n- Roads North (2014)\n- “Rivers East” (Dawn, May 2016)\n"
    rows = cited(text)
    assert [(r.title, r.author_id, r.publisher) for r in rows] == [
        ("Roads North", "person:angela-merkel", None),
        ("Rivers East", "person:angela-merkel", "Dawn"),
    ]
    assert [(r.cited_on, r.cited_from, r.cited_to, r.granularity) for r in rows] == [
        (None, date(2014, 1, 1), date(2014, 12, 31), "year"),
        (None, date(2016, 5, 1), date(2016, 5, 31), "month"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Films by Angela Merkel:\n\n- Roads North (2014)\n- Rivers East (2016)\n",
        "The treaties that still hold:\n\n- Accord of Rome (2014)\n- Pact of Minsk (2016)\n",
        "What was agreed:\n\n- Roads to be built (2014)\n- Rivers to be shared (2016)\n",
        "The years in short:\n\n2014: War came to the town\n\n2016: Peace came\n",
        "She was cheered.\n\n“We shall never go back to that” — Angela Merkel, 3 March 2016\n",
    ],
)
def test_other_lists_are_none(text: str) -> None:
    assert cited(text) == []


@pytest.mark.parametrize(
    ("line", "title", "author", "publisher", "first", "url"),
    [
        (
            "Lee, A. B., & Khan, O. (2014). The price of transit. Dawn. https://example.org/t.",
            "The price of transit",
            "Lee, A. B., & Khan, O.",
            "Dawn",
            date(2014, 1, 1),
            "https://example.org/t",
        ),
        (
            "1. Olga Stein, “The Price of Transit,” Foreign Policy, 3 March 2014.",
            "The Price of Transit",
            "Olga Stein",
            "Foreign Policy",
            date(2014, 3, 3),
            None,
        ),
        (
            '"Transit prices rise" — Reuters, March 3, 2014, https://example.org/r',
            "Transit prices rise",
            None,
            "Reuters",
            date(2014, 3, 3),
            "https://example.org/r",
        ),
    ],
)
def test_references(
    line: str, title: str, author: str | None, publisher: str, first: date, url: str | None
) -> None:
    (row,) = cited(f"Prices rose.\n\nReferences\n\n{line}\n")
    assert (row.title, row.author, row.publisher) == (title, author, publisher)
    assert (row.cited_from, row.url) == (first, url)


def test_no_words_no_works() -> None:
    assert cited(" \n") == []
    assert cited("31 February 2020: “A Day That Is None”\n") == []


@pytest.mark.skipif(not GOLD.is_file(), reason="the seed article is not beside this checkout")
def test_the_seed_article() -> None:
    gold = json.loads(GOLD.read_text("utf-8"))["citations"]
    article = parsed(SEEDS[0].read_bytes())
    rows = cited(article.text, byline=article.byline, published_on=None)
    assert [(str(r.cited_on), r.title, r.publisher, r.author) for r in rows] == [
        (one["date"], one["title"], one["publisher"], one["author"]) for one in gold
    ]
