"""Authors and publishers of a work, from the phrase of its noun and the verb that governs it."""

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from tasks.extract.citations.days import Dates
from tasks.extract.citations.parties import Parties
from tasks.extract.citations.verbs import PUBLISHING, SAYING, WRITING, is_unreal, lemma_is_tell
from tasks.extract.citations.works import PLACES, Party, is_outlet
from tasks.extract.statements.syntax import (
    agent,
    child,
    own_subject,
    phrases,
    relation,
    subject,
)
from tasks.extract.wordlist import words

_OF_OUTLETS = words("report story survey poll")
"""Works in which an outlet tells what others say."""


class Made(NamedTuple):
    """Who wrote a work, who published it, the verbs that date it, and the last character read."""

    author: Party | None
    publisher: Party | None
    verbs: tuple[Token, ...]
    end: int
    is_published: bool


def made_by(noun: Token, parties: Parties, dates: Dates, cues: set[int]) -> Made | None:
    """Return who made the work called `noun`; None where its publication is not yet real.

    `cues` are the first characters of words that report statements.
    """
    found = Creators(noun, parties, dates)
    for verb in _participles(noun):
        if is_unreal(verb):
            return None
        found.from_verb(verb)
    found.from_phrase()
    found.from_governor(cues)
    return found.made()


def _participles(noun: Token) -> Iterator[Token]:
    """Yield 'published' of 'a report published by X', 'which was published in X'."""
    for one in noun.rights:
        if relation(one) in {"acl", "acl:relcl"}:
            for verb in (one, *(c for c in one.children if relation(c) == "conj")):
                if verb.lemma_.lower() in PUBLISHING | WRITING:
                    yield verb


