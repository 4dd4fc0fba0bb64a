"""Lines of a document with their kinds, and how they are laid out as text and blocks."""

from collections.abc import Iterable
from typing import NamedTuple

from tasks.ingest.parse.cleaning import LIST_MARK, clean
from tasks.records import TextBlock
from warehouse.tables import BlockKind

IN_TEXT: frozenset[BlockKind] = frozenset({"paragraph", "heading", "list_item", "quote", "table"})
"""Kinds that are part of `articles.text`; blocks of the others stand beside it."""

WRAPPED_LINE = 120
"""No program wraps lines this wide: a longer line is a whole paragraph."""

ITEM = "* "
"""What marks a list item in the text; it is no part of the item's block."""


class Line(NamedTuple):
    """A line of plain text, or a whole block where the format knows blocks.

    An empty text parts paragraphs: lines of a paragraph between two such are one paragraph.
    """

    kind: BlockKind
    text: str


BREAK = Line("paragraph", "")


def text_lines(text: str) -> list[Line]:
    """Return the lines of a plain `text`: paragraphs and list items."""
    lines = []
    for line in clean(text).split("\n"):
        bare = line.strip()
        mark = LIST_MARK.match(bare)
        lines.append(Line("list_item", bare[mark.end() :]) if mark else Line("paragraph", bare))
    return lines


def block_lines(blocks: Iterable[Line]) -> list[Line]:
    """Return whole `blocks` as clean lines, each a block of its own; empty ones are left out."""
    lines = []
    for kind, text in blocks:
        rows = [" ".join(row.split()) for row in clean(text).split("\n")]
        bare = "\n".join(row for row in rows if row)
        if bare:
            lines += [Line(kind, bare), BREAK]
    return lines


def lay_out(lines: Iterable[Line]) -> tuple[str, tuple[TextBlock, ...]]:
    """Return the text of `lines`, blocks parted by one blank line, and all blocks in order.

    Lines that a program wrapped stay together in their paragraph; list items stand by
    themselves. `text[block.start:block.end]` is the text of a block that is in the text.
    """
    parts: list[str] = []
    blocks: list[TextBlock] = []
    start = 0
    for kind, text in _joined(lines):
        if kind not in IN_TEXT:
            blocks.append(TextBlock(kind, text))
            continue
        mark = ITEM if kind == "list_item" else ""
        first = start + len(mark)
        blocks.append(TextBlock(kind, text, first, first + len(text)))
        parts.append(mark + text)
        start = first + len(text) + 2
    return "\n\n".join(parts), tuple(blocks)


def _joined(lines: Iterable[Line]) -> Iterable[Line]:
    """Yield lines without the empty ones, those of one paragraph or list item as one."""
    kind: BlockKind = "paragraph"
    rows: list[str] = []
    for line in lines:
        goes_on = rows and line.text and line.kind == "paragraph" and kind in IN_TEXT
        if rows and not goes_on:
            yield Line(kind, "\n".join(rows))
            rows = []
        if line.text:
            kind = kind if goes_on else line.kind
            rows.append(line.text)
        if len(line.text) > WRAPPED_LINE:
            yield Line(kind, "\n".join(rows))
            rows = []
    if rows:
        yield Line(kind, "\n".join(rows))
