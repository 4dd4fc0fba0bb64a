import pytest

from tasks.ingest.parse.wires import wire_credit, wire_line
from tests.ingest.given import MORE, PROSE, parsed


@pytest.mark.parametrize(
    ("first", "last", "source"),
    [
        ("KABUL (Reuters) - Two ministers met.", "", "Reuters"),
        ("KABUL, Aug. 15 (Xinhua) -- Two ministers met.", "", "Xinhua"),
        ("(AP) \u2014 Two ministers met.", "", "AP"),
        ("KABUL, Afghanistan (Khaama Press) \u2013 Two ministers met.", "", "Khaama Press"),
        ("Xinhua | Two ministers met.", "", "Xinhua"),
        ("Two ministers met.", "It rained. \u2014 AFP", "AFP"),
        ("Two ministers met.", "It rained. (Agence France-Presse)", "AFP"),
        ("The minister (a lawyer) - as he says - met.", "", None),
        ("Ministers (Reuters) met.", "Nobody spoke to AFP.", None),
        ("APP stores grow.", "He works for AP", None),
        ("", "", None),
    ],
)
def test_agencies_credited_in_a_paragraph(first: str, last: str, source: str | None) -> None:
    assert wire_credit(first, last) == source


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("With inputs from agencies", "agencies"),
        ("(With inputs from PTI)", "PTI"),
        ("\u2014 AFP", "AFP"),
        ("Reuters", "Reuters"),
        ("AP, Reuters", "AP"),
        ("Xinhua | 2021-08-15 10:00", "Xinhua"),
        ("Reuters said so", None),
        ("Agencies fail", None),
    ],
)
def test_lines_that_credit_an_agency(line: str, source: str | None) -> None:
    assert wire_line(line) == source


def test_a_dateline_stays_in_the_text_and_a_line_does_not() -> None:
    article = parsed(f"Title\n\nKABUL (Reuters) - {PROSE}\n\n{MORE}")
    assert article.original_source == "Reuters"
    assert article.text.startswith("KABUL (Reuters) - The two")
    article = parsed(f"Title\n\n{PROSE}\n\n{MORE}\n\nWith inputs from agencies")
    assert (article.original_source, article.text) == ("agencies", f"{PROSE}\n\n{MORE}")


def test_a_byline_that_names_an_agency_credits_it() -> None:
    article = parsed(f"Title\n\nBy Jane Doe, Associated Press\n\n{PROSE}\n\n{MORE}")
    assert (article.byline, article.byline_organisation) == ("Jane Doe", "Associated Press")
    assert article.original_source == "AP"


def page(head: str) -> str:
    return (
        f"<html><head><title>T</title>{head}</head><body><article><p>{PROSE}</p><p>{MORE}</p>"
        "</article></body></html>"
    )


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ("<meta name='syndication-source' content='https://www.wire.example/a'>", "wire.example"),
        ("<meta name='article:source' content='The Wire'>", "The Wire"),
        (
            "<script type='application/ld+json'>{'@type':'NewsArticle',"
            "'isBasedOn':{'name':'The Wire'}}</script>",
            "The Wire",
        ),
        (
            "<script type='application/ld+json'>{'@type':'NewsArticle',"
            "'sourceOrganization':[{'@type':'Organization','name':'The Wire'}]}</script>",
            "The Wire",
        ),
        (
            "<meta property='og:url' content='https://daily.example/a/b'>"
            "<meta name='original-source' content='https://www.daily.example/a/b'>",
            None,
        ),
        (
            "<meta property='og:site_name' content='The Wire'>"
            "<meta name='source' content='The Wire'>",
            None,
        ),
    ],
)
def test_sources_that_a_page_declares(head: str, source: str | None) -> None:
    json_quoted = head.replace("'", '"') if "ld+json" in head else head
    assert parsed(page(json_quoted), "text/html").original_source == source
