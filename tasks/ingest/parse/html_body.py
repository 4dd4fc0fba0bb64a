"""The main text of a page as lines with their kinds, found by trafilatura."""

import logging
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml.etree import Element, _Element  # type: ignore[import-untyped]  # ships no types
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura import bare_extraction
from trafilatura.settings import Document, use_config

from tasks.ingest.parse.html_links import linked_blocks, text_key
from tasks.ingest.parse.lines import Line
from warehouse.tables import BlockKind

for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

CONFIG = use_config()
CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", "100")
CONFIG.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")

KINDS: dict[str, BlockKind] = {"head": "heading", "item": "list_item", "quote": "quote"}
BLOCKS = frozenset({"cell", "code", "div", "head", "item", "list", "p", "quote", "row", "table"})
"""Elements of trafilatura's body that end the block before them."""

CELL_WORDS = 30
"""A table with a longer cell lays out a page: it holds paragraphs, not values."""

ENOUGH = 500
GAIN = 2
"""Precise extraction of fewer characters than `ENOUGH` is checked against the complete one, which
must find `GAIN` times as many: on the 60 pages of the extraction benchmark (2019) this leaves all
as they are; it is for short pages without any of the usual marks of an article."""


class _Piece(NamedTuple):
    """A block while its texts are put together."""

    kind: BlockKind
    texts: list[str]


def main_lines(tree: HtmlElement, *, titles: Iterable[str]) -> list[Line]:
    """Return the blocks of the main text of a page; one that is all link is a teaser.

    `titles` are the headlines that the page declares; a block that repeats one is a title.
    """
    known = {text_key(title) for title in titles}
    teasers = linked_blocks(tree)
    pieces: list[_Piece] = []
    _read(_body(tree), "paragraph", pieces)
    lines = []
    for piece in pieces:
        kind, texts = piece
        text = "".join(texts) if kind == "table" else " ".join("".join(texts).split())
        key = text_key(text)
        if key in known:
            kind = "title"
        elif kind in ("paragraph", "list_item") and key in teasers:
            kind = "teaser"
        lines.append(Line(kind, text))
    return [line for line in lines if line.text]


def _body(tree: HtmlElement) -> _Element:
    """Return trafilatura's body of a page: precise, and where that finds little, complete."""
    body = _extracted(tree, is_precise=True)
    if len("".join(body.itertext())) >= ENOUGH:
        return body
    other = _extracted(tree, is_precise=False)
    sizes = [len("".join(found.itertext())) for found in (body, other)]
    return other if sizes[1] > GAIN * sizes[0] else body


def _extracted(tree: HtmlElement, *, is_precise: bool) -> _Element:
    found = bare_extraction(tree, include_comments=False, favor_precision=is_precise, config=CONFIG)
    return found.body if isinstance(found, Document) else Element("body")


def _read(element: _Element, kind: BlockKind, pieces: list[_Piece]) -> None:
    """Add the text of `element` and of all in it, a new piece for every block.

    The parser lets no page nest deeper than Python can follow.
    """
    if element.tag == "table" and _is_data(element):
        pieces.append(_Piece("table", ["\n".join(_rows(element))]))
        return
    inner = _kind(element, kind)
    pieces.append(_Piece(inner, [element.text or ""]))
    for child in element:
        if child.tag in BLOCKS or (child.tag == "lb" and inner == "paragraph"):
            _read(child, inner, pieces)
            pieces.append(_Piece(inner, []))
        else:
            pieces[-1].texts.append(" " if child.tag == "lb" else "".join(child.itertext()))
        pieces[-1].texts.append(child.tail or "")


def _kind(element: _Element, outer: BlockKind) -> BlockKind:
    return KINDS.get(element.tag, outer)


def _is_data(table: _Element) -> bool:
    """Tell a table of values from one that lays out a page."""
    cells = [len("".join(cell.itertext()).split()) for cell in table.iter("cell")]
    is_wide = any(len(row) > 1 for row in table.iter("row"))
    return is_wide and max(cells, default=0) <= CELL_WORDS


def _rows(table: _Element) -> Iterator[str]:
    for row in table.iter("row"):
        cells = (" ".join("".join(cell.itertext()).split()) for cell in row.iter("cell"))
        yield " | ".join(cells).strip(" |")
