"""Runs of words in one array: what is said, in a tenth of the memory that tuples take."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tasks.utterances.words import Words

FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""2^64 over the golden ratio, as in Fibonacci hashing (Knuth, vol. 3, 6.4)."""
AT_ONCE = 100_000
"""Texts that are worked on at once."""

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spans:
    """Texts in the array `words` of numbers: where each begins, and how many words it has.

    `digests` has, for each number, 64 bits that depend on nothing but the word.
    """

    words: Ints
    digests: NDArray[np.uint64]
    begins: Longs
    lengths: Longs

    def __len__(self) -> int:
        """Return how many texts there are."""
        return len(self.begins)

    def text(self, number: int) -> Words:
        """Return the words of one text."""
        begin = self.begins[number]
        return tuple(self.words[begin : begin + self.lengths[number]].tolist())

    def take(self, numbers: NDArray[Any]) -> "Spans":
        """Return some of the texts."""
        return replace(self, begins=self.begins[numbers], lengths=self.lengths[numbers])

    def values(self, first: int, last: int) -> NDArray[np.uint64]:
        """Return the digests of the words of the texts `first` to `last`, one after another."""
        lengths = self.lengths[first:last]
        ends = np.cumsum(lengths)
        places = np.repeat(self.begins[first:last] - (ends - lengths), lengths)
        places += np.arange(len(places))
        found: NDArray[np.uint64] = self.digests[self.words[places]]
        return found

    def sums(self) -> NDArray[np.uint64]:
        """Return 64 bits for each text, the same for the same words.

        Two of 13 million different texts have the same by chance once in 200,000 lakes.
        """
        found = np.zeros(len(self), np.uint64)
        for first in range(0, len(self), AT_ONCE):
            last = first + AT_ONCE
            lengths = self.lengths[first:last]
            ends = np.cumsum(lengths)
            values = self.values(first, last)
            powers = np.full(max(lengths.max(), 1), FACTOR)
            powers[0] = 1
            places = np.arange(len(values)) - np.repeat(ends - lengths, lengths)
            sums = np.r_[np.uint64(0), np.cumsum(values * np.cumprod(powers)[places])]
            found[first:last] = sums[ends] - sums[ends - lengths]
        return found


def spans_of(texts: Sequence[Words]) -> Spans:
    """Return `texts` as spans; their words stand for themselves."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    given = np.fromiter((word for words in texts for word in words), np.uint64, lengths.sum())
    digests, words = np.unique(given, return_inverse=True)
    return Spans(words.astype(np.int32), digests, np.cumsum(lengths) - lengths, lengths)
