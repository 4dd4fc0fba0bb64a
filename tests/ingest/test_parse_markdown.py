from datetime import date

from tests.ingest.given import MORE, PROSE, parsed


def test_front_matter_and_markup() -> None:
    article = parsed(
        "---\ntitle: 'Border: open'\nauthors:\n  - Jane Doe\n  - John Roe\n"
        "date: 2021-06-03\nsource: The Wire\npublisher: Daily\nurl: https://a.example/x\n---\n\n"
        f"# Ignored as a title\n\n{PROSE}\n\n## What *next*\n\n- one [link](http://b.example)\n"
        f"- two `code`\n\n> {MORE} ![alt](x.png) <b>bold</b>\n",
        "text/markdown",
    )
    assert article.title == "Border: open"
    assert article.byline == "Jane Doe, John Roe"
    assert article.original_source == "The Wire"
    assert article.publisher == "Daily"
    assert article.canonical_url == "https://a.example/x"
    assert (article.published_on, article.published_method) == (date(2021, 6, 3), "meta")
    assert article.text == (f"{PROSE}\n\nWhat next\n\n* one link\n\n* two code\n\n{MORE} bold")


def test_a_first_heading_is_the_title() -> None:
    article = parsed(f"# Border open\n\nBy Jane Doe\n\n{PROSE}\n{MORE}\n", "text/markdown")
    assert (article.title, article.byline) == ("Border open", "Jane Doe")
    assert article.text == f"{PROSE} {MORE}"


def test_a_rule_without_an_end_is_no_front_matter() -> None:
    article = parsed(f"---\n{PROSE}\n\n{MORE}\n", "text/markdown")
    assert article.text == f"{PROSE}\n\n{MORE}"
