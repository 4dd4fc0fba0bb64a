"""Headlines that name their speaker before a colon: 'Minister: port to close', 'Poll: ...'."""

import re
from collections.abc import Iterator, Sequence

from tasks.extract.document import Document
from tasks.extract.grammar import ROLES, words
from tasks.extract.statements.beside import beside
from tasks.extract.statements.quoted import Quotes
from tasks.extract.statements.speakers import Speakers
from tasks.extract.statements.tidying import tidy
from warehouse.tables import Mention, Statement

_HEADLINE = re.compile(
    r"\s*(?P<who>[^\W\d_][^:\n.!?]{0,49}[^:\n.!?\s]) ?(?P<colon>:) "
    r"(?P<what>[^\n]{8,200}?)\s*(?:\n\s*\n|\Z)"
)
_MOST_WORDS = 5
_SPEAKING = ROLES | words(
    "poll survey study report officials police experts researchers scientists"
)
CONFIDENCE = 0.6
"""Confidence of a headline: the colon may also open a list or a subtitle."""


def headline_rows(
    document: Document, mentions: Sequence[Mention], quotes: Quotes
) -> Iterator[Statement]:
    """Yield what the first line says where a person, an office or a poll stands before a colon."""
    text = document.article.text
    found = _HEADLINE.match(text)
    if found is None or len(found["who"].split()) > _MOST_WORDS:
        return
    named = [m for m in Speakers(mentions).within(*found.span("who")) if m.label == "PERSON"]
    known = named[-1] if named and named[-1].end_char == found.end("who") else None
    if known is None and found["who"].split()[-1].casefold() not in _SPEAKING:
        return
    start, end = tidy(text, *found.span("what"))
    if not any(map(str.isalnum, text[start:end])):
        return
    yield beside(
        document,
        (start, end),
        found.span("who"),
        None if known is None else known.entity_id,
        method="headline",
        confidence=CONFIDENCE,
        cue=found.span("colon"),
        kind="mixed" if quotes.within(start, end) else "indirect",
        speaker_type="role" if known is None else "named",
    )
