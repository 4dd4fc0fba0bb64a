"""Block quotes: a paragraph set off as somebody's words without marks.

It stands after a paragraph that ends with a colon ('She wrote:'), or behind the `>` of mails and
Markdown. Whether the lead-in reports speech is for the caller to judge.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tasks.extract.document import trimmed
from tasks.extract.quotes import paragraphs

_ITEM = re.compile(r"[*•‣]\s|[-\u2013\u2014]\s|\d{1,2}[.)]\s|[a-z]\)\s")
_QUOTED_LINES = re.compile(r"(?:^[^\S\n]*>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_LEAD_LINE = re.compile(r"[^\s]:[^\S\n]*\n")
_MARKS = frozenset("\"“”„«»'\u2018\u2019\u201a`")
_SYMBOLS = frozenset("{}<>=;()[]_|\\/$#@~^*+")
_CODE_SHARE = 0.12
"""Share of symbols from which a paragraph is code or an address: prose has 1 to 4 %."""
_ENDS = frozenset(".!?…:;,\"”'\u2019)]*")
_LEAST = 20
"""Fewest characters of a block: shorter ones are times, names, headings."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph at `text[start:end]` that the paragraph before, up to `lead_end`, leads in.

    `lead_start` is where that paragraph starts. `is_list` is true for list items and other
    fragments; `is_marked` where each line stands behind a `>`.
    """

    lead_start: int
    lead_end: int
    start: int
    end: int
    is_list: bool = False
    is_marked: bool = False


def find_blocks(text: str) -> list[Block]:
    """Return the block quotes of `text` in order; those that open with a mark are quotes."""
    blocks: list[Block] = []
    lead = (0, 0)
    for before, span in pairwise(_pieces(text)):
        is_marked = text[span[0]] == ">"
        if not (is_marked and text[before[0]] == ">"):
            lead = before
        if is_marked:
            start, end = _behind_marker(text, span)
            if start < end:
                blocks.append(Block(*lead, start, end, is_marked=True))
        elif text[lead[1] - 1] == ":" and _is_set_off(text, span):
            blocks.append(Block(*lead, *span, is_list=_is_list(text, span)))
    return blocks


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield paragraphs, parted also after a line that ends with a colon and around `>` lines."""
    for start, end in paragraphs(text):
        cuts = {start, end} | {m.end() for m in _LEAD_LINE.finditer(text, start, end)}
        for found in _QUOTED_LINES.finditer(text, start, end):
            cuts |= {found.start(), found.end()}
        for cut in pairwise(sorted(cuts)):
            span = trimmed(text, *cut)
            if span[0] < span[1]:
                yield span


def _behind_marker(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return the span without the markers before its first line."""
    start, end = span
    while start < end and (text[start] == ">" or text[start].isspace()):
        start += 1
    return start, end


def _is_set_off(text: str, span: tuple[int, int]) -> bool:
    """Tell whether the paragraph may be a quotation: prose without marks, no turn, no code."""
    start, end = span
    if end - start < _LEAST or text[start] in _MARKS or text.startswith("((", start):
        return False
    symbols = sum(char in _SYMBOLS for char in text[start:end])
    return symbols < _CODE_SHARE * (end - start)


def _is_list(text: str, span: tuple[int, int]) -> bool:
    """Tell a list item, or lines and fragments without a stop."""
    first, *others = text[span[0] : span[1]].split("\n")
    if _ITEM.match(first) or text[span[1] - 1] not in _ENDS:
        return True
    lines = [first, *others[:-1]] if others else []
    is_open = all(line.rstrip()[-1:] not in set(".!?…:") for line in lines)
    return bool(lines) and is_open and all(line.lstrip()[:1].isupper() for line in others)
