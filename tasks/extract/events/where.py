"""Where an act took place: the place named after 'in', 'at' or 'near' in its clause."""

from collections.abc import Iterator

from spacy.tokens import Token

from tasks.extract.events.reading import Act
from tasks.extract.stances.parties import Parties
from tasks.extract.statements.syntax import phrases
from warehouse.tables import Mention

_PLACE = frozenset({"in", "at", "near", "outside", "around", "inside", "across", "from", "off"})
_LABELS = frozenset({"GPE", "LOC"})


def place_of(act: Act, parties: Parties) -> Mention | None:
    """Return the place of the act, nearest first; None where none is named."""
    for token in _below(act):
        for phrase in phrases(token):
            word = phrase.preposition.lower_
            if word not in _PLACE or (word == "from" and act.token.pos_ == "VERB"):
                continue
            for head in (phrase.head, *_named(phrase.head)):
                mention = parties.mentions.at(head)
                if mention is not None and mention.label in _LABELS and mention.kind != "demonym":
                    return mention
    return None


def _below(act: Act) -> Iterator[Token]:
    """Yield the words that a place may hang on: the verb, its noun, its parties."""
    yield act.clause
    if act.token.i != act.clause.i:
        yield act.token
    for actor, target in act.pairs:
        for whom in (target, actor):
            if whom is not None:
                yield whom.token
    yield from (c for c in act.clause.rights if c.pos_ in {"NOUN", "PROPN"})


def _named(head: Token) -> Iterator[Token]:
    """Yield the names beside what a place is called: 'the city of X', 'the port X'."""
    yield from (c for c in head.children if c.pos_ == "PROPN")
    for phrase in phrases(head):
        yield phrase.head
