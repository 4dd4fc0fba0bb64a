"""Words of the author that look like credits, teasers or sign-up lines stay in the text."""

import pytest

from tests.ingest.given import MORE, PROSE, parsed

FILL = "\n\n".join([PROSE, MORE, PROSE.replace("Vienna", "Geneva"), MORE.replace("one", "two")])


@pytest.mark.parametrize(
    "kept",
    [
        "Reporting by the BBC and other outlets has shown that prisoners were tortured there.",
        "Writing by hand improves memory.",
        "Updated figures show that 3,000 people died in the floods.",
        "Register to vote on or before Friday, the commission told the public again.",
        "Follow the money on its way from the ministry to the port.",
        "Share this view with him and he will laugh at both of us.",
        "(c) the talks begin within ten days and both sides attend them.",
        "By the time the envoys arrived the hall was empty and the doors were shut.",
    ],
)
def test_a_sentence_at_the_end_is_kept(kept: str) -> None:
    found = parsed(f"A headline of note\n\n{FILL}\n\n{kept}\n\nNobody knows what will come next.")
    assert kept in found.text
    assert found.text.endswith("Nobody knows what will come next.")


@pytest.mark.parametrize(
    "wrapped",
    [
        "Readers who want the gazette must from now on\n"
        "subscribe to the service at any post office until the end of\n"
        "the year, the ministry said.",
        "The minister said so when she gave an interview to\nReuters.",
        "The agency had in the meantime\n"
        "updated its 2015 estimate of the number of those who fled, and\n"
        "asked for help.",
    ],
)
def test_a_paragraph_that_a_program_wrapped_is_kept_whole(wrapped: str) -> None:
    found = parsed(f"A headline of note\n\n{FILL}\n\n{wrapped}\n\n{PROSE}")
    assert wrapped in found.text
    assert found.original_source is None


def test_a_credit_of_a_chart_does_not_end_the_article() -> None:
    last = "In the end the two governments will have to agree on who pays for the bridge."
    found = parsed(f"A headline of note\n\n{FILL}\n\n{FILL}\n\nSource: World Bank\n\n{last}")
    assert found.text.endswith(last)


def test_a_heading_of_the_authors_does_not_end_the_article() -> None:
    html = f"<p>{PROSE}</p><p>{MORE}</p><h2>Topics</h2><p>{PROSE}</p><p>{MORE}</p>"
    found = parsed(f"<html><body><article>{html}</article></body></html>", "text/html")
    assert found.text.count("border crossing") == 2


@pytest.mark.parametrize(
    "credit",
    [
        "Reporting by Jane Doe in Kabul and Ali Khan; Editing by Max Roe",
        "Additional reporting by our staff in Tashkent.",
    ],
)
def test_who_helped_is_still_a_credit(credit: str) -> None:
    assert credit not in parsed(f"A headline of note\n\n{FILL}\n\n{credit}").text


def test_the_empty_date_of_some_servers_is_no_date() -> None:
    meta = '<meta name="date" content="Mon, 01 Jan 0001 00:00:00 +0300">'
    page = f"<html><head>{meta}</head><body><article><p>{PROSE}</p><p>{MORE}</p></article></body>"
    found = parsed(page, "text/html")
    assert (found.published_on, found.published_method) == (None, "none")


def test_pieces_within_each_other_and_what_stands_between_pieces() -> None:
    nested = f"<div class=x><div class=x><p>{PROSE}</p></div><p>{MORE}</p></div>"
    assert "border" in parsed(f"<html><body><article>{nested}</article></body>", "text/html").text
    quote = "Nobody will close this bridge again as long as I am in this office, he told them."
    pieces = (
        f"<div class=x><p>{PROSE}</p></div><blockquote><p>{quote}</p></blockquote>"
        f"<div class=x><p>{MORE}</p></div>"
    )
    text = parsed(f"<html><body><article>{pieces}</article></body>", "text/html").text
    assert text.index(PROSE[:40]) < text.index(quote) < text.index(MORE[:40])
