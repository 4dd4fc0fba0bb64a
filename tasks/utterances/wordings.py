"""Wordings: the same words of the same speaker, wherever they are reported, are one of them."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tasks.utterances.sayings import UNDATED, Saying
from tasks.utterances.words import Words

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


@dataclass(slots=True)
class Wording:
    """Words said by one speaker, or by nobody known, and the sayings that have them, in order.

    `is_direct` is true where they are speech word for word in one place at least.
    """

    words: Words
    speaker: str | None
    is_denied: bool
    sayings: list[Saying]
    is_direct: bool = False

    @property
    def first_on(self) -> date:
        """Day of its first appearance."""
        return self.sayings[0].day

    @property
    def quotes(self) -> set[Words]:
        """The quotes within it, where it is mixed with other words."""
        return {words for saying in self.sayings for words in saying.quotes}

    def is_about_when(self, other: "Wording") -> bool:
        """Whether one of them appears within `WINDOW` days of the other, as far as is known."""
        early, late = sorted((self, other), key=lambda wording: wording.first_on)
        before = bisect_right(early.sayings, late.first_on, key=lambda saying: saying.day)
        return are_near(early.sayings[before - 1].day, late.first_on)


def wordings(sayings: Iterable[Saying]) -> list[Wording]:
    """Return the wordings of `sayings`, which come in order of appearance, in the same order.

    What has no words at all is left out. Where the speaker is not known, a wording ends when it
    has not appeared for `WINDOW` days. A short one has several sayings only as a quote of one
    speaker.
    """
    alike: dict[tuple[Words, str | None, bool, bool], list[Saying]] = {}
    for saying in sayings:
        if saying.words:
            is_quote = len(saying.words) >= SHORT or saying.is_direct
            key = (saying.words, saying.speaker, saying.is_denied, is_quote)
            alike.setdefault(key, []).append(saying)
    found = [
        Wording(words, speaker, is_denied, part, any(saying.is_direct for saying in part))
        for (words, speaker, is_denied, is_quote), some in alike.items()
        for part in ([some] if speaker and is_quote else _spells(some))
    ]
    return sorted(found, key=lambda wording: wording.sayings[0].order)


def are_near(early: date, late: date) -> bool:
    """Return whether two days are at most `WINDOW` days apart, or one is not known."""
    return late == UNDATED or (late - early).days <= WINDOW


def _spells(sayings: list[Saying]) -> list[list[Saying]]:
    """Return `sayings` parted where they pause; short ones each alone."""
    if len(sayings[0].words) < SHORT:
        return [[saying] for saying in sayings]
    spells = [sayings[:1]]
    for before, after in pairwise(sayings):
        if not are_near(before.day, after.day):
            spells.append([])
        spells[-1].append(after)
    return spells
