"""Captions of the figures of an article, which are no part of its text."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

from tasks.ingest.parse.lines import Line

CAPTIONS = (
    "//figcaption | //*[contains(concat(' ', normalize-space(@class), ' '), ' wp-caption-text ')]"
    " | //figure//*[contains(concat(' ', normalize-space(@class), ' '), ' caption ')]"
)
ELSEWHERE = frozenset({"a", "aside", "footer", "li", "nav"})
"""Elements whose figures belong to other articles."""

TEXTS = frozenset({"blockquote", "h1", "h2", "h3", "h4", "li", "p"})
KEY = 40
"""Characters by which a block of the page is known again in its main text."""

MAX_CHARS = 1000
"""A longer caption is a story of its own, and stays where it is."""


class Captions(NamedTuple):
    """Captions of a page and where they and its blocks stood, counted in elements."""

    found: list[tuple[int, str]]
    blocks: dict[str, int]


def take_captions(tree: HtmlElement) -> Captions:
    """Remove the captions from `tree` and return those of its article."""
    elements = {e: " ".join(e.text_content().split()) for e in _outermost(tree.xpath(CAPTIONS))}
    taken = Captions([], {})
    if not elements:
        return taken
    has_frame = tree.find(".//article") is not None
    for position, element in enumerate(tree.iter()):
        if element in elements:
            text = elements[element]
            if 0 < len(text) <= MAX_CHARS and _is_of_article(element, has_frame=has_frame):
                taken.found.append((position, text))
        elif element.tag in TEXTS:
            taken.blocks.setdefault(_key(element.itertext()), position)
    for element, text in elements.items():
        if len(text) <= MAX_CHARS:
            element.drop_tree()
    return taken


def with_captions(lines: Sequence[Line], captions: Captions) -> list[Line]:
    """Return `lines` with the captions where they stood; those below the last line are left out."""
    waiting = captions.found[::-1]
    placed: list[Line] = []
    for line in lines:
        position = captions.blocks.get(_key([line.text]), -1)
        while waiting and waiting[-1][0] < position:
            placed.append(Line("caption", waiting.pop()[1]))
        placed.append(line)
    return placed


def _outermost(elements: Sequence[HtmlElement]) -> Iterator[HtmlElement]:
    """Yield the elements, in document order, that stand in none of the others."""
    found = set(elements)
    return (e for e in elements if not any(above in found for above in e.iterancestors()))


def _is_of_article(element: HtmlElement, *, has_frame: bool) -> bool:
    around = {above.tag for above in element.iterancestors()}
    return not around & ELSEWHERE and (not has_frame or "article" in around)


def _key(texts: Iterator[str] | Sequence[str]) -> str:
    """Return the first letters and digits of `texts`, joined."""
    key = ""
    for text in texts:
        key += "".join(filter(str.isalnum, text[: 4 * KEY]))
        if len(key) >= KEY:
            break
    return key[:KEY]
