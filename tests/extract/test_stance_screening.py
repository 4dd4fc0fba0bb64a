"""The screen before the classifier: what it sees of a pair, and what it lets pass."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tasks.extract.carriers import Carriers
from tasks.extract.document import Document
from tasks.extract.mentions import find_mentions
from tasks.extract.quotes import find_quotes
from tasks.extract.stances.pairs import Pair, PairFinder
from tasks.extract.stances.screening import pair_vectors
from tasks.extract.statements import find_statements
from tasks.language import load_language
from tasks.language.stance import load_stance_model
from tasks.language.stance_screen import MARKS, NEEDED, Screen
from tasks.language.weights import Weights
from tasks.registry import load_registry
from tests.rows import article

WIDTH = 4


def pairs_of(text: str) -> tuple[Document, list[Pair]]:
    document = Document.of(replace(article("a"), text=text), load_language()(text))
    found = find_mentions(document, load_registry(), [])
    statements = find_statements(document, found, find_quotes(text))
    return document, list(PairFinder(document, found, Carriers(document, found, statements)).all())


def test_a_pair_is_seen_by_its_words_and_what_governs_them() -> None:
    document, (pair,) = pairs_of("Pakistan met India after the attack.")
    document.doc.tensor = np.arange(7, dtype=np.float32)[:, None] * np.ones(WIDTH, np.float32)
    (row,) = pair_vectors(document, [pair])
    # Pakistan 0, met 1, India 2, after 3, the 4, attack 5, the full stop 6
    assert row[:-MARKS].reshape(-1, WIDTH)[:, 0].tolist() == [0, 1, 2, 1, 1, 3]
    mutual, author, gap, length, place = row[-MARKS:].tolist()
    assert (mutual, author) == (1, 0)
    assert (gap, length, place) == pytest.approx((2 / 20, 7 / 40, 2 / 7))


def test_without_vectors_all_pairs_pass() -> None:
    document, pairs = pairs_of("Pakistan met India after the attack.")
    document.doc.tensor = np.zeros((0,), np.float32)
    seen = pair_vectors(document, pairs)
    assert seen.shape == (1, 0)
    assert load_stance_model().passes(seen).tolist() == [True]


def test_screen_passes_what_reaches_its_threshold(tmp_path: Path) -> None:
    given = [[[10.0, 0.0]], [0.0], [[1.0]], [-3.0], [2.0]]
    weights = {name: np.array(one, np.float32) for name, one in zip(NEEDED, given, strict=True)}
    Weights(weights).write(tmp_path / "screen.npz")
    screen = Screen(tmp_path / "screen.npz")
    seen = np.array([[0.4, 9.0], [0.6, -9.0]], np.float32)
    assert screen.scores(seen) == pytest.approx([4 - 3, 6 - 3], abs=0.01)
    assert screen.passes(seen).tolist() == [False, True]
    assert screen.passes(seen[:, :1]).tolist() == [True, True]  # of another language model


def test_the_screen_that_ships_tells_a_quarrel_from_a_road() -> None:
    quarrel = pairs_of("Pakistan was furious at the attack, for which it held India responsible.")
    road = pairs_of("The attack happened on the road from Pakistan to Afghanistan.")
    passes = [load_stance_model().passes(pair_vectors(*found)) for found in (quarrel, road)]
    assert [one.any() for one in passes] == [True, False]
