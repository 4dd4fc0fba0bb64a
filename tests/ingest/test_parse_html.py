from datetime import UTC, date, datetime

import pytest

from tests.ingest.given import MORE, PROSE, parsed, refused

NAV = "<nav><ul><li><a href='/w'>World</a></li><li><a href='/s'>Sport</a></li></ul></nav>"


def page(head: str = "", body: str = "", *, top: str = NAV) -> str:
    return (
        f"<!doctype html><html lang='en'><head><title>Border opens - The Daily</title>"
        f"<meta property='og:site_name' content='The Daily'>{head}</head><body>{top}"
        f"<article><h1>Border opens</h1><p>{PROSE}</p><p>{MORE}</p>{body}</article>"
        "<aside><h2>Most read</h2><a href='/x'>Ten tips for the summer</a></aside>"
        "<footer>Copyright 2026 The Daily</footer></body></html>"
    )


def test_main_text_and_head_of_a_page() -> None:
    article = parsed(
        page(
            "<link rel='canonical' href='https://www.daily.example/a?utm_medium=x'>"
            "<meta name='author' content='Jane Doe'>",
            "<ul><li>first point of the list</li><li>second point of the list</li></ul>",
        ),
        "text/html",
    )
    assert article.text.startswith(f"{PROSE}\n\n{MORE}")
    assert "\n\n* first point of the list\n\n* second point" in article.text
    assert not {"Sport", "tips", "Copyright", "Border opens"} & set(article.text.split())
    assert article.title == "Border opens"
    assert article.byline == "Jane Doe"
    assert article.publisher == "The Daily"
    assert article.canonical_url == "https://daily.example/a"
    assert article.published_method == "none"


def jsonld(body: str) -> str:
    return f"<script type='application/ld+json'>{body}</script>"


@pytest.mark.parametrize(
    ("head", "method", "day"),
    [
        (jsonld('{"@type":"NewsArticle","datePublished":"2021-06-03"}'), "jsonld", 3),
        (
            jsonld('{"@graph":[{"@type":"WebPage","datePublished":"2021-06-09"},')[:-9]
            + '{"@type":["Article"],"datePublished":"2021-06-04"}]}</script>',
            "jsonld",
            4,
        ),
        ("<meta property='article:published_time' content='2021-06-05T01:02:03Z'>", "meta", 5),
        (jsonld("{broken") + "<meta itemprop='datePublished' content='2021-06-06'>", "meta", 6),
    ],
)
def test_declared_dates(head: str, method: str, day: int) -> None:
    article = parsed(page(head), "text/html")
    assert (article.published_on, article.published_method) == (date(2021, 6, day), method)


def test_a_time_element_of_the_article_is_a_date_and_that_of_a_teaser_is_not() -> None:
    time = "<time datetime='2021-06-03T10:00:00+02:00'>3 June</time>"
    article = parsed(page(body=time), "text/html")
    assert article.published_at == datetime(2021, 6, 3, 8, tzinfo=UTC)
    assert parsed(page(top=f"<aside>{time}</aside>"), "text/html").published_on is None


def test_the_only_time_of_a_page_is_its_date_and_one_of_two_is_not() -> None:
    time = "<time datetime='2021-06-03'>3 June</time>"
    assert parsed(page(top=time), "text/html").published_on == date(2021, 6, 3)
    other = "<time datetime='2021-06-04'>4 June</time>"
    assert parsed(page(top=time + other), "text/html").published_on is None


def test_modified_and_copyright_dates_are_no_publication_dates() -> None:
    head = "<meta property='article:modified_time' content='2021-06-05'>"
    assert parsed(page(head), "text/html").published_on is None


def test_a_canonical_link_to_the_front_page_does_not_count() -> None:
    head = "<link rel='canonical' href='https://daily.example/'>"
    assert parsed(page(head), "text/html").canonical_url is None


@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-1"])
def test_the_declared_encoding_is_read(declared: str) -> None:
    content = page(f"<meta charset={declared}>", "<p>The caf\u00e9 \u2013 \u201copen\u201d.</p>")
    assert "caf\u00e9 \u2013 \u201copen\u201d" in parsed(content.encode("cp1252"), "text/html").text


def test_utf8_outdoes_a_wrong_declaration() -> None:
    content = page("<meta charset=iso-8859-1>", "<p>The caf\u00e9 is open.</p>")
    assert "caf\u00e9" in parsed(content, "text/html").text


def test_a_fragment_and_a_page_with_an_xml_declaration() -> None:
    assert parsed(f"<div><p>{PROSE}</p><p>{MORE}</p></div>", "text/html").text.startswith(PROSE)
    xhtml = '<?xml version="1.0" encoding="UTF-8"?>\n' + page()
    assert parsed(xhtml, "text/html").text.startswith(PROSE)


@pytest.mark.parametrize(
    "author",
    [
        '{"@type":"Person","name":"Jane Doe"},{"@type":"Organization","name":"Amu Watch"}',
        '"Jane Doe","Reuters"',
    ],
)
def test_declared_authors_are_persons_or_organisations(author: str) -> None:
    article = parsed(page(jsonld(f'{{"@type":"NewsArticle","author":[{author}]}}')), "text/html")
    assert article.byline == "Jane Doe"
    assert article.byline_organisation in ("Amu Watch", "Reuters")


@pytest.mark.parametrize("tail", [" - The Daily", " | the daily", " \u2013 News \u2013 The Daily"])
def test_a_title_ends_before_the_name_of_the_site(tail: str) -> None:
    content = page().replace("<title>Border opens - The Daily", f"<title>Border opens again{tail}")
    content = content.replace("<h1>Border opens", "<h1>Border opens again")
    assert parsed(content, "text/html").title == "Border opens again"


def test_a_page_without_text() -> None:
    assert refused("<html><body><div id='app'></div></body></html>", "text/html") == "no_text"
