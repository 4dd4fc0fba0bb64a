"""Which entity speaks: the mention under a source, the person who spoke before, the author."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from spacy.tokens import Token

from tasks.extract import grammar
from tasks.extract.nouns import class_of
from tasks.extract.statements.cues import cues
from tasks.extract.statements.sources import Source
from tasks.extract.statements.syntax import antecedent
from warehouse.tables import Mention, SpeakerType

NOT_ACTORS = ("city:", "region:", "other:")
"""Entity types that neither speak nor act: a city does only as a metonym, which is its state."""
_BODIES = grammar.words(
    "government administration regime authorities ministry leadership parliament military army"
)
"""Nouns that stand for the state whose name or demonym comes before them."""
_PARTIES = grammar.STATE_HEADS | grammar.words(
    "people person public crowd family parent child friend neighbour neighbor fan voter citizen "
    "resident critic opponent supporter ally aide source staff campaign community relative public "
    "democrat republican conservative member witness guest youth refugee migrant party police some "
    "many others those one side sides everyone nobody"
)
_OF_PERSONS = ("er", "or", "ist", "ian", "ant", "ee", "man", "men", "people")
"""Endings of most nouns for persons by what they do."""
_NAMING = {"name", "alias", "acronym", "metonym", "demonym"}


def of_one_who_speaks(entity_id: str | None) -> str | None:
    """Return the id, or None where it is of a place or thing that does not speak."""
    return None if (entity_id or "").startswith(NOT_ACTORS) else entity_id


class Speakers:
    """The mentions of an article by position."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        """Index `mentions`, which are in order."""
        self.mentions = mentions
        self._starts = [m.start_char for m in mentions]

    def at(self, token: Token) -> Mention | None:
        """Return the innermost mention that covers `token`."""
        index = bisect_right(self._starts, token.idx)
        for mention in reversed(self.mentions[max(0, index - 4) : index]):
            if mention.end_char > token.idx:
                return mention
        return None

    def within(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that start within the characters `start` to `end`."""
        lo, hi = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return list(self.mentions[lo:hi])

    def of(self, source: Source) -> Mention | None:
        """Return the mention that a source rests on: its head's, or the name beside its head."""
        head = source.head
        if head.dep_ == "nmod:poss" or head.tag_ == "PRP$":
            return self.at(head)
        if head.lower_ in {"who", "which", "that"}:
            noun = antecedent(head)
            return None if noun is None else self._named(noun)
        return self._named(head)

    def _named(self, head: Token) -> Mention | None:
        if _is_joined(head):
            return None
        own = self.at(head)
        if own is not None and own.kind == "demonym" and head.n_lefts > 1:
            return None  # 'most Americans'
        if own is not None and (own.kind != "demonym" or head.pos_ == "PROPN"):
            return own
        for one in head.children:
            if one.dep_ in {"appos", "flat", "compound", "nmod:desc"} and one.i > head.i:
                named = self.at(one)
                if named is None or named.kind not in _NAMING:
                    continue
                is_next = one.left_edge.i == head.i + 1 and not one.left_edge.is_punct
                if named.label == "PERSON" or is_next:
                    return named
        if head.lower_ in _BODIES:
            states = (self.at(c) for c in head.lefts if c.dep_ in {"amod", "compound", "nmod:poss"})
            return next((s for s in states if s is not None and s.label in {"GPE", "NORP"}), None)
        return None


def _is_joined(head: Token) -> bool:
    """Tell whether 'A and B' speak: neither alone does."""
    return any(c.dep_ == "conj" and c.pos_ in {"PROPN", "NOUN", "PRON"} for c in head.rights)


def speaker_type(source: Source, mention: Mention | None, *, is_author: bool) -> SpeakerType:
    """Return how a speaker is given."""
    head = source.head
    if is_author:
        return "author"
    if head.pos_ == "PRON" or head.tag_ == "PRP$":
        return "pronoun"
    if mention is not None and mention.entity_id is not None:
        return "named" if mention.kind in _NAMING else "role"
    if mention is not None and mention.kind in _NAMING:
        return "named"
    if head.lower_ in grammar.ROLES:
        return "role"
    return "document" if is_document(head) else "unnamed"


def is_party(noun: Token) -> bool:
    """Tell whether `noun` may be who says or wants something: a person, people or a body."""
    lemma = noun.lemma_.lower() or noun.lower_
    is_called = bool(class_of(lemma)) or noun.lower_ in _PARTIES or lemma in _PARTIES
    is_name = noun.pos_ in {"PROPN", "PRON"} or (noun.text[0].isupper() and not noun.is_sent_start)
    return is_called or is_name or lemma.endswith(_OF_PERSONS)


def is_document(noun: Token) -> bool:
    """Tell whether `noun` is a poll, a report or another paper that may be a source."""
    return any("document" in f.cue.frames and f.cue.pos == "noun" for f in cues().at(noun))
