"""What is said within something said: 'A said that B said it' does not say what B said."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tasks.utterances.sayings import Sayings
from tasks.utterances.spans import Longs

DEPTH = 8
"""Sayings around one that are looked at, the innermost ones."""


def nested(given: Sayings, wordings: Longs, texts: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of wordings of which one stands within, or overlaps, the other.

    `wordings` are those of the sayings, -1 where there are none; `texts` tell their words apart.
    What two say together has the same words, and is not nested.
    """
    order = _overlapping(given, wordings)
    columns = (given.article, given.start, given.end, wordings, texts)
    around: list[tuple[int, int, int, int]] = []
    for article, start, end, number, text in zip(
        *(column[order].tolist() for column in columns), strict=True
    ):
        around = [one for one in around if one[0] == article and one[1] > start][-DEPTH:]
        for _, _, outer, words in around:
            if words != text:
                yield outer, number
        around.append((article, end, number, text))


def _overlapping(given: Sayings, wordings: Longs) -> Longs:
    """Return the sayings that overlap another, by article and place."""
    order = np.lexsort((wordings, given.end, given.start, given.article))
    order = order[wordings[order] >= 0]
    article, start = given.article[order].astype(np.int64), given.start[order]
    reach = np.maximum.accumulate((article << 32) + given.end[order])
    is_within = np.zeros(len(order) + 1, np.bool_)
    is_within[1:-1] = reach[:-1] > (article[1:] << 32) + start[1:]
    return order[is_within[:-1] | is_within[1:]]
