"""Which wordings are worth comparing: those that share rare runs of three words.

An inverted index in arrays, made part by part; time and memory grow with the number of words.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.utterances.runs import Index, changes, index_of, rank
from tasks.utterances.spans import Spans, spans_of
from tasks.utterances.words import Words

RAREST = 8
"""Runs of a wording by which others are looked for."""
NEAREST = 10
"""Wordings that one is compared with: those that share most of its rarest runs."""
AT_ONCE = 20_000
"""Wordings looked up together: bounds the memory that takes."""

Numbers = NDArray[np.int32] | NDArray[np.int64]


class Pair(NamedTuple):
    """Two wordings by their numbers, and how many words the run they share is later in `other`."""

    one: int
    other: int
    shift: int


def candidates(wordings: Sequence[Words] | Spans) -> Iterator[Pair]:
    """Yield the pairs of `wordings` that are worth comparing, from each at most `NEAREST`."""
    spans = wordings if isinstance(wordings, Spans) else spans_of(wordings)
    index = index_of(spans)
    for first in range(0, len(spans), AT_ONCE):
        yield from _pairs(index, first, min(first + AT_ONCE, len(spans)))


def _pairs(index: Index, first: int, last: int) -> Iterator[Pair]:
    """Yield the pairs that the rarest runs of the wordings `first` to `last` lead to."""
    runs, owners, places = index.shared(first, last, most=RAREST)
    taken, starts = index.listed(runs), index.starts[runs].astype(np.int64)
    begins = np.repeat(np.cumsum(taken) - taken, taken)
    found = np.repeat(starts, taken) + np.arange(taken.sum()) - begins
    ones, others = np.repeat(owners, taken), index.owners[found]
    shifts = index.places[found] - np.repeat(places, taken)
    is_pair = ones != others
    if is_pair.any():
        yield from _most_shared(ones[is_pair], others[is_pair], shifts[is_pair])


def _most_shared(ones: Numbers, others: Numbers, shifts: Numbers) -> Iterator[Pair]:
    """Yield, for each of `ones`, the pairs that occur most, with the shift they most often have."""
    order = np.lexsort((shifts, others, ones))
    ones, others, shifts = ones[order], others[order], shifts[order]
    is_pair = changes(ones) | changes(others)
    numbers = np.cumsum(is_pair) - 1
    starts = np.flatnonzero(is_pair | changes(shifts))
    times = np.diff(np.r_[starts, len(ones)])
    best = starts[np.lexsort((-times, numbers[starts]))]
    best = best[changes(numbers[best])]
    totals = np.bincount(numbers)
    ones, others, shifts = ones[best], others[best], shifts[best]
    order = np.lexsort((others, -totals, ones))
    kept = order[rank(ones[order]) < NEAREST]
    yield from map(Pair, ones[kept].tolist(), others[kept].tolist(), shifts[kept].tolist())
