"""Which pairs the classifier is shown: a cheap look at the vectors that the parse was made of."""

from collections.abc import Sequence

import numpy as np
from spacy.tokens import Span

from tasks.extract.document import Document, SentenceSpan
from tasks.extract.stances.pairs import Pair
from tasks.language.stance_screen import MARKS, PARTS
from tasks.language.weights import Floats
from warehouse.tables import Mention

NEAR = 6
"""Words on either side of a target that stand for what is between where there is no holder."""
_FAR, _LONG = 20, 40
"""Distances and lengths, in words, that count as one, and twice of which count no further."""


def pair_vectors(document: Document, pairs: Sequence[Pair]) -> Floats:
    """Return what the screen sees of each pair, shape (pairs, `PARTS` * width + `MARKS`).

    The means of both parties, of what stands between and of the sentence, and both governors.
    A document without vectors gives rows without width.
    """
    if document.doc.tensor.ndim != 2 or not document.doc.tensor.size:
        return np.zeros((len(pairs), 0), np.float32)
    width = document.doc.tensor.shape[1]
    rows = np.zeros((len(pairs), PARTS * width + MARKS), np.float32)
    for row, pair in zip(rows, pairs, strict=True):
        vectors, marks = _seen(document, pair)
        row[: PARTS * width].reshape(PARTS, width)[:] = vectors
        row[PARTS * width :] = marks
    return rows


def _seen(document: Document, pair: Pair) -> tuple[Floats, list[float]]:
    tensor = document.doc.tensor
    whole = _span(document, pair.sentence)
    second = _span(document, pair.second)
    first = _first(document, pair, whole)
    found = np.zeros((PARTS, tensor.shape[1]), np.float32)
    start, end = second.start - NEAR, second.end + NEAR
    if first is not None:
        found[0] = tensor[first.start : first.end].mean(0)
        found[1] = tensor[first.root.head.i]
        start, end = min(first.end, second.end), max(first.start, second.start)
    found[2] = tensor[second.start : second.end].mean(0)
    found[3] = tensor[second.root.head.i]
    start, end = max(start, whole.start), min(end, whole.end)
    if start < end:
        found[4] = tensor[start:end].mean(0)
    found[5] = tensor[whole.start : whole.end].mean(0)
    gap = 2.0 if first is None else min(abs(second.start - first.start) / _FAR, 2.0)
    place = (second.start - whole.start) / len(whole)
    marks = [pair.is_mutual, first is None, gap, min(len(whole) / _LONG, 2.0), place]
    return found, [float(mark) for mark in marks]


def _first(document: Document, pair: Pair, whole: Span) -> Span | None:
    """Return the holder's name where it stands in the sentence."""
    if pair.first is None:
        return None
    span = _span(document, pair.first)
    return span if whole.start <= span.start and span.end <= whole.end else None


def _span(document: Document, part: Mention | SentenceSpan) -> Span:
    """Return the tokens of `part`, all that it touches."""
    found = document.doc.char_span(part.start_char, part.end_char, alignment_mode="expand")
    assert found is not None, "a mention or sentence has tokens"
    return found
