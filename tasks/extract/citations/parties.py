"""Who wrote or published a work: the mention under a noun, the byline, or a name in the text."""

import re
from collections.abc import Sequence

from spacy.tokens import Token

from tasks.extract.citations.works import PLACES, Party, is_known_outlet, is_outlet
from tasks.extract.document import Document
from tasks.extract.statements.sources import Source, source
from tasks.extract.statements.speakers import Speakers
from tasks.extract.statements.syntax import child, relation
from tasks.extract.wordlist import words
from tasks.ids import slug
from warehouse.tables import Mention

_FIRST_PERSON = words("i my me we our us myself")
_WRITERS = words("author writer columnist")
_MAGAZINES = words("journal magazine newspaper")
_POINTING = words("the this present")
_NAMED = {"name", "alias", "acronym", "metonym", "demonym"}
_LONGEST = 12
"""Tokens of the longest description that counts as a name: 'scientists at the University of X'."""


class Parties:
    """The mentions of an article, and its byline, as authors and publishers."""

    def __init__(
        self, document: Document, mentions: Sequence[Mention], spoken: Sequence[tuple[int, int]]
    ) -> None:
        """Index `mentions`, in order; in the spans `spoken` 'I' is not the article's author."""
        self.document = document
        self.speakers = Speakers(mentions)
        self._spoken = spoken
        self._surfaces: dict[str, str] = {}
        for mention in mentions:
            if mention.entity_id is not None and mention.kind in _NAMED - {"demonym"}:
                longer = max(self._surfaces.get(mention.entity_id, ""), mention.surface, key=len)
                self._surfaces[mention.entity_id] = longer

    def byline(self) -> Party | None:
        """Return the author of the article; an entity where the byline names one person."""
        name = (self.document.article.byline or "").strip()
        if not name:
            return None
        if " " not in name or re.search(r"[,;&]|\band\b", name):
            return Party(name)
        known = (m.entity_id for m in self.speakers.mentions if m.surface == name)
        return Party(name, next(known, None) or f"person:{slug(name)}")

    def publisher(self) -> Party | None:
        """Return the outlet of the article itself."""
        name = self.document.article.publisher
        return Party(name) if name else None

    def of(self, head: Token | None) -> Party | None:
        """Return the party in the phrase of `head`, or None where nobody is named there."""
        if head is None or self._is_self(head):
            return None if head is None else self.byline()
        outlet = self._known_outlet(head)
        if outlet is not None:
            return outlet
        around = source(head, head.i, head.i) or Source(head.i, head.i, head)
        mention = self.speakers.of(around) or self._joined_name(head)
        if mention is not None and (head.pos_ == "PRON" or mention.kind not in _NAMED):
            return self._of_reference(mention)
        if mention is not None:
            is_part = mention.label in {"GPE", "NORP"} and head.pos_ == "NOUN"
            return Party(self._words(head) if is_part else mention.surface, mention.entity_id)
        if head.pos_ in {"PRON", "DET"} or head.tag_ == "PRP$":
            return None
        return self._unknown(head)

    def outlet(self, head: Token) -> Party | None:
        """Return the outlet that the phrase of `head` may name: no person and no place."""
        known = self._known_outlet(head)
        if known is not None:
            return known
        mention = self.at(head)
        by = self.of(head)
        if by is None or (by.entity_id or "").startswith((*PLACES, "person:")):
            return None
        if mention is not None and mention.label in {"PERSON", "GPE", "LOC", "NORP", "EVENT"}:
            return None
        is_named = mention is not None or _is_capital(head) or is_outlet(by)
        return by if is_named else None

    def _known_outlet(self, head: Token) -> Party | None:
        first, last = _capitals(head)
        the = head.doc[first - 1] if first else head
        if the.lower_ == "the" and the.text[0].isupper():
            first -= 1
        name = self._text(first, last)
        if not is_known_outlet(name):
            return None
        mention = self.at(head)
        known = mention.entity_id if mention is not None else None
        return Party(name, known if known is not None and known.startswith("media:") else None)

    def at(self, token: Token) -> Mention | None:
        """Return the mention that covers `token`."""
        return self.speakers.at(token)

    def named(self, mention: Mention) -> Party:
        """Return the party that a mention names."""
        return Party(mention.surface, mention.entity_id)

    def by_mention(self, mention: Mention) -> Party | None:
        """Return whom a mention means, by name."""
        return self.named(mention) if mention.kind in _NAMED else self._of_reference(mention)

    def in_text(self, start: int, end: int) -> Party:
        """Return the party that the characters name; an entity where a mention is most of it."""
        inside = [m for m in self.speakers.within(start, end) if m.end_char <= end]
        longest = max(inside, key=lambda m: m.end_char - m.start_char, default=None)
        is_most = longest is not None and (longest.end_char - longest.start_char) * 2 >= end - start
        entity_id = longest.entity_id if longest is not None and is_most else None
        return Party(self.document.article.text[start:end], entity_id)

    def end_of(self, head: Token) -> int:
        """Return the character behind the name in the phrase of `head`."""
        ends = [t.i for t in head.rights if relation(t) in {"flat", "compound", "list"}]
        last = head.doc[max([head.i, *ends])]
        for one in head.rights:  # 'Florida Museum of Natural History'
            is_of = one.pos_ == "PROPN" and any(c.lower_ == "of" for c in one.lefts)
            if is_of and head.text[0].isupper():
                last = one.doc[max(last.i, one.i)]
        mention = self.at(last)
        return max(last.idx + len(last), mention.end_char if mention is not None else 0)

    def is_spoken(self, char: int) -> bool:
        """Tell whether `char` lies in words that are not the author's."""
        return any(start <= char < end for start, end in self._spoken)

    def _is_self(self, head: Token) -> bool:
        if self.is_spoken(head.idx):
            return False
        if head.lower_ in _FIRST_PERSON:
            return True
        is_pointed = any(c.lower_ in _POINTING for c in head.lefts)
        has_more = any(relation(c) in {"nmod", "appos", "flat", "acl:relcl"} for c in head.rights)
        return head.lower_ in _WRITERS and is_pointed and not has_more

    def _joined_name(self, head: Token) -> Mention | None:
        """Return the name around `head` that has an 'and' of its own: 'Department of X and Y'."""
        own, parts = self.at(head), [c for c in head.rights if relation(c) == "conj"]
        is_name = own is not None and own.kind in _NAMED and own.start_char == head.idx
        is_whole = own is not None and all(part.idx < own.end_char for part in parts)
        return own if parts and is_name and is_whole else None

    def owner(self, pronoun: Token) -> Party | None:
        """Return whom 'his' or 'her' means that no mention resolves.

        It is the one person, or the one family name, that the paragraph has named so far.
        """
        text = self.document.article.text
        start = text.rfind("\n", 0, pronoun.idx) + 1
        inside = self.speakers.within(start, pronoun.idx)
        persons = [m for m in inside if m.label == "PERSON" and m.kind in _NAMED]
        if len({m.surface.split()[-1] for m in persons}) != 1:
            return None
        return self.named(max(persons, key=lambda m: (m.entity_id is not None, len(m.surface))))

    def _of_reference(self, mention: Mention) -> Party | None:
        """Return whom a pronoun or an office stands for, by the name that the text gives."""
        if mention.entity_id is None:
            return None
        return Party(self._surfaces.get(mention.entity_id, mention.surface), mention.entity_id)

    def _unknown(self, head: Token) -> Party | None:
        """Return a name that no mention covers, or a description with a name in it."""
        if _is_capital(head) and not head.is_sent_start and head.pos_ in {"PROPN", "NOUN", "NUM"}:
            first, last = _capitals(head)
            return Party(self._text(first, last))
        apposed = child(head, "appos")
        if head.lower_ in _MAGAZINES and apposed is not None and apposed.text[0].isupper():
            return self.of(apposed)  # 'the journal Science'
        if head.lower_ in _MAGAZINES and head.i and head.nbor(-1).text[0].isupper():
            first, _ = _capitals(head.nbor(-1))
            return Party(self._text(first, head.i))  # 'Scientific Reports journal'
        last = min(_last(head), head.i + _LONGEST // 2)
        inside = self.speakers.within(head.idx, head.doc[last].idx + 1)
        if head.pos_ == "NOUN" and inside:
            name = self._words(head)
            return None if name.islower() else Party(name)
        return None

    def _words(self, head: Token) -> str:
        first, last = head.left_edge.i, _last(head)
        doc = head.doc
        while first < head.i and (doc[first].pos_ in {"ADP", "DET", "PUNCT", "SCONJ"}):
            first += 1
        stops = (t.i for t in doc[head.i + 1 : last + 1] if t.is_punct or t.pos_ == "VERB")
        return self._text(first, min(next(stops, last + 1) - 1, first + _LONGEST))

    def _text(self, first: int, last: int) -> str:
        doc = self.document.doc
        return self.document.article.text[doc[first].idx : doc[last].idx + len(doc[last])]


def _last(head: Token) -> int:
    """Return the last token of the phrase of `head`, to which 'from X' right behind it belongs."""
    mark = head.nbor(1) if head.i + 1 < len(head.doc) else head
    is_its = mark.lower_ in {"from", "at"} and mark.head.head in {head, head.head}
    return max(head.right_edge.i, mark.head.right_edge.i if is_its else 0)


def _is_capital(head: Token) -> bool:
    """Tell whether a word is written as names are, those like 'arXiv' and 'eLife' with them."""
    return not head.text.islower() and head.text[0].isalpha()


def _capitals(head: Token) -> tuple[int, int]:
    """Return the first and last token of the run of capitals around `head`."""
    doc = head.doc
    first = last = head.i
    while first > 0 and doc[first - 1].text[:1].isupper() and doc[first - 1].pos_ != "DET":
        first -= 1
    while last + 1 < len(doc) and doc[last + 1].text[:1].isupper():
        last += 1
    return first, last
