"""Which marks of a paragraph belong together: the outermost pairs, and what is left open."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tasks.extract.quote_marks import Family, Mark, marks_of

_SENTENCE_END = re.compile(r"(\w*)[.!?…]['\u2019)\]]?(?=\s+[^\W\d_a-z]|\s*\n)")
WEAK_WORDS = 6
"""Most words of a single quote that ends on what may be a plural possessive."""
_LONE = frozenset({"single", "angle"})
"""Families whose signs are often no marks: they close nothing across another family's mark."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands at `text[start:end]` between two marks.

    `opened` is None where the paragraph before left the quote open, `closed` where no mark ends it.
    """

    opened: Mark | None
    closed: Mark | None
    start: int
    end: int


def pairs_of(
    text: str, start: int, end: int, *, left_open: Mark | None, reopened: Mark | None
) -> list[Pair]:
    """Return the outermost pairs of the paragraph `text[start:end]` in order.

    `left_open` is the mark that the paragraph before leaves open, `reopened` the mark with which
    the next begins.
    """
    matching = _Matching(start, left_open)
    for mark in marks_of(text, start, end):
        matching.add(mark)
    pairs = _outermost(matching.pairs + matching.weak_pairs(text, reopened))
    unclosed = [m for m in matching.opened if _may_stay_open(m, reopened)]
    # A single quote may stand in a double one that is left open; a double one shows it to be over.
    strong = [p.start for p in pairs if p.opened is None or p.opened.family not in _LONE]
    bounds = sorted(strong + [m.end for m in unclosed])
    for mark in unclosed:
        number = bisect_right(bounds, mark.end)
        following = bounds[number] if number < len(bounds) else None
        if following is None or (mark is unclosed[-1] and is_again(mark, reopened)):
            pairs.append(Pair(mark, None, mark.end, end))
        elif mark.family != "single":
            cut = _broken_off(text, mark.end, following)
            pairs.append(Pair(mark, None, mark.end, cut))
    return _outermost(pairs)


def is_again(mark: Mark, other: Mark | None) -> bool:
    """Tell whether `other` opens a quote in the same way as `mark`."""
    return other is not None and other.kind == mark.kind


def _may_stay_open(mark: Mark, reopened: Mark | None) -> bool:
    if mark.family == "single":
        return is_again(mark, reopened)
    return mark.family == "double" or mark.sign == "«"


@dataclass(slots=True)
class _Matching:
    """Marks on their way to pairs: those opened so far, the innermost last."""

    start: int
    left_open: Mark | None
    pairs: list[Pair] = field(default_factory=list)
    opened: list[Mark] = field(default_factory=list)
    _count: Counter[Family] = field(default_factory=Counter)
    _weak: dict[int, Mark] = field(default_factory=dict)

    def add(self, mark: Mark) -> None:
        """Let `mark` close the innermost mark of its family, or open."""
        if self._may_close(mark):
            if mark.role == "weak":
                self._weak.setdefault(self.opened[-1].start, mark)
            elif mark.role != "open":
                self._close(mark)
                return
        if mark.role in ("open", "either"):
            self.opened.append(mark)
            self._count[mark.family] += 1
        elif self._ends_left_open(mark):
            self.pairs.append(Pair(None, mark, self.start, mark.start))

    def _ends_left_open(self, mark: Mark) -> bool:
        """Tell whether `mark`, first of its paragraph, closes what the one before left open."""
        is_first = mark.role == "close" and not self.pairs and not self.opened
        return is_first and self.left_open is not None and mark.family == self.left_open.family

    def _may_close(self, mark: Mark) -> bool:
        if mark.family in _LONE:
            return bool(self.opened) and self.opened[-1].family == mark.family
        return self._count[mark.family] > 0

    def _close(self, mark: Mark) -> None:
        while True:
            first = self.opened.pop()
            self._count[first.family] -= 1
            if first.family == mark.family:
                self.pairs.append(Pair(first, mark, first.end, mark.start))
                return

    def weak_pairs(self, text: str, reopened: Mark | None) -> list[Pair]:
        """Return the pairs of single marks that end on what may be a possessive."""
        if reopened and reopened.family == "single":
            return []
        found = [(m, self._weak[m.start]) for m in self.opened if m.start in self._weak]
        return [
            Pair(first, last, first.end, last.start)
            for first, last in found
            if len(text[first.end : last.start].split()) <= WEAK_WORDS
        ]


def _broken_off(text: str, start: int, end: int) -> int:
    """Return where a quote opened at `start` ends that the mark before `end` shows to be over.

    With its line, where the next quote opens a line, else with its last whole sentence; `start`
    where there is none.
    """
    line = text.rfind("\n", start, end)
    if line >= 0 and len(text[line:end].strip()) <= 2:
        return line
    last = start
    for found in _SENTENCE_END.finditer(text, start, end):
        is_title = found[1].istitle() and len(found[1]) <= 3
        last = last if is_title else found.end()
    return last


def _outermost(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs that stand in no other, in order."""
    kept: list[Pair] = []
    for pair in sorted(pairs, key=lambda p: (p.start, -p.end)):
        if not kept or pair.start >= kept[-1].end:
            kept.append(pair)
    return kept
