"""Parting a long text into windows that the encoder can take.

A window ends where a sentence most likely does, so that few need more around them; one that must
end elsewhere overlaps with its neighbours. The time is linear in the number of words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tasks.language.features import Case, Ints, Spacing

_STOPS = frozenset({".", "!", "?", "…", "...", "?!", "!!", "???"})
_CLOSERS = frozenset({'"', "”", "\u2019", "'", ")", "]", "»"})
_OPENS = frozenset({Case.TITLE, Case.UPPER, Case.LETTER, Case.NUMBER, Case.MIXED})


@dataclass(frozen=True, slots=True)
class Window:
    """Words `first` to `last` are encoded; the vectors of `start` to `end` are kept."""

    first: int
    start: int
    end: int
    last: int


def likely_ends(words: Sequence[str], case: Ints, spacing: Ints) -> Ints:
    """Return the words, as an array of numbers, before which a sentence most likely ends."""
    found = spacing == Spacing.PARAGRAPH
    is_closed = False
    for at, word in enumerate(words):
        if is_closed and case[at] in _OPENS and spacing[at] != Spacing.JOINED:
            found[at] = True
        is_closed = word in _STOPS or (is_closed and word in _CLOSERS)
    return np.flatnonzero(found)


def windows(counts: Ints, ends: Ints, size: int, overlap: int) -> list[Window]:
    """Part words with `counts` pieces each into windows of at most `size` pieces, in order.

    `overlap` is how many pieces, at most, are taken along on either side of a cut within a
    sentence. Only a single word that has more pieces makes a window larger.
    """
    total = np.concatenate([[0], np.cumsum(counts)])
    number = len(counts)
    cuts = np.union1d(ends, [0, number])
    natural = set(cuts.tolist())
    found: list[Window] = []
    start = 0
    while start < number:
        first = start if start in natural else _from(total, total[start] - overlap)
        end = int(cuts[np.searchsorted(cuts, _until(total, total[first] + size), "right") - 1])
        if end <= start or total[end] - total[start] < size // 3 < total[number] - total[start]:
            end = _until(total, total[first] + size - overlap)
            end = min(max(end, start + 1), number)
        last = end if end in natural else _until(total, total[end] + overlap)
        found.append(Window(first, start, end, last))
        start = end
    return found


def _from(total: Ints, pieces: int) -> int:
    """Return the first word before which there are `pieces` pieces or more."""
    return int(np.searchsorted(total, pieces))


def _until(total: Ints, pieces: int) -> int:
    """Return the end of the words that have no more than `pieces` pieces together."""
    return int(np.searchsorted(total, pieces, "right")) - 1
