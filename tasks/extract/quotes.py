"""Quotation spans, told from their marks alone.

Only outermost quotes are returned: marks inside a quote belong to it. Whether a quote is speech
or a title, a nickname, a word held at arm's length is told in `quote_use`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tasks.extract.document import trimmed
from tasks.extract.quote_marks import Mark, QuoteMark, marks_of
from tasks.extract.quote_pairs import Pair, is_again, pairs_of
from tasks.extract.quote_use import QuoteUse, use_of

_PARAGRAPH_END = re.compile(
    r"\n[^\S\n]*\n\s*"
    r"|\n(?=[^\S\n]*(?:[*•‣]|[-\u2013]\s|\d{1,2}[.)]\s))"
    r"|(?<=[.!?…:”\"\u2019»])\n(?=[^\S\n]*[“\"«„])"
    r"|(?<=[^\n]{120})\n"
)
"""A blank line, a new list item, a new line that opens a quote after a finished sentence; or a
line too wide for a program to have wrapped it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The inside of a quotation: `text[start:end]` without its marks.

    `mark` is the kind of the opening mark; `continues` is true where the quote carries on one
    that the paragraph before left open; `is_closed` where a mark closes it. `outer_start` and
    `outer_end` are the span with the marks. `use` says what the marks are for.
    """

    start: int
    end: int
    mark: QuoteMark
    continues: bool = False
    is_closed: bool = True
    outer_start: int = -1
    outer_end: int = -1
    use: QuoteUse = "speech"

    @property
    def is_speech(self) -> bool:
        """Whether somebody's words are given, not a title, a nickname or a term."""
        return self.use == "speech"


def find_quotes(text: str) -> list[Quote]:
    """Return the outermost quotes of `text` in order.

    A double quote left open ends with its paragraph (a blank line or a new list item), or with
    its last sentence before the next quote; a single mark opens a quote only where one closes it
    or the next paragraph opens with the same, since it may be an apostrophe.
    """
    quotes: list[Quote] = []
    left_open: Mark | None = None
    spans = [*paragraphs(text), (len(text), len(text))]
    for span, (after, _) in pairwise(spans):
        pairs = pairs_of(text, *span, left_open=left_open, reopened=_opening(text, after))
        for pair in pairs:
            quotes += _quote(text, pair, span, left_open)
        is_open = bool(pairs) and pairs[-1].closed is None and pairs[-1].end == span[1]
        left_open = pairs[-1].opened if is_open else None
    return quotes


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each paragraph or list item that holds more than white space."""
    start = 0
    for end in [m.start() for m in _PARAGRAPH_END.finditer(text)] + [len(text)]:
        span = trimmed(text, start, end)
        if span[0] < span[1]:
            yield span
        start = end


def _opening(text: str, at: int) -> Mark | None:
    """Return the mark that opens a quote at `at`, where a paragraph starts."""
    mark = next(marks_of(text, at, min(at + 4, len(text))), None)
    return mark if mark and mark.start == at and mark.role == "open" else None


def _quote(
    text: str, pair: Pair, paragraph: tuple[int, int], left_open: Mark | None
) -> Iterator[Quote]:
    """Yield the quote of a pair, unless nothing is written in it."""
    start, end = trimmed(text, pair.start, pair.end)
    if not any(map(str.isalnum, text[start:end])):
        return
    opened, closed = pair.opened, pair.closed
    outer = (opened.start if opened else start, closed.end if closed else end)
    continues = outer[0] == paragraph[0] and left_open is not None
    continues = continues and (opened is None or is_again(opened, left_open))
    use = use_of(text, (start, end), outer, paragraph, is_open=continues or closed is None)
    mark = opened or closed
    kind = mark.kind if mark else "straight"
    yield Quote(start, end, kind, continues, closed is not None, *outer, use)
