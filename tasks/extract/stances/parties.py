"""Which entities a noun phrase stands for: by name, as a body of them, or as whose it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from tasks.extract import grammar
from tasks.extract.nouns import class_of
from tasks.extract.stances.words import senses
from tasks.extract.statements.speakers import NOT_ACTORS, Speakers
from tasks.extract.statements.syntax import antecedent, phrases, relation
from warehouse.tables import Mention

_NAMING = frozenset({"appos", "flat", "compound", "nmod:desc"})
_OWNERS = frozenset({"of", "by"})
_BODIES = grammar.STATE_HEADS | grammar.words(
    "establishment nation country bloc club company group party "
    "lawmaker legislator senator official officer aide spokespeople majority minority wing"
)
_PERSONS = grammar.words(
    "critic opponent supporter dissident rebel fan voter friend relative victim prisoner hostage "
    "refugee migrant protester activist worker soldier child woman man family inmate detainee"
)
_DEEDS = grammar.DEEDS | grammar.HOSTILE_NOUNS
_DESCRIBING = frozenset({"compound", "amod", "nmod:desc"})
_RELATIVES = frozenset({"who", "whom", "whose", "which", "that"})
_OPPOSED = frozenset(
    {"opposition", "rebel", "exiled", "dissident", "shadow", "separatist", "former"}
)
_OF_PERSONS = ("ist", "ian", "people", "men")


@dataclass(frozen=True, slots=True)
class Party:
    """An entity in its place: the mention, the token it stands at, and what of it is meant."""

    mention: Mention
    token: Token
    aspect: tuple[int, int] | None = None

    @property
    def entity_id(self) -> str | None:
        """The entity, where one is known."""
        return self.mention.entity_id


class Parties:
    """Reads the entities that noun phrases of one article stand for."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        """Index `mentions`, which are in order."""
        self.mentions = Speakers(mentions)

    def is_name(self, token: Token) -> bool:
        """Tell whether `token` is part of a name."""
        mention = self.mentions.at(token)
        return mention is not None and mention.kind in {"name", "alias", "acronym"}

    def of(self, head: Token) -> list[Party]:
        """Return who is meant by the phrase of `head` and those joined to it."""
        found: list[Party] = []
        for one in (head, *joined(head)):
            found += [p for p in self.of_one(one) if p.entity_id not in _ids(found)]
        return found

    def owners(self, noun: Token) -> list[Party]:
        """Return whose the thing called `noun` is, with the thing as aspect."""
        found: list[Party] = []
        if is_person(noun) and not is_body(noun):
            return found  # 'Russian dissidents' are not Russia
        for one in owner_tokens(noun):
            if relation(one) in _DESCRIBING and not (noun.lower_ in _DEEDS or is_body(noun)):
                continue  # 'US citizens', 'a Moscow hotel'
            found += [replace(p, aspect=p.aspect or _phrase(noun, one)) for p in self.of(one)]
        return found

    def of_one(self, head: Token, depth: int = 6) -> list[Party]:
        """Return who is meant by the phrase of `head` alone."""
        if head.lower_ in _RELATIVES and head.pos_ in {"PRON", "DET", "SCONJ"}:
            noun = antecedent(head)
            return [] if noun is None or noun == head else self.of_one(noun, depth)
        own = self._at(head)
        is_adjective = own and own[0].mention.kind == "demonym" and head.pos_ == "ADJ"
        if own and not (is_adjective and head.n_rights):
            return own
        for one in head.rights:
            if relation(one) in _NAMING and (named := self._at(one)):
                is_next = one.left_edge.i == head.right_edge.i or one.i - head.i < 12
                if is_next and named[0].mention.label in {"PERSON", "ORG"}:
                    return named
        return self._called(head) or (self._behind(head, depth) if depth else [])

    def _called(self, head: Token) -> list[Party]:
        """Return the body whose name stands before what it is: 'NATO allies', 'the X framework'."""
        is_partner = any(s.kind == "relation" for s in senses(head))
        for one in head.lefts:
            found = self._at(one) if relation(one) == "compound" else []
            if found and (is_partner or found[0].mention.label in {"ORG", "EVENT", "MISC"}):
                return found
        return []

    def _behind(self, head: Token, depth: int) -> list[Party]:
        """Return the state or body of which `head` is a part: 'Russian officials'."""
        if not is_body(head):
            return []
        spoken_for = [p.head for p in phrases(head) if p.preposition.lower_ == "for"]
        for one in (*owner_tokens(head), *spoken_for):
            found = [
                p for p in self.of_one(one, depth - 1) if p.mention.label in {"GPE", "NORP", "ORG"}
            ]
            if found:
                return found
        return []

    def _at(self, token: Token) -> list[Party]:
        """Return the mention over `token`, or all of a counted group ('both countries')."""
        mention = self.mentions.at(token)
        if mention is None:
            return []
        span = mention.start_char, mention.end_char
        same = [
            m
            for m in self.mentions.within(span[0], span[0] + 1)
            if (m.start_char, m.end_char) == span and m.entity_id is not None
        ]
        return [Party(m, token) for m in same]


def is_person(noun: Token) -> bool:
    """Tell whether `noun` calls persons something, as 'dissidents' and 'critics' do."""
    lemma = noun.lemma_.lower()
    is_called = "person" in class_of(lemma) or lemma in _PERSONS or lemma.endswith(_OF_PERSONS)
    return noun.pos_ == "NOUN" and is_called


def is_body(noun: Token) -> bool:
    """Tell whether `noun` is a part of a state or body that stands for the whole."""
    if any(c.lower_ in _OPPOSED for c in noun.lefts):
        return False
    return noun.lower_ in _BODIES or noun.lemma_.lower() in _BODIES


def owner_tokens(noun: Token) -> Iterator[Token]:
    """Yield the possessor of `noun`, who it is of or by, and the names before it."""
    for one in noun.lefts:
        if relation(one) in {"nmod:poss", "compound", "amod", "nmod:desc", "nmod"}:
            yield one
    for phrase in phrases(noun):
        if phrase.preposition.lower_ in _OWNERS and phrase.head.i > noun.i:
            yield phrase.head
    if relation(noun) == "obj":  # 'denounced the decision by X', as the parser has it
        for phrase in phrases(noun.head):
            if phrase.preposition.lower_ == "by" and phrase.preposition.i == noun.i + 1:
                yield phrase.head


def joined(head: Token) -> Iterator[Token]:
    """Yield the nouns joined to `head` by 'and', a few deep."""
    for one in head.rights:
        if any(c.lower_ in {"not", "but"} for c in one.lefts):
            continue
        if one.dep_ == "conj" and one.pos_ in {"NOUN", "PROPN", "PRON", "ADJ", "NUM"}:
            yield one
            if one.pos_ in {"NOUN", "PROPN"}:  # spaCy's labels chain
                yield from (c for c in one.rights if c.dep_ == "conj")


def _phrase(noun: Token, owner: Token) -> tuple[int, int]:
    """Return the characters of the phrase of `noun` without a possessor before it."""
    first = noun.left_edge.i
    if owner.i < noun.i:
        first = owner.right_edge.i + 1
        if first > noun.i:
            first = noun.i
    last = noun
    for one in noun.rights:
        if relation(one) in {"acl:relcl", "conj", "appos", "punct", "parataxis", "cc"}:
            break
        last = one.right_edge if one.right_edge.i - noun.i < 15 else last
    return noun.doc[first].idx, last.idx + len(last)


def _ids(parties: Sequence[Party]) -> set[str | None]:
    return {p.entity_id for p in parties}


def is_actor(mention: Mention) -> bool:
    """Tell whether the mention is of a known entity that can act, not of a place."""
    entity_id = mention.entity_id
    if entity_id is None or mention.label in {"LOC", "EVENT"}:
        return False
    return not entity_id.startswith(NOT_ACTORS)


def may_be_target(mention: Mention) -> bool:
    """Tell whether a position may be about the mention: any known entity but a mere place."""
    entity_id = mention.entity_id
    if entity_id is None or mention.label == "LOC":
        return False
    return not entity_id.startswith(("city:", "region:"))
