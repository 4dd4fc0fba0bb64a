"""Put together an article that a page serves in pieces, with advertisements between them."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import takewhile

from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

KEPT = ("blockquote", "h2", "h3", "h4", "ol", "ul")
"""Elements of the text that may stand between two pieces."""

MIN_CHARS = 80
"""A shorter paragraph tells no body of an article from a menu."""

MIN_SHARE = 0.7
"""Share of an article's paragraphs that its pieces must hold together."""


def join_pieces(tree: HtmlElement) -> None:
    """Move the paragraphs of an article's pieces into the first of them.

    Pieces are containers of one class within one `<article>`, outside any other, that hold most
    of its paragraphs between them. Without this, trafilatura reads the first piece alone.
    """
    paragraphs: dict[HtmlElement, list[HtmlElement]] = defaultdict(list)
    for paragraph in tree.iter("p"):
        article = next(paragraph.iterancestors("article"), None)
        if article is not None and len(paragraph.text_content()) >= MIN_CHARS:
            paragraphs[article].append(paragraph)
    for found in paragraphs.values():
        pieces: dict[str, dict[HtmlElement, int]] = defaultdict(dict)
        for paragraph in found:
            parent = paragraph.getparent()
            own = pieces[parent.get("class") or ""]
            own[parent] = own.get(parent, 0) + 1
        name, largest = max(pieces.items(), key=lambda item: sum(item[1].values()))
        if name and len(largest) > 1 and sum(largest.values()) >= MIN_SHARE * len(found):
            first, *others = largest
            if any(above in largest for piece in largest for above in piece.iterancestors()):
                continue
            for other in others:
                first.extend([*_between(other, largest), *other])


def _between(piece: HtmlElement, pieces: Mapping[HtmlElement, int]) -> list[HtmlElement]:
    """Return what of the article stands between the piece before `piece` and itself."""
    before = takewhile(lambda e: e not in pieces, piece.itersiblings(preceding=True))
    return [e for e in before if e.tag in KEPT][::-1]
