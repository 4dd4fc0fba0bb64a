"""Quotation spans, told from their marks alone.

Only outermost quotes are returned: marks inside a quote belong to it. How long a quote must be
to count as speech is for the caller to judge.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tasks.extract.document import trimmed

QuoteMark = Literal["curly", "straight", "guillemet", "german", "single_curly", "single_straight"]

_KINDS: dict[str, QuoteMark] = {
    "“": "curly",
    '"': "straight",
    "«": "guillemet",
    "„": "german",
    "\u2018": "single_curly",
    "'": "single_straight",
}
_CLOSERS = {"“": '”"', '"': '"”', "«": "»", "„": "“”"}
_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*|\n(?=[^\S\n]*(?:[*•‣]|[-\u2013]\s|\d{1,2}[.)]\s))")
_OPENERS = re.compile("[“\"«„\u2018']")
_MAY_PRECEDE = frozenset("([{-\u2013—/“\"«„\u2018':>*•")


@dataclass(frozen=True, slots=True)
class Quote:
    """The inside of a quotation: `text[start:end]` without its marks.

    `mark` is the kind of the opening mark; `continues` is true where the quote carries on one
    that the paragraph before left open.
    """

    start: int
    end: int
    mark: QuoteMark
    continues: bool = False


def find_quotes(text: str) -> list[Quote]:
    """Return the outermost quotes of `text` in order.

    A double quote left open ends with its paragraph (a blank line or a new list item); a single
    mark opens a quote only where one closes it, since it may be an apostrophe.
    """
    quotes: list[Quote] = []
    left_open: str | None = None
    for start, end in paragraphs(text):
        left_open = _quotes_of_paragraph(text, start, end, left_open, quotes)
    return quotes


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each paragraph or list item that holds more than white space."""
    start = 0
    for end in [m.start() for m in _PARAGRAPH_END.finditer(text)] + [len(text)]:
        span = trimmed(text, start, end)
        if span[0] < span[1]:
            yield span
        start = end


def _quotes_of_paragraph(
    text: str, start: int, end: int, left_open: str | None, quotes: list[Quote]
) -> str | None:
    """Append the quotes of `text[start:end]`; return the mark that stays open, if any."""
    strong, weak = _single_closers(text, start, end)
    position = start
    while (found := _OPENERS.search(text, position, end)) is not None:
        opened, mark = found.start(), found.group()
        position = opened + 1
        if not _opens(text, opened, start, end):
            continue
        if mark in _CLOSERS:
            closed = min(
                (c for m in _CLOSERS[mark] if (c := text.find(m, position, end)) >= 0), default=end
            )
        else:
            closed = _single_closer(text, position, end, mark, strong, weak)
        if closed < 0:
            continue
        inside = trimmed(text, position, closed)
        if inside[0] < inside[1]:
            continues = opened == start and left_open == mark
            quotes.append(Quote(*inside, _KINDS[mark], continues))
        if closed == end and mark in _CLOSERS:
            return mark
        position = closed + 1
    return None


def _opens(text: str, at: int, start: int, end: int) -> bool:
    """Tell whether the mark at `at` opens: after a gap or bracket, before something written."""
    if at + 1 >= end or (text[at] != "«" and text[at + 1].isspace()):
        return False
    if text[at] in "“«„":
        return True
    before_ok = at == start or text[at - 1].isspace() or text[at - 1] in _MAY_PRECEDE
    if text[at] == '"':
        return before_ok
    is_decade = text[at + 1].isdigit() and text[at + 3 : at + 4] == "s"
    return before_ok and text[at + 1].isalnum() and not is_decade


def _single_closers(text: str, start: int, end: int) -> tuple[list[int], list[int]]:
    """Return where a single mark closes for sure, and where it may be a plural possessive."""
    strong: list[int] = []
    weak: list[int] = []
    for found in re.finditer(r"(?<=\S)[\u2019'](?!\w)", text[start:end]):
        at = start + found.start()
        is_possessive = text[at - 1] == "s" and re.match(r"\s+[a-z]", text[at + 1 : at + 4])
        (weak if is_possessive else strong).append(at)
    return strong, weak


def _single_closer(
    text: str, position: int, end: int, mark: str, strong: list[int], weak: list[int]
) -> int:
    """Return where the single quote opened before `position` closes, or -1."""
    limit = end
    if mark == "\u2018":
        following = text.find("\u2018", position, end)
        limit = following if following >= 0 else end
    for closers in (strong, weak):
        index = bisect_left(closers, position + 1)
        if index < len(closers) and closers[index] < limit:
            return closers[index]
    return -1
