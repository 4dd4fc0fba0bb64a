"""An index of runs of words: which of them several texts share, and the first texts that do."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tasks.utterances.spans import AT_ONCE, FACTOR, Ints, Longs, Spans

RUN = 3
"""Words of the runs that texts are found by."""
EARLIEST = 20
"""Texts listed of those that share a run, the first ones: what they repeat is among them."""
PART_BITS, SMALL = 4, 18
"""Runs are sorted in 2^4 parts, to save memory, but for few of them: parts of 2^18 or less."""

Keys = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Index:
    """Runs of all texts, one after another; `offsets` says where those of a text begin.

    `sizes` has, for each run, how many texts have it: 0 where it is one text's alone, or stands
    there before. `starts` says where its list of texts begins in `owners` and `places`.
    """

    spans: Spans
    offsets: Longs
    sizes: Ints
    starts: NDArray[np.uint32]
    owners: Ints
    places: Ints

    def listed(self, runs: Longs) -> Longs:
        """Return how many texts are listed for each of `runs`."""
        return np.minimum(self.sizes[runs], EARLIEST).astype(np.int64)

    def shared(self, first: int, last: int, *, most: int) -> tuple[Longs, Longs, Longs]:
        """Return the `most` rarest shared runs of each of the texts `first` to `last`.

        They come as numbers of runs, of texts, and of the words before them in the text.
        """
        begin, end = self.offsets[first], self.offsets[last]
        runs = np.flatnonzero(self.sizes[begin:end])
        owners = np.repeat(np.arange(first, last), np.diff(self.offsets[first : last + 1]))[runs]
        keys = _keys(self.spans, first, last)[runs]
        runs += begin
        order = np.lexsort((keys, self.sizes[runs], owners))
        order = order[rank(owners[order]) < most]
        runs, owners = runs[order], owners[order]
        return runs, owners, runs - self.offsets[owners]


def index_of(spans: Spans) -> Index:
    """Return the index of the texts `spans`."""
    counts = np.maximum(spans.lengths - (RUN - 1), 0)
    offsets = np.r_[0, np.cumsum(counts)]
    total = int(offsets[-1])
    sizes, starts = np.zeros(total, np.int32), np.zeros(total, np.uint32)
    bits = min((total >> SMALL).bit_length(), PART_BITS)
    lists: list[tuple[Ints, Ints]] = []
    start = 0
    for part in range(1 << bits):
        keys, runs, owners = _part(spans, offsets, part, bits)
        begins = np.flatnonzero(changes(keys))
        counted = np.diff(np.r_[begins, len(keys)])
        numbers = np.repeat(np.arange(len(begins)), counted)
        ranks = np.arange(len(keys)) - begins[numbers]
        is_shared = counted > 1
        kept = np.where(is_shared, np.minimum(counted, EARLIEST), 0)
        lists_start = start + np.cumsum(kept) - kept
        chosen = is_shared[numbers]
        sizes[runs[chosen]] = counted[numbers[chosen]]
        starts[runs[chosen]] = lists_start[numbers[chosen]]
        chosen &= ranks < EARLIEST
        start += int(chosen.sum())
        places = (runs[chosen] - offsets[owners[chosen]]).astype(np.int32)
        lists.append((owners[chosen], places))
    of, at = (np.concatenate(some) for some in zip(*lists, strict=True))
    return Index(spans, offsets, sizes, starts, of, at)


def _part(spans: Spans, offsets: Longs, part: int, bits: int) -> tuple[Keys, Longs, Ints]:
    """Return hash, number and text of the runs whose hash begins with the bits of `part`.

    Each is there once a text, by hash and text.
    """
    found = []
    for first in range(0, len(spans), AT_ONCE):
        last = min(first + AT_ONCE, len(spans))
        keys = _keys(spans, first, last)
        some = (
            np.flatnonzero(keys >> np.uint64(64 - bits) == part) if bits else np.arange(len(keys))
        )
        owners = np.repeat(
            np.arange(first, last, dtype=np.int32), np.diff(offsets[first : last + 1])
        )
        found.append((keys[some], some + offsets[first], owners[some]))
    if not found:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, np.int32)
    keys, runs, owners = (np.concatenate(some) for some in zip(*found, strict=True))
    order = np.argsort(keys, kind="stable")
    keys, owners = keys[order], owners[order]
    is_new = changes(keys) | changes(owners)
    return keys[is_new], runs[order[is_new]], owners[is_new]


def _keys(spans: Spans, first: int, last: int) -> Keys:
    """Return the hashes of the runs of the texts `first` to `last`."""
    lengths = spans.lengths[first:last]
    words = spans.values(first, last)
    keys = np.zeros(len(words), np.uint64)
    for offset in range(RUN):
        keys = keys * FACTOR + np.roll(words, -offset)
    ends = np.repeat(np.cumsum(lengths), lengths)
    return keys[np.arange(len(keys)) + RUN <= ends]


def changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Return where sorted `values` begin anew."""
    begins = np.ones(len(values), np.bool_)
    begins[1:] = values[1:] != values[:-1]
    return begins


def rank(values: NDArray[Any]) -> Longs:
    """Return how many equal ones stand before each of the sorted `values`."""
    return np.arange(len(values)) - np.searchsorted(values, values)
