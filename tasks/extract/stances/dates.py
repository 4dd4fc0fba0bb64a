"""The day of a stance: of the statement or act where the clause gives it, else of publication."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from spacy.tokens import Token

from tasks.extract.document import Document
from warehouse.tables import AsOfMethod, TimeExpression


class Dates:
    """The dated expressions of an article by position."""

    def __init__(self, document: Document, times: Sequence[TimeExpression]) -> None:
        """Index the expressions of one day in `times`, which are in order of their start."""
        self.document = document
        self.published = document.article.published_on
        self.times = [t for t in times if t.from_on is not None and t.from_on == t.to_on]
        self._starts = [t.start_char for t in self.times]

    def of(self, token: Token, *, is_said: bool) -> tuple[date | None, AsOfMethod | None]:
        """Return the day of what `token` tells, and what it is the day of."""
        sentence = self.document.sentence_at(token.idx)
        lo = bisect_left(self._starts, sentence.start_char)
        hi = bisect_left(self._starts, sentence.end_char)
        days = {t.from_on for t in self.times[lo:hi] if self._is_of(t, token)}
        day = days.pop() if len(days) == 1 else None
        if day is not None and (self.published is None or day <= self.published):
            return day, "statement" if is_said else "act"
        return self.published, None if self.published is None else "publication"

    def _is_of(self, time: TimeExpression, token: Token) -> bool:
        """Tell whether the expression stands in the clause of `token`."""
        span = self.document.doc.char_span(time.start_char, time.end_char, alignment_mode="expand")
        return span is not None and clause_of(span.root) == clause_of(token)


def clause_of(token: Token) -> Token:
    """Return the verb, or else the root, whose clause `token` is in."""
    for _ in range(20):
        if token.pos_ in {"VERB", "AUX"} or token.head == token:
            break
        token = token.head
    return token
