from collections.abc import Sequence
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.annotate import Annotator
from tasks.language import loading
from tasks.language.stance import Marked, Probabilities
from tasks.records import Annotations
from tests.extract.given_articles import REGISTRY, article

ANNOTATOR = Annotator(REGISTRY)
EVIDENCE = {
    "sentences": "text",
    "entity_roles": "role",
    "mentions": "surface",
    "statements": "content",
    "stances": "evidence",
    "time_expressions": "surface",
    "events": "evidence",
    "citations": "title",
}
TEXTS = (
    "Russian Special Presidential Envoy to Afghanistan Zamir Kabulov praised the Taliban on "
    "3 June 2021. “We support the talks in Doha,” he said. Russia condemned ISIS.\n\n"
    "* 3 June 2020: “On The Study Council (SC)\n\n* 4 June 2020: “More Of It”\n",
    "Café — “naïve” talks 😀 in Côte d\u2019Ivoire. The Kabul Study Council (KSC) met yesterday; "
    "the US criticised Iran, and Moscow\u2019s position remains that Kabul must act.",
    "\n\n  Leading space.\r\n\r\nU.S. President Joe Biden said that Turkey will attack Syria.\t",
)


def check_spans(text: str, rows: Annotations) -> set[str]:
    for table, column in EVIDENCE.items():
        for row in getattr(rows, table):
            assert text[row.start_char : row.end_char] == getattr(row, column), (table, row)
    for row in rows.acronyms:
        definition = text[row.start_char : row.end_char]
        assert row.acronym in definition
        assert row.expansion in definition
    return {f.name for f in fields(rows) if getattr(rows, f.name)}


def test_every_row_stands_on_its_words() -> None:
    filled: set[str] = set()
    for text in TEXTS:
        given_article = article(text, published_on=date(2021, 10, 20))
        filled |= check_spans(text, ANNOTATOR.annotate(given_article))
    assert filled == {*EVIDENCE, "acronyms"}


PIECES = st.sampled_from(
    ["US", "Moscow", "President", "Ann Bylander", " said ",
     "“", "”", '"', "\u2019s", "'", "\n\n", "* ",
     "3 June 2020", ": ", ". ", " (KSC)", "😀", "é", "İ", "\u200d", "\u00a0",
     " Kabul Study Council",
     " the ", "last week", "-", "9/11", "\r\n", "“x", "ß", "he"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join))
@settings(max_examples=60, deadline=None)
def test_spans_hold_on_any_text(text: str) -> None:
    rows = ANNOTATOR.annotate(article(text, published_on=date(2021, 10, 20)))
    check_spans(text, rows)
    ends = [0, *(m.end_char for m in rows.mentions)]
    assert all(m.start_char >= end for m, end in zip(rows.mentions, ends, strict=False))


def test_batch_gives_what_single_articles_give() -> None:
    articles = [article(text, article_id=f"{n:016x}") for n, text in enumerate(TEXTS * 30)]
    batch = list(ANNOTATOR.annotate_batch(articles))
    assert [a for a, _ in batch] == articles
    assert batch[-1][1] == ANNOTATOR.annotate(articles[-1])
    assert batch[-1][1].mentions[0].surface == "U.S."


@pytest.mark.parametrize("text", ["", " \n\n "])
def test_nothing_in_nothing_out(text: str) -> None:
    assert ANNOTATOR.annotate(article(text)) == Annotations()


@pytest.mark.parametrize("kept", [0, 100_000])
def test_pairs_of_a_long_text_are_read_with_its_vectors_or_without(
    kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_CHUNK", 200)
    monkeypatch.setattr(loading, "_KEPT", kept)
    asked: list[int] = []

    def note(pairs: Sequence[Marked], *, is_seeking: bool = False) -> Probabilities:
        asked.append(len(pairs) * is_seeking)
        return read(pairs, is_seeking=is_seeking)

    annotator = Annotator(REGISTRY)
    read = annotator._classifier.between
    monkeypatch.setattr(annotator._classifier, "between", note)
    text = "Russia and the Taliban were in Kabul when the attack hurt China and Iran.\n\n" * 6
    check_spans(text, annotator.annotate(article(text)))
    pairs = 6 * 6  # of four parties in each of six sentences
    assert (sum(asked) == pairs) is (kept == 0)
    assert 0 < sum(asked) <= pairs
