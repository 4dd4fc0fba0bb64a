"""Which wordings are worth comparing: those that share rare runs of three words.

An inverted index in arrays; time and memory grow with the number of words.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.utterances.words import Words

RUN = 3
"""Words of the runs that wordings are found by."""
RAREST = 8
"""Runs of a wording by which others are looked for."""
EARLIEST = 20
"""Wordings looked at of those that share a run, the first ones: what they repeat is among them."""
NEAREST = 10
"""Wordings that one is compared with: those that share most of its rarest runs."""
AT_ONCE = 20_000
"""Wordings looked up together: bounds the memory that takes."""

Numbers = NDArray[np.int32] | NDArray[np.int64]
Array = Numbers | NDArray[np.uint64]
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""2^64 over the golden ratio, as in Fibonacci hashing (Knuth, vol. 3, 6.4)."""


class Pair(NamedTuple):
    """Two wordings by their numbers, and how many words the run they share is later in `other`."""

    one: int
    other: int
    shift: int


class _Runs(NamedTuple):
    """Runs of all wordings, each once a wording: hash, wording and place, by hash and wording."""

    keys: NDArray[np.uint64]
    owners: Numbers
    places: Numbers


def candidates(wordings: Sequence[Words]) -> Iterator[Pair]:
    """Yield the pairs of `wordings` that are worth comparing, from each at most `NEAREST`."""
    runs = _runs(wordings)
    if not len(runs.keys):
        return
    is_first = _changes(runs.keys)
    starts = np.flatnonzero(is_first)
    sizes = np.diff(np.r_[starts, len(runs.keys)])
    numbers = np.cumsum(is_first) - 1
    chosen = _rarest(runs.owners, sizes[numbers])
    bounds = np.searchsorted(runs.owners[chosen], np.arange(0, len(wordings) + AT_ONCE, AT_ONCE))
    for start, end in pairwise(bounds):
        some = chosen[start:end]
        yield from _pairs(runs, some, starts[numbers[some]], sizes[numbers[some]])


def _runs(wordings: Sequence[Words]) -> _Runs:
    lengths = np.fromiter(map(len, wordings), np.int64, len(wordings))
    words = np.fromiter((word for words in wordings for word in words), np.uint64, lengths.sum())
    owners = np.repeat(np.arange(len(wordings), dtype=np.int32), lengths)
    places = np.arange(len(words), dtype=np.int32)
    places -= np.repeat((np.cumsum(lengths) - lengths).astype(np.int32), lengths)
    is_whole = places + RUN <= lengths[owners]
    keys = np.zeros(len(words), np.uint64)
    for offset in range(RUN):
        keys = keys * _FACTOR + np.roll(words, -offset)
    order = np.flatnonzero(is_whole)
    order = order[np.lexsort((owners[order], keys[order]))]
    keys, owners, places = keys[order], owners[order], places[order]
    is_new = _changes(keys) | _changes(owners)
    return _Runs(keys[is_new], owners[is_new], places[is_new])


def _rarest(owners: Numbers, sizes: Numbers) -> Numbers:
    """Return which runs are among the `RAREST` of their wording that others have too."""
    shared = np.flatnonzero(sizes > 1)
    order = shared[np.lexsort((shared, sizes[shared], owners[shared]))]
    return order[_rank(owners[order]) < RAREST]


def _pairs(runs: _Runs, chosen: Numbers, starts: Numbers, sizes: Numbers) -> Iterator[Pair]:
    """Yield the pairs that the runs `chosen` lead to; `starts` and `sizes` are of their lists."""
    taken = np.minimum(sizes, EARLIEST)
    begins = np.repeat(np.cumsum(taken) - taken, taken)
    found = np.repeat(starts, taken) + np.arange(taken.sum()) - begins
    ones, others = np.repeat(runs.owners[chosen], taken), runs.owners[found]
    shifts = runs.places[found] - np.repeat(runs.places[chosen], taken)
    is_pair = ones != others
    yield from _most_shared(ones[is_pair], others[is_pair], shifts[is_pair])


def _most_shared(ones: Numbers, others: Numbers, shifts: Numbers) -> Iterator[Pair]:
    """Yield, for each of `ones`, the pairs that occur most, with the shift they most often have."""
    order = np.lexsort((shifts, others, ones))
    ones, others, shifts = ones[order], others[order], shifts[order]
    is_pair = _changes(ones) | _changes(others)
    numbers = np.cumsum(is_pair) - 1
    starts = np.flatnonzero(is_pair | _changes(shifts))
    times = np.diff(np.r_[starts, len(ones)])
    best = starts[np.lexsort((-times, numbers[starts]))]
    best = best[_changes(numbers[best])]
    totals = np.bincount(numbers)
    ones, others, shifts = ones[best], others[best], shifts[best]
    order = np.lexsort((others, -totals, ones))
    kept = order[_rank(ones[order]) < NEAREST]
    yield from map(Pair, ones[kept].tolist(), others[kept].tolist(), shifts[kept].tolist())


def _changes(values: Array) -> NDArray[np.bool_]:
    """Return where sorted `values` begin anew."""
    begins = np.ones(len(values), np.bool_)
    begins[1:] = values[1:] != values[:-1]
    return begins


def _rank(values: Numbers) -> Numbers:
    """Return how many equal ones stand before each of the sorted `values`."""
    return np.arange(len(values)) - np.searchsorted(values, values)
