"""Blocks of a page that are nothing but a link: teasers of other articles."""

import re
from collections import defaultdict
from datetime import date

from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

from tasks.ingest.parse.dates import latest_full_date

BLOCKS = frozenset({"blockquote", "div", "dd", "li", "p", "section", "td"})
MAX_CHARS = 400
MIN_WORDS, MAX_WORDS = 5, 25
"""A teaser is a headline: names and products are shorter, paragraphs put in a link longer."""

LINKED_SHARE = 0.9
MARKS = re.compile(r"^[^:\d]{0,30}:|\[[^\]]{0,30}\]")
"""What stands beside a link to another page: 'Read more:' before it, '[VIDEO]' behind."""


def linked_blocks(tree: HtmlElement) -> frozenset[str]:
    """Return the keys (see `text_key`) of the blocks of `tree` that are all link.

    A text with a full date is none of them: it cites a work. Its links are made plain text,
    lest trafilatura leave out a list of works as a menu.
    """
    links: dict[HtmlElement, list[HtmlElement]] = defaultdict(list)
    for link in tree.iter("a"):
        above = (above for above in link.iterancestors() if above.tag in BLOCKS)
        block = link if _is_between_blocks(link) else next(above, None)
        if block is not None:
            links[block].append(link)
    keys = set()
    for block, inside in links.items():
        text, texts = _start(block), [_start(link) for link in inside]
        linked = sum(len(text_key(link)) for link in texts)
        if len(text) > MAX_CHARS or linked < LINKED_SHARE * len(text_key(text)):
            continue
        if latest_full_date(text, not_after=date.max):
            for link in inside:
                link.drop_tag()
            continue
        for one in (text, *texts):
            if MIN_WORDS <= len(one.split()) <= MAX_WORDS:
                keys.add(text_key(one))
    return frozenset(keys)


def text_key(text: str) -> str:
    """Return the letters and digits of `text` without marks, by which a block is known again."""
    return "".join(filter(str.isalnum, MARKS.sub("", text)))


def _is_between_blocks(link: HtmlElement) -> bool:
    """Tell whether a link stands by itself right behind a paragraph, in none of its own."""
    before = link.getprevious()
    return (
        before is not None
        and before.tag in BLOCKS
        and not (before.tail or "").strip()
        and not (link.tail or "").strip()
    )


def _start(element: HtmlElement) -> str:
    """Return the text of `element`, cut soon after it is too long for a teaser."""
    texts, size = [], 0
    for text in element.itertext():
        texts.append(text[: MAX_CHARS + 1])
        size += len(texts[-1])
        if size > 2 * MAX_CHARS:
            break
    return " ".join("".join(texts).split())
