"""When an act took place, or is to: never after publication where it is told as a fact."""

from spacy.tokens import Token

from tasks.extract.dating import Dating, When
from tasks.extract.document import Document
from tasks.extract.statements.putting import Manner
from tasks.extract.statements.syntax import relation

_PAST = frozenset({"VBD", "VBN"})


class Whens:
    """Dates the acts of one article."""

    def __init__(self, document: Document, dating: Dating) -> None:
        """Take the article and its dated expressions."""
        self.dating = dating
        self.published = document.article.published_on

    def of(self, clause: Token, manner: Manner, others: frozenset[int]) -> tuple[When, Manner]:
        """Return when the act of `clause` took place, and how it is put in view of that."""
        found = self.dating.of(clause, others)
        is_fact = manner.modality == "asserted"
        if found is not None and is_fact and self._is_ahead(found):
            if not _is_past(clause):
                return found, manner._replace(modality="planned")
            found = self.dating.of(clause, others, until=self.published)  # not that of a term
        elif found is None and is_fact and clause.tag_ in _PAST:
            found = self.dating.near(clause)
            found = None if found is None or self._is_ahead(found) else found
        if found is None and is_fact:
            found = self._told(clause)
        if found is not None:
            return (self._until_published(found) if is_fact else found), manner
        return self._by_publication(clause, manner), manner

    def _told(self, clause: Token) -> When | None:
        """Return the day on which the act was reported as its last: 'said on Monday that'."""
        is_report = relation(clause) == "ccomp" and _is_past(clause) and _is_past(clause.head)
        told = self.dating.of(clause.head) if is_report else None
        if told is None or told.day is None or self._is_ahead(told):
            return None
        return When(None, told.day, None, "adjacent", told.timex)

    def _is_ahead(self, found: When) -> bool:
        first = found.start or found.end
        return self.published is not None and first is not None and first > self.published

    def _until_published(self, found: When) -> When:
        """Return the interval without the days after publication."""
        if self.published is None or (found.end is not None and found.end <= self.published):
            return found
        if found.end is None and found.start is None:
            return found
        end = self.published
        return When(found.start, end, found.granularity, found.method, found.timex)

    def _by_publication(self, clause: Token, manner: Manner) -> When:
        """Return publication as the last day of what happened, or the first of what is to."""
        day = self.published
        if day is not None and manner.modality == "asserted":
            return When(None, day, None, "published")
        if day is not None and manner == Manner(False, "planned") and _is_direct(clause):
            return When(day, None, None, "published")
        return When(None, None, None, "none")


def _is_direct(verb: Token) -> bool:
    """Tell whether a plan is told of the day of the article: 'will visit', not 'would', 'planned
    to'."""
    helpers = {c.lower_ for c in verb.lefts}
    return bool(helpers & {"will", "'ll", "shall", "is", "are", "wo"}) or verb.tag_ == "VBZ"


def _is_past(verb: Token) -> bool:
    """Tell whether `verb` tells what is past: by its form, or that of 'have'."""
    helpers = [c for c in verb.lefts if relation(c) in {"aux", "aux:pass", "cop"}]
    if any(h.lower_ in {"had", "has", "have", "was", "were"} for h in helpers):
        return True
    return verb.tag_ == "VBD" and not helpers
