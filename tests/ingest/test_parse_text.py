from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.ingest.given import MORE, PROSE, parsed, refused

SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))


def test_title_byline_and_source_are_not_in_the_text() -> None:
    article = parsed(
        f"Border to open again\n\n{PROSE}\n\n{MORE}\n\n"
        "By Jane van Doe\nSource: The Wire\n\nSimilar Posts\n\nMinister resigns\n"
    )
    assert article.text == f"{PROSE}\n\n{MORE}"
    assert article.title == "Border to open again"
    assert article.byline == "Jane van Doe"
    assert article.original_source == "The Wire"
    assert article.publisher is None


def test_a_head_above_the_text() -> None:
    article = parsed(
        "Border to open again\nBy Jane Doe and John Roe\nPublished: 3 June 2021, 14:05 GMT\n"
        f"URL: https://www.example.com/a?utm_source=x\n\n{PROSE}\n"
    )
    assert article.text == PROSE
    assert article.byline == "Jane Doe, John Roe"
    assert article.published_at == datetime(2021, 6, 3, 14, 5, tzinfo=UTC)
    assert (article.published_on, article.published_method) == (date(2021, 6, 3), "text")
    assert article.canonical_url == "https://example.com/a"
    assert article.url == "https://www.example.com/a?utm_source=x"


def test_a_first_paragraph_that_is_a_date_is_a_dateline() -> None:
    article = parsed(f"Friday, January 4, 2019\u00a0\n\n\n{PROSE}")
    assert (article.text, article.title) == (PROSE, None)
    assert (article.published_on, article.published_method) == (date(2019, 1, 4), "text")
    assert article.genre == "news"


def test_without_a_date_the_latest_one_named_is_a_lower_bound() -> None:
    article = parsed(f"Title\n\n{PROSE} It began on 3 June 2020. A review is due on 1 May 2031.")
    assert article.published_on is None
    assert article.published_not_before == date(2020, 6, 3)
    assert article.published_method == "lower_bound"
    assert parsed(PROSE).published_method == "none"


def test_a_date_in_the_future_is_none() -> None:
    assert parsed(f"Title\n3 March 2022\n\n{PROSE}").published_on == date(2022, 3, 3)
    assert parsed(f"Title\n4 March 2022\n\n{PROSE}").published_on is None


def test_a_date_in_the_address_is_used_last() -> None:
    article = parsed(f"Title\nURL: https://a.example/2021/06/03/x\n\n{PROSE}")
    assert (article.published_on, article.published_method) == (date(2021, 6, 3), "url")


def test_a_text_without_a_title_keeps_its_first_paragraph() -> None:
    assert parsed(f"{PROSE}\n\n{MORE}").text == f"{PROSE}\n\n{MORE}"
    article = parsed(f"It rained.\n\n{PROSE}")
    assert (article.title, article.text) == (None, f"It rained.\n\n{PROSE}")


def test_a_caption_in_the_middle_does_not_cut_the_text() -> None:
    rest = "\n\n".join([MORE] * 3)
    article = parsed(f"Title\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\nSource: World Bank\n\n{rest}")
    assert article.text.endswith(rest)
    assert article.original_source is None


def test_the_credit_of_a_photograph_ends_nothing_and_credits_no_article() -> None:
    long = "\n\n".join([f"{PROSE} {MORE}"] * 6)
    article = parsed(f"Title\n\n{long}\n\nReuters\n\n{MORE}")
    assert article.text == f"{long}\n\n{MORE}"
    assert article.original_source is None
    assert parsed(f"Title\n\n{long}\n\n{MORE}\n\nReuters").original_source == "Reuters"


def test_words_that_open_boilerplate_are_text_in_the_first_half() -> None:
    article = parsed(f"Title\n\nTopics\n\n{PROSE}\n\n{MORE}")
    assert article.text == f"Topics\n\n{PROSE}\n\n{MORE}"


def test_teasers_between_paragraphs_are_left_out_but_prose_is_not() -> None:
    prose = "Related: " + " ".join(["word"] * 40) + "."
    article = parsed(f"Title\n\n{PROSE}\n\nRead more: Minister resigns\n\n{prose}\n\n{MORE}")
    assert article.text == f"{PROSE}\n\n{prose}\n\n{MORE}"


def test_layout_and_characters() -> None:
    article = parsed(
        f"Title\r\n\r\n  {PROSE}\u00a0\u200b \r\n\r\n\r\n\r\n\u2022 one\r\n\u2022 two\r\n"
        f"\r\nCafe\u0301 \u00adbar\x07 wrapped\r\nline\r\n"
    )
    assert article.text == f"{PROSE}\n\n* one\n\n* two\n\nCaf\u00e9 bar wrapped\nline"


def test_lines_too_long_to_be_wrapped_are_paragraphs() -> None:
    assert parsed(f"{PROSE}\n{MORE}").text == f"{PROSE}\n\n{MORE}"


def test_the_id_depends_on_the_text_or_the_address_alone() -> None:
    plain = parsed(f"Title\n\n{PROSE}")
    assert parsed(f"Other\n\n{PROSE.upper()}\n").article_id == plain.article_id
    assert parsed(f"Title\n\n{MORE}").article_id != plain.article_id
    with_url = [parsed(f"T\nURL: http://a.example/x{end}\n\n{PROSE}") for end in ("", "/#y")]
    assert with_url[0].article_id == with_url[1].article_id != plain.article_id
    assert plain.cluster_id == plain.article_id
    assert plain.word_count == 30


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"%PDF-1.7 text", "binary"),
        (b"PK\x03\x04" + b"x" * 100, "binary"),
        (b"text with \0 in it", "binary"),
        (("word \ufffd" * 30).encode(), "encoding"),
        (b"too few words", "no_text"),
        (b"Title\n\nBy Jane Doe\n", "no_text"),
        (b"\xe2\x80\x8b" * 10, "no_text"),
    ],
)
def test_what_holds_no_article(content: bytes, reason: str) -> None:
    assert refused(content) == reason


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(codec: str) -> None:
    text = f"{PROSE} \u201cThe caf\u00e9 is open,\u201d said Mr Br\u00fcckner \u2013 at last."
    assert parsed(text.encode(codec)).text == text


def test_other_languages_are_rejected_with_the_language() -> None:
    german = (
        "Die beiden Minister trafen sich am Dienstag in Wien und einigten sich darauf, den "
        "Grenz\u00fcbergang wieder zu \u00f6ffnen, sagten Beamte beider Regierungen nach langen "
        "Gespr\u00e4chen, die bis tief in die Nacht gedauert hatten."
    )
    assert refused(german) == "language"


@pytest.mark.skipif(not SEEDS, reason="the seed article is not beside this checkout")
def test_the_seed_article() -> None:
    article = parsed(SEEDS[0].read_bytes())
    assert article.title is not None
    assert article.title.startswith("The US Is Taking Note")
    assert article.byline == "Andrew Korybko"
    assert article.original_source == "OneWorld"
    assert article.published_not_before == date(2021, 9, 27)
    assert article.genre == "opinion"
    assert article.text.startswith("Newsweek")
    assert article.text.endswith("uncertainty will prevail.")
    assert article.text.count("\n\n* ") == 5
    assert "\n\n* 3 June 2020: " in article.text
