"""The day of a stance: of the statement or act where the clause gives it, else of publication."""

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Token

from tasks.extract.dating import Dating, clause_of
from tasks.extract.document import Document
from warehouse.tables import AsOfMethod, TimeExpression


class Dates:
    """The days of what an article tells."""

    def __init__(self, document: Document, times: Sequence[TimeExpression]) -> None:
        """Take the article and its expressions of time, which are in order of their start."""
        self.published = document.article.published_on
        self.dating = Dating(document, times)

    def of(self, token: Token, *, is_said: bool) -> tuple[date | None, AsOfMethod | None]:
        """Return the day of what `token` tells, and what it is the day of."""
        found = self.dating.of(clause_of(token))
        day = None if found is None else found.day
        if day is not None and (self.published is None or day <= self.published):
            return day, "statement" if is_said else "act"
        return self.published, None if self.published is None else "publication"
