"""Wordings: the same words of the same speaker, wherever they are reported, are one of them."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tasks.utterances.runs import changes
from tasks.utterances.sayings import Sayings
from tasks.utterances.spans import Longs
from tasks.utterances.statements import NOBODY, UNDATED

SHORT = 5
"""Words below which equal words are chance, but for quotes of one speaker.

Of two speakers they are 'no comment' or 'it is over'; what is reported in so few words is mostly
no more than what it is about ('praised the deal').
"""
WINDOW = 30
"""Days within which the same words are the same utterance though the speaker is not known to be.

Formulas recur ('there were no reports of casualties', of every quake): of near pairs in news of
2004 to 2009 about half were formulas, and nothing in the words told them apart.
"""


@dataclass(slots=True, frozen=True)
class Wording:
    """Words said by one speaker, or by nobody known, and the sayings that have them, in order.

    `text` is the number of the words, `length` how many they are; `days` are those of its sayings.
    `is_direct` is true where they are speech word for word in one place at least.
    """

    text: int
    length: int
    speaker: int | None
    is_denied: bool
    is_direct: bool
    sayings: Sequence[int]
    days: Sequence[int]

    def is_about_when(self, other: "Wording") -> bool:
        """Whether one of them appears within `WINDOW` days of the other, as far as is known."""
        early, late = sorted((self, other), key=lambda wording: wording.days[0])
        before = bisect_right(early.days, late.days[0])
        return bool(are_near(early.days[before - 1], late.days[0]))


@dataclass(frozen=True, slots=True)
class Numbered:
    """Sayings by their wordings: `order` has those of one together, from its `offsets` on."""

    order: Longs
    offsets: Longs
    sizes: Longs

    def __len__(self) -> int:
        """Return how many wordings there are."""
        return len(self.offsets)

    @property
    def first(self) -> Longs:
        """Return the first saying of each wording."""
        return self.order[self.offsets]

    def sayings(self, number: int) -> Longs:
        """Return the sayings of one wording."""
        offset = self.offsets[number]
        return self.order[offset : offset + self.sizes[number]]

    def of_sayings(self, count: int) -> Longs:
        """Return the wording of each of `count` sayings, -1 where it has no words."""
        found = np.full(count, -1)
        sizes = np.repeat(self.offsets - np.cumsum(self.sizes) + self.sizes, self.sizes)
        found[self.order[sizes + np.arange(len(sizes))]] = np.repeat(
            np.arange(len(self)), self.sizes
        )
        return found


def wordings(given: Sayings) -> Numbered:
    """Return the wordings of sayings, in order of their first appearance.

    What has no words at all is left out. Where the speaker is not known, a wording ends when it
    has not appeared for `WINDOW` days. A short one has several sayings only as a quote of one
    speaker.
    """
    lengths = given.texts.lengths
    is_quote = (lengths >= SHORT) | given.is_direct
    keys = (is_quote, given.is_denied, given.speaker, given.texts.sums())
    order = np.lexsort(keys)
    order = order[lengths[order] > 0]
    begins = np.zeros(len(order), np.bool_)
    for key in keys:
        begins |= changes(key[order])
    days = given.day[order]
    pauses = ~are_near(np.r_[0, days[:-1]], days) | (lengths[order] < SHORT)
    begins |= pauses & ((given.speaker[order] == NOBODY) | ~is_quote[order])
    offsets = np.flatnonzero(begins)
    sizes = np.diff(np.r_[offsets, len(order)])
    ranks = np.argsort(order[offsets])
    return Numbered(order, offsets[ranks], sizes[ranks])


def wording(given: Sayings, sayings: Longs, text: int) -> Wording:
    """Return the wording that consists of `sayings`; `text` is the number of its words."""
    first = sayings[0]
    speaker = int(given.speaker[first])
    return Wording(
        text=text,
        length=int(given.texts.lengths[first]),
        speaker=None if speaker == NOBODY else speaker,
        is_denied=bool(given.is_denied[first]),
        is_direct=bool(given.is_direct[sayings].any()),
        sayings=tuple(sayings.tolist()),
        days=tuple(given.day[sayings].tolist()),
    )


def are_near(early: Any, late: Any) -> Any:
    """Return whether two days, or days in arrays, are at most `WINDOW` apart, or one unknown."""
    return (late == UNDATED) | (late - early <= WINDOW)
