"""What decides: a rule as the classifier sees it, or the classifier where no rule reads."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from tasks.extract.document import Document
from tasks.extract.stances.confidence import of_model, weighed
from tasks.extract.stances.pairs import Pair
from tasks.extract.stances.rows import Key, Rows, Ruled
from tasks.extract.stances.screening import pair_vectors
from tasks.language.stance import Marked, Probabilities
from tasks.language.weights import Floats
from warehouse.tables import Stance

_THERE, _BACK = [2, 0, 1], [4, 0, 3]
"""Oppose, neutral and support among the classes of a pair, from holder to target and back."""


class Reader(Protocol):
    """What reads marked sentences; see `tasks.language.stance.StanceModel`."""

    def between(self, pairs: Sequence[Marked]) -> Probabilities:
        """Return probabilities, shape (pairs, 5)."""

    def towards(self, items: Sequence[Marked]) -> Probabilities:
        """Return probabilities, shape (items, 3)."""


class Classifier(Protocol):
    """The same; where it `is_seeking`, it may give what is plainly nothing a shorter look."""

    def passes(self, vectors: Floats) -> NDArray[np.bool_]:
        """Tell which pairs are worth being read; see `screening.pair_vectors`."""

    def between(self, pairs: Sequence[Marked], *, is_seeking: bool = False) -> Probabilities:
        """Return probabilities, shape (pairs, 5)."""

    def towards(self, items: Sequence[Marked], *, is_seeking: bool = False) -> Probabilities:
        """Return probabilities, shape (items, 3)."""


class Scored(NamedTuple):
    """A pair, one way round, with the probabilities of oppose, neutral and support."""

    pair: Pair
    is_back: bool
    scores: Probabilities


def decided(
    by_rule: Sequence[Ruled], pairs: Sequence[Pair], classifier: Classifier, rows: Rows
) -> Iterator[Stance]:
    """Yield the rows of the rules as the classifier sees them, and those it alone finds.

    Where a rule reads a position of a party, or on one, the classifier adds none of or on it: it
    tends to give somebody else in the sentence what the rule has explained.
    """
    yield from _weighed(by_rule, classifier)
    explained = {
        (one.row.sentence_id, party)
        for one in by_rule
        for party in (one.row.holder_id, one.row.target_id)
        if party is not None
    }
    open_pairs = [
        pair
        for pair in pairs
        if not any((pair.sentence.sentence_id, p) in explained for p in rows.key(pair, False)[1:])
    ]
    taken: set[Key] = set()
    for one in _scored(rows.document, open_pairs, classifier):
        key = rows.key(one.pair, one.is_back)
        polarity, confidence = of_model(one.scores, is_author=one.pair.first is None)
        if polarity is None or key in taken or rows.is_denied(one.pair, one.is_back):
            continue
        taken.add(key)
        score = round(float(one.scores[2] - one.scores[0]), 2)
        row = rows.of_pair(one.pair, one.is_back, polarity, score)
        yield replace(row, confidence=confidence)


def _weighed(by_rule: Sequence[Ruled], classifier: Classifier) -> Iterator[Stance]:
    """Yield the rows of the rules with the confidence that the classifier leaves them."""
    read = [one for one in by_rule if one.marked is not None and one.row.polarity != "neutral"]
    two = [one.marked for one in read if one.marked is not None and one.marked.holder is not None]
    own = [one.marked for one in read if one.marked is not None and one.marked.holder is None]
    between = iter(classifier.between(two)) if two else iter(())
    towards = iter(classifier.towards(own)) if own else iter(())
    for one in by_rule:
        if one.marked is None or one.row.polarity == "neutral":
            yield one.row
            continue
        scores = next(towards) if one.marked.holder is None else next(between)[_THERE]
        agrees = float(scores[2] if one.row.polarity == "support" else scores[0])
        yield replace(
            one.row, confidence=weighed(one.row.confidence, agrees, is_direct=one.is_direct)
        )


def _scored(document: Document, pairs: Sequence[Pair], classifier: Classifier) -> Iterator[Scored]:
    worth = classifier.passes(pair_vectors(document, pairs))
    pairs = [pair for pair, is_worth in zip(pairs, worth, strict=True) if is_worth]
    two = [pair for pair in pairs if pair.first is not None]
    own = [pair for pair in pairs if pair.first is None]
    between = classifier.between([pair.marked for pair in two], is_seeking=True)
    towards = classifier.towards([pair.marked for pair in own], is_seeking=True)
    for pair, found in zip(two, between, strict=True):
        yield Scored(pair, False, found[_THERE])
        if pair.is_mutual:
            yield Scored(pair, True, found[_BACK])
    for pair, found in zip(own, towards, strict=True):
        yield Scored(pair, False, found)
