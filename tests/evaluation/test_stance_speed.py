from itertools import count
from unittest.mock import patch

import pytest
import spacy
from spacy.tokens import Doc, Span

from benchmarks.speed import stance
from benchmarks.speed.shares import share_rows
from tests.evaluation.given_stances import words


@pytest.fixture
def doc() -> Doc:
    """Two sentences; the first has three names, the second one."""
    doc = spacy.blank("en")("Vell met Orin in Oslo. Then Holm left.")
    for token in doc:
        token.is_sent_start = token.i in (0, 6)
    names = [(0, 1, "ORG"), (2, 3, "PERSON"), (4, 5, "GPE"), (7, 8, "PERSON")]
    doc.ents = [Span(doc, *name) for name in names]
    return doc


def test_neighbouring_names_of_a_sentence_are_pairs(doc: Doc) -> None:
    found = stance.pairs(doc)
    assert [(words(one, one.holder), words(one, one.target)) for one in found] == [
        ("Vell", "Orin"),
        ("Orin", "Oslo"),
    ]
    assert {one.text for one in found} == {"Vell met Orin in Oslo."}


def test_each_name_is_a_target_in_its_sentence(doc: Doc) -> None:
    found = stance.targets(doc)
    assert [words(one, one.target) for one in found] == ["Vell", "Orin", "Oslo", "Holm"]
    assert found[3].text == "Then Holm left."
    assert not any(one.holder for one in found)


def test_the_speed_is_the_median_of_the_turns_after_the_first(doc: Doc) -> None:
    marked = stance.targets(doc)  # four
    asked: list[int] = []
    ticks = count()
    seconds = [0.0, 100.0, 100.0, 101.0, 101.0, 103.0, 103.0, 107.0]  # turns of 100, 1, 2 and 4
    with patch("time.perf_counter", lambda: seconds[next(ticks)]):
        found = stance._speed(lambda some: asked.append(len(some)), [[marked, marked]] * 4)
    # 8 in 1, 2 and 4 seconds
    assert found == {"sentences/s": 4, "spread %": 150.0}
    assert asked == [4] * 8


def test_shares_are_of_the_whole_and_the_longest_step_leads() -> None:
    rows = share_rows({"mentions": 1.0, "language model": 2.0}, 4.0)
    assert [(row["what"], row["share %"]) for row in rows] == [
        ("language model", 50),
        ("mentions", 25),
        ("annotate", 100),
    ]