class Creators:
    """Gathers who made a work; the first found counts."""

    def __init__(self, noun: Token, parties: Parties, dates: Dates) -> None:
        """Take the noun of the work, or the last word of its title."""
        self.noun, self.parties, self.dates = noun, parties, dates
        self.author: Party | None = None
        self.publisher: Party | None = None
        self.verbs: list[Token] = []
        self.end = noun.idx + len(noun)

    def made(self) -> Made:
        """Return what was gathered."""
        is_published = any(v.lemma_.lower() in PUBLISHING | WRITING for v in self.verbs)
        return Made(self.author, self.publisher, tuple(self.verbs), self.end, is_published)

    def from_verb(self, verb: Token) -> None:
        """Read 'published by X', 'written by X for Y', 'released in X', 'which X published'."""
        self.verbs.append(verb)
        is_writing = verb.lemma_.lower() in WRITING
        by = self.parties.of(agent(verb))
        own = own_subject(verb)
        if by is None and own is not None and own.lower_ not in {"that", "which", "who"}:
            by = self.parties.of(own) if verb.i > self.noun.i and own.i > self.noun.i else None
        for mark, head in phrases(verb):
            if mark.lower_ in {"in", "for"} or (mark.lower_ in {"at", "on"} and not is_writing):
                self._outlet(head)
        if by is not None:
            # 'published in Nature by a team': then who publishes is told, and the team wrote it.
            is_described = agent(verb) is not None and by.entity_id is None and _is_people(verb)
            publishes = not is_writing and self.publisher is None and not is_described
            self._take(by, publishes=publishes, end=agent(verb))

    def from_phrase(self) -> None:
        """Read "X's report", 'a report by X', 'an article in X', 'a Gallup poll'."""
        owner = child(self.noun, "nmod:poss")
        if owner is not None and not _is_time(owner):
            by = self.parties.of(owner)
            if by is None and owner.lower_ in {"his", "her"}:
                by = self.parties.owner(owner)
            if by is not None and not (by.entity_id or "").startswith(PLACES):
                self._take(by)
        for mark, head in phrases(self.noun):
            if head.i < self.noun.i:
                continue
            if mark.lower_ in {"by", "from"}:
                by = self.parties.of(head)
                is_place = by is not None and (by.entity_id or "").startswith(PLACES)
                if by is not None and not is_place:
                    self._take(by, end=head)
                    for more, inner in phrases(head):
                        if more.lower_ in {"in", "for"}:
                            self._outlet(inner)
            elif mark.lower_ in {"in", "for", "with"}:
                self._outlet(head)
        self._compound()

    def from_governor(self, cues: set[int]) -> None:
        """Read 'X published a report', 'the study was published in X', 'X said in a report'."""
        verb, kind = self.noun.head, relation(self.noun)
        lemma = verb.lemma_.lower()
        if verb == self.noun:
            return
        is_made = lemma in PUBLISHING | WRITING
        if kind == "obj" and is_made:
            self.from_verb(verb)
            by = self.parties.of(subject(verb))
            is_new = self.author is None and not self._is_passed_on(verb)
            if by is not None and (is_outlet(by) or is_new):
                self._take(by)
        elif kind in {"nsubj", "nsubj:pass"} and is_made:
            self.from_verb(verb)
        elif kind == "nsubj" and lemma in SAYING and verb.tag_ == "VBD":
            self.verbs.append(verb)  # 'In March, a study reported that'
        elif kind == "obl" and (lemma in SAYING or verb.idx in cues):
            self._says_in(verb)

    def _is_passed_on(self, verb: Token) -> bool:
        """Read 'Lee posted a report from The Hill', which is none of hers."""
        sources = [
            head
            for mark, head in (*phrases(self.noun), *phrases(verb))
            if mark.lower_ in {"by", "from"} and head.i > self.noun.i
        ]
        for head in sources:
            self._outlet(head)
        return bool(sources) and self.publisher is not None

    def _says_in(self, verb: Token) -> None:
        case = child(self.noun, "case")
        if case is None or case.lower_ != "in":
            return
        self.verbs.append(verb)
        is_pointed = any(c.lower_ in {"the", "this", "that"} for c in self.noun.lefts)
        named = [c for c in self.noun.lefts if c.pos_ == "PROPN" and not self.dates.covers(c)]
        is_journal = self.publisher is not None and "journal" in self.publisher.name.lower()
        is_told = self.noun.lower_ in _OF_OUTLETS and not is_journal
        is_reported = is_told and (self.publisher or named)
        if self.author is None and not is_pointed and not is_reported:
            by = self.parties.of(subject(verb))
            if by is not None and not (self.publisher and by == self.publisher):
                self.author = by
        told = child(verb, "obj", "iobj")
        if self.publisher is None and told is not None and lemma_is_tell(verb):
            self._outlet(told)

    def _take(self, by: Party, *, publishes: bool = False, end: Token | None = None) -> None:
        """Keep `by` as publisher where it is an outlet or is said to publish, else as author."""
        if publishes or is_outlet(by):
            self.publisher = self.publisher or by
        else:
            self.author = self.author or by
        self._reach(end)

    def _outlet(self, head: Token) -> None:
        """Keep the phrase of `head` as publisher where it may be an outlet or a body."""
        by = None if self.dates.covers(head) else self.parties.outlet(head)
        if by is not None and self.publisher is None:
            self.publisher = by
            self._reach(head)

    def _compound(self) -> None:
        """Read 'a Reuters report', 'a 2019 Marquette University poll'."""
        doc, at = self.noun.doc, self.noun.i - 1
        while at > self.noun.left_edge.i and doc[at].text.islower() and doc[at].pos_ != "DET":
            at -= 1  # 'a Gallup opinion poll'
        if at < self.noun.left_edge.i or doc[at].pos_ not in {"PROPN", "NOUN", "X"}:
            return
        mention = self.parties.at(doc[at])
        if mention is not None and mention.kind not in {"pronoun", "nominal", "demonym"}:
            is_inquiry = self.noun.lower_ == "report" and mention.label == "PERSON"
            if mention.label == "ORG" or is_inquiry:
                self._take(self.parties.named(mention))
            return
        first = at
        while first > self.noun.left_edge.i and doc[first - 1].pos_ == "PROPN":
            first -= 1
        is_poll = self.noun.lower_ in {"poll", "survey"}
        if mention is None and doc[at].pos_ == "PROPN" and (at > first or is_poll):
            text = self.parties.document.article.text
            self._take(Party(text[doc[first].idx : doc[at].idx + len(doc[at])]))

    def _reach(self, end: Token | None) -> None:
        if end is not None and end.i <= self.noun.right_edge.i:
            self.end = max(self.end, self.parties.end_of(end))


def _is_people(verb: Token) -> bool:
    """Tell whether who acts in a passive is described, not named: 'by a team from X'."""
    by = agent(verb)
    return by is not None and by.pos_ == "NOUN"


def _is_time(owner: Token) -> bool:
    return owner.ent_type_ == "DATE" or owner.lower_ in words("year month week today yesterday")
