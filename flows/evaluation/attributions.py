"""Attributions as spans of a text: who says (source), by which words (cue), what (content).

The three are those of PARC 3 (Pareti 2016) and PolNeAR (Newell et al. 2018). Spans are compared
without what only some guidelines take in: marks and punctuation at their ends, a leading 'that'.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from warehouse.tables import Statement

Span = tuple[int, int]
Spans = tuple[Span, ...]
Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = ("source", "cue", "content")

_WORD = re.compile(r"\w+")
_OUTER = frozenset(
    "\"'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a"
)
_PUNCTUATION = frozenset(".,;:!?\u2026-\u2010\u2011\u2012\u2013\u2014\u2015()[]{}*")
_AFTER_THAT = frozenset(",:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Something that somebody is reported to have said; each part is no, one or several spans."""

    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()

    def spans(self, role: Role) -> Spans:
        """Return the spans of a part."""
        return {"source": self.source, "cue": self.cue, "content": self.content}[role]


class Words:
    """The words of a text, runs of letters and digits, by number."""

    def __init__(self, text: str) -> None:
        """Find the words of `text`."""
        spans = [match.span() for match in _WORD.finditer(text)]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def within(self, spans: Iterable[Span]) -> frozenset[int]:
        """Return the numbers of the words that `spans` touch."""
        return frozenset(
            number
            for start, end in spans
            for number in range(bisect_right(self._ends, start), bisect_left(self._starts, end))
        )


def stated(rows: Iterable[Statement]) -> list[Attribution]:
    """Return the attributions in `rows`, with the pieces that share a cue in one."""
    return in_one(
        Attribution(
            source=_span(row.speaker_start, row.speaker_end),
            cue=_span(row.cue_start, row.cue_end),
            content=((row.start_char, row.end_char),),
        )
        for row in rows
    )


def in_one(pieces: Iterable[Attribution]) -> list[Attribution]:
    """Return `pieces`, those with the same cue and source as one; without a cue, each is one."""
    whole: dict[object, Attribution] = {}
    for number, piece in enumerate(pieces):
        key = (piece.cue[0][0], piece.source and piece.source[0][0]) if piece.cue else number
        known = whole.get(key)
        whole[key] = (
            piece if known is None else replace(known, content=known.content + piece.content)
        )
    return list(whole.values())


def comparable(text: str, attribution: Attribution) -> Attribution:
    """Return `attribution` with its spans trimmed, in order, and joined where no word parts them.

    A part without any word, such as a colon as cue, stays as it is.
    """
    return Attribution(
        source=_joined(text, [trimmed(text, span) for span in attribution.source]),
        cue=_joined(text, [trimmed(text, span) for span in attribution.cue]),
        content=_joined(text, [_without_that(text, span) for span in attribution.content]),
    )


def trimmed(text: str, span: Span) -> Span:
    """Return `span` without white space, marks and punctuation at its ends, but never empty."""
    start, end = span
    while start < end and _is_outer(text[start]):
        start += 1
    while start < end and _is_outer(text[end - 1]):
        end -= 1
    return (start, end) if start < end else span


def _without_that(text: str, span: Span) -> Span:
    start, end = trimmed(text, span)
    after = start + len("that")
    opens = text[start:after].lower() == "that" and after < end
    if opens and (text[after].isspace() or text[after] in _AFTER_THAT):
        return trimmed(text, (after, end))
    return start, end


def _joined(text: str, spans: Sequence[Span]) -> Spans:
    worded = [span for span in spans if _has_word(text, span)]
    joined: list[Span] = []
    for start, end in sorted(worded or spans):
        if joined and not _has_word(text, (joined[-1][1], start)):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def _has_word(text: str, span: Span) -> bool:
    return _WORD.search(text, *span) is not None


def _is_outer(char: str) -> bool:
    return char.isspace() or char in _OUTER or char in _PUNCTUATION


def _span(start: int | None, end: int | None) -> Spans:
    return () if start is None or end is None else ((start, end),)
