"""Quotes signed by whom they are of: '"..." - Ann Lee', each with the dash for its cue."""

import re
from collections.abc import Iterator

from tasks.extract.statements.quoted import Quotes

_DASH = re.compile(r"[\s,]{0,3}(?P<dash>[―—–]|--?)[ \t\xa0]{0,2}")  # noqa: RUF001
_WORD = r"(?:[A-Z][\w.'’-]*|of|de|la|von|van|al|bin|the)"  # noqa: RUF001
_NAME = re.compile(rf"(?P<name>{_WORD}(?:[ \t\xa0]+{_WORD}){{0,6}})(?:,[^\n\"“”]{{0,80}})?")
_AFTER = re.compile(r"[ \t\xa0.]{0,3}(?:\n|$|[“\"])")

Signed = tuple[tuple[int, int], tuple[int, int], tuple[int, int]]
"""Characters of the content, the dash and the name."""


def signed_quotes(quotes: Quotes) -> Iterator[Signed]:
    """Yield each quote that a dash and a name follow, up to the end of the line."""
    text = quotes.text
    for quote in quotes.quotes:
        if quote.use != "speech" or not quote.is_closed:
            continue
        dash = _DASH.match(text, quote.outer_end)
        name = None if dash is None else _NAME.match(text, dash.end())
        if dash is None or name is None or name["name"][0].islower():
            continue
        if _AFTER.match(text, name.end()) is None:
            continue
        span = name.span("name")
        while text[span[1] - 1] in ".,-":
            span = span[0], span[1] - 1
        yield (quote.start, quote.end), dash.span("dash"), span
