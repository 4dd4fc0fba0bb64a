"""Works cited in running text: 'a 2019 report by X', 'wrote in X in 2018', "argued in 'Title'"."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from tasks.extract.citations.creators import Creators, Made, made_by
from tasks.extract.citations.days import Dated, Dates
from tasks.extract.citations.parties import Parties
from tasks.extract.citations.titles import Titles
from tasks.extract.citations.verbs import PUBLISHING, SAYING, WRITING, is_missing, is_unreal
from tasks.extract.citations.works import (
    Party,
    Strength,
    Work,
    is_force,
    is_outlet,
    names_other_work,
    strength_of,
)
from tasks.extract.document import Document
from tasks.extract.quotes import Quote
from tasks.extract.statements.syntax import child, is_passive, phrases, relation, subject
from tasks.extract.wordlist import words
from warehouse.tables import Statement

_ARGUING = words("write argue note claim suggest warn report observe contend assert recall explain")
_PAGES = words("pages columns newspaper journal magazine")
_ABOUT = words("on about into of")
_LONGEST = 14
"""Tokens of the longest words that name a work with its subject: 'a report on prisons in X'."""
_LINK = re.compile(r",?\s(?:(?:in|on|of|dated|from)\s)?")


class Prose:
    """Reads the works that the sentences of an article cite."""

    def __init__(
        self,
        document: Document,
        parties: Parties,
        dates: Dates,
        titles: Titles,
        statements: Sequence[Statement],
    ) -> None:
        """Take the article with its names, dates, quotations and statements."""
        self.document, self.parties = document, parties
        self.dates, self.titles = dates, titles
        self.cues = {s.cue_start for s in statements if s.cue_start is not None}

    def works(self) -> Iterator[Work]:
        """Yield the works cited, in no order; one may be named twice."""
        for token in self.document.doc:
            strength = strength_of(token)
            work = None
            if strength is not None:
                work = self._of_noun(token, strength)
            elif token.lemma_.lower() in _ARGUING:
                work = self._of_verb(token)
            if work is not None:
                yield work
        for quote in self.titles.quotes:
            work = self._of_title(quote)
            if work is not None:
                yield work

    def _of_noun(self, noun: Token, strength: Strength) -> Work | None:
        """Return the work that `noun` names, where it has a title or somebody made it."""
        if is_missing(noun):
            return None
        made = made_by(noun, self.parties, self.dates, self.cues)
        title = self.titles.of_noun(noun)
        if made is None or not _is_enough(made, strength, has_title=title is not None):
            return None
        verbs = [*made.verbs, *_appearing(noun)]
        ends = [made.end, noun.idx + len(noun), *([title[1]] if title else [])]
        dated = self.dates.of_noun(noun, verbs, ends)
        is_seen = is_force(made.author) and not made.is_published
        is_vague = strength == "interview" or is_seen or _is_taken_up(noun, made)
        if is_vague and title is None and dated.days is None:
            return None
        span = title or self._named(noun, made, dated)
        return self._work(span, title is not None, made.author, made.publisher, dated, verbs)

    def _work(
        self,
        span: tuple[int, int],
        has_title: bool,
        author: Party | None,
        publisher: Party | None,
        dated: Dated,
        verbs: Sequence[Token],
    ) -> Work | None:
        """Return the work, without a date after the article's; none where only that is told."""
        if self.dates.is_past(dated.days):
            return Work(*span, has_title, author, publisher, dated.days)
        return Work(*span, has_title, author, publisher) if verbs else None

    def _named(self, noun: Token, made: Made, dated: Dated) -> tuple[int, int]:
        """Return the words that name a work without a title: article, kind, maker and date."""
        doc = self.document.doc
        first = noun.left_edge.i
        case = child(noun, "case")
        if case is not None and first <= case.i < noun.i:
            first = case.i + 1
        while first < noun.i and (
            doc[first].pos_ in {"ADP", "CCONJ", "PUNCT", "SPACE"} or doc[first].dep_ == "fixed"
        ):
            first += 1
        end = max(made.end, noun.idx + len(noun))
        for mark, head in phrases(noun):
            last = doc[head.right_edge.i]
            is_near = noun.i < head.i and last.i - noun.i < _LONGEST
            if is_near and mark.lower_ in _ABOUT:
                end = max(end, last.idx + len(last))
        return doc[first].idx, self._with_date(end, dated)

    def _with_date(self, end: int, dated: Dated) -> int:
        """Return the end of words that go on to the end of their date."""
        gap = self.document.article.text[end : dated.start]
        is_next = dated.days is not None and _LINK.fullmatch(gap) is not None
        return dated.end if is_next else end

    def _of_verb(self, verb: Token) -> Work | None:
        """Return the text of which only the outlet is told: 'X wrote in Foreign Affairs that'."""
        if is_unreal(verb) or verb.pos_ != "VERB" or is_passive(verb):
            return None
        for mark, head in phrases(verb):
            is_for = mark.lower_ == "for" and verb.lemma_.lower() == "write"
            if not (mark.lower_ == "in" or is_for) or strength_of(head) is not None:
                continue
            outlet, author = self._outlet(head), self.parties.of(subject(verb))
            if outlet is None or author is None or author == outlet or head.i < verb.i:
                continue
            end = self.parties.end_of(head)
            dated = self.dates.of_noun(verb, [verb], [end])
            if end - verb.idx < 80:
                span = verb.idx, self._with_date(end, dated)
                return self._work(span, False, author, outlet, dated, [verb])
        return None

    def _outlet(self, head: Token) -> Party | None:
        is_own = any(c.lower_ in {"this", "these"} for c in head.lefts)
        if head.lower_ in _PAGES and is_own:
            return self.parties.publisher()
        found = self.parties.outlet(head) if head.text[0].isupper() else None
        return found if found is not None and is_outlet(found) else None

    def _of_title(self, quote: Quote) -> Work | None:
        """Return the work of which the title comes first or alone: 'X argued in "T"'."""
        span = self.document.doc.char_span(quote.start, quote.end, alignment_mode="expand")
        if not self.titles.is_title(quote) or span is None:
            return None
        made = self._published(span) or self._argued(span)
        if made is None:
            return None
        dated = self.dates.of_noun(span.root, made.verbs, [quote.outer_end, made.end])
        found = (quote.start, quote.end), True, made.author, made.publisher
        return self._work(*found, dated, made.verbs)

    def _published(self, span: Span) -> Made | None:
        """Read '"Title", published by X in 2020, ...'."""
        behind = self.document.doc[span.end : span.end + 3]
        verb = next((t for t in behind if not t.is_punct), span.root)
        if verb.tag_ != "VBN" or verb.lemma_.lower() not in PUBLISHING | WRITING:
            return None
        found = Creators(span[-1], self.parties, self.dates)
        found.from_verb(verb)
        made = found.made()
        return made if made.author is not None or made.publisher is not None else None

    def _argued(self, span: Span) -> Made | None:
        """Read 'as X argued in "Title"', 'X published "Title"'."""
        root = span.root
        verb = root.head
        if root == verb or names_other_work(verb.lower_) or is_unreal(verb):
            return None
        lemma = verb.lemma_.lower()
        before = [t.lower_ for t in self.document.doc[max(span.start - 2, 0) : span.start]]
        is_said = lemma in SAYING | WRITING or verb.idx in self.cues
        is_in = relation(root) == "obl" and is_said and "in" in before
        is_made = relation(root) == "obj" and lemma in {"publish", "author", "pen"}
        author = self.parties.of(subject(verb)) if is_in or is_made else None
        if author is None:
            return None
        last = span[-1]
        return Made(author, None, (verb,), last.idx + len(last), True)


def _is_enough(made: Made, strength: Strength, *, has_title: bool) -> bool:
    """Tell a work from other things called by the same noun."""
    has_maker = made.author is not None or made.publisher is not None
    if has_title:
        return has_maker or strength == "own"
    if strength == "own":
        return has_maker
    if strength == "interview":
        is_named = made.author is not None or made.is_published
        return made.publisher is not None and (is_named or is_outlet(made.publisher))
    is_carried = made.publisher is not None and is_outlet(made.publisher)
    return is_carried or (made.is_published and has_maker)


def _appearing(noun: Token) -> list[Token]:
    """Return the verb of '"Title", an essay by X, appeared in 2014'."""
    verb = noun.head.head
    is_verb = relation(noun) == "appos" and verb.lemma_.lower() in PUBLISHING
    return [verb] if is_verb and not is_unreal(verb) else []


def _is_taken_up(noun: Token, made: Made) -> bool:
    """Tell whether 'his book' speaks of a work named before."""
    owner = child(noun, "nmod:poss")
    return owner is not None and owner.tag_ == "PRP$" and not made.is_published
