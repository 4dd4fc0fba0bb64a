"""What the layout of a text says of its sentences for certain."""

import re
from collections.abc import Iterator

_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_LIST_LINE = re.compile(r"^[^\S\n]*(?:[*•‣]|[-\u2013]|\d{1,2}[.)])[^\S\n]+\S[^\n]*", re.MULTILINE)


_ATTRIBUTION = re.compile(
    r"[!?][\"\u201d\u2019'»]\s+((?:[^\W\d_][\w.\u2019'-]*\s+){1,3}?"
    r"(?:said|says|asked|told|added|wrote|tweeted|replied|answered|declared)\b)"
)


def paragraph_starts(text: str) -> list[int]:
    """Return the first character of each paragraph; paragraphs are parted by a blank line."""
    lead = len(text) - len(text.lstrip())
    return [lead, *(m.end() for m in _BREAK.finditer(text, lead) if m.end() < len(text))]


def sentence_starts(text: str) -> Iterator[int]:
    """Yield where a paragraph, a list item or the line after a list item starts."""
    yield from (m.end() for m in _BREAK.finditer(text))
    for item in _LIST_LINE.finditer(text):
        marker = item.start()
        while text[marker].isspace():
            marker += 1
        yield marker
        after = item.end() + 1
        while after < len(text) and text[after].isspace():
            after += 1
        yield after


def attributions(text: str) -> Iterator[int]:
    """Yield where a quoted question or exclamation is followed by its speaker and a verb.

    No sentence starts there: '"Why now?" Smith asked.'
    """
    yield from (match.start(1) for match in _ATTRIBUTION.finditer(text))
