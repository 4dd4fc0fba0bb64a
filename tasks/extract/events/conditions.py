"""What the object of a word of action must be for one of its senses; what carries a noun."""

from collections.abc import Set as AbstractSet

from spacy.tokens import Token

from tasks.extract.events.phrases import core
from tasks.extract.events.slots import after, object_of, said_of
from tasks.extract.events.words import NO_OBJECT, Sense, noun_words, senses
from tasks.extract.grammar import words
from tasks.extract.stances.parties import Parties
from tasks.extract.statements.syntax import child, relation
from warehouse.tables import Mention

CARRYING_NOUNS = words(
    "effort program programme delivery shipment supply package operation mission campaign round "
    "process session plan bid attempt drive personnel worker convoy service move measure request"
)
"""Nouns that say little beside the one before them: 'aid deliveries', 'mediation efforts'."""


_LABELS = {"person": "PERSON", "state": "GPE", "city": "GPE", "region": "LOC", "people": "NORP"}
"""Labels by the type of an entity."""


class Conditions:
    """Tells which senses of the words of one article apply."""

    def __init__(self, parties: Parties) -> None:
        """Take the reader of entities of the article."""
        self.parties = parties

    def met(self, token: Token, sense: Sense) -> bool:
        """Tell whether the object is what the sense asks for; of a noun, what it is of."""
        if not sense.objects:
            return True
        if sense.pos == "noun":
            return any(self._has(one, sense.objects) for one in said_of(token))
        thing = object_of(token, sense)
        if thing is None and NO_OBJECT in sense.objects:  # not 'demonstrated that'
            return "clause" in sense.targets or child(token, "ccomp") is None
        if thing is not None:
            return self._has(thing, sense.objects)
        heads = (head for slot in sense.targets for head in after(token, slot))
        return any(self._has(head, sense.objects) for head in heads)

    def carrier_of(self, noun: Token) -> tuple[Token, Sense] | None:
        """Return the light verb that carries `noun`, and its sense: 'launched an attack', 'talks
        held', 'engaged in talks'."""
        over = _counted_by(noun)
        below = [c for c in noun.rights if relation(c) in {"acl", "acl:relcl"}]
        kind = relation(over)
        if kind in {"obj", "nsubj:pass", "obl"}:
            below.insert(0, over.head)
        for verb in below:
            for sense in senses(verb):
                if sense.is_light and sense.pos == "verb" and self._carries(sense, noun, over):
                    return verb, sense
        return None

    def _carries(self, sense: Sense, noun: Token, over: Token) -> bool:
        if relation(over) == "obl":
            marks = {c.lower_ for c in over.lefts if relation(c) == "case"}
            if not marks & {*sense.targets, *sense.words[1:]}:
                return False
        return not sense.objects - {NO_OBJECT} or self._has(noun, sense.objects)

    def _has(self, thing: Token | None, objects: AbstractSet[str]) -> bool:
        """Tell whether `thing`, what it counts or one joined to it is one of `objects`."""
        if thing is None:
            return False
        inner = core(thing)
        heads = [thing, inner, *(c for c in inner.rights if c.dep_ == "conj")]
        if inner.lemma_.lower() in CARRYING_NOUNS:
            heads += [c for c in inner.lefts if relation(c) == "compound"]
        if any(noun_words(head) & objects for head in heads):
            return True
        named = self.parties.mentions.at(inner)
        return named is not None and _label(named) in objects


def _label(mention: Mention) -> str:
    """Return the label of a mention; of a pronoun or noun, that of the entity it means."""
    kind = (mention.entity_id or "").partition(":")[0]
    return _LABELS.get(kind, "ORG") if mention.kind == "pronoun" and kind else mention.label


def _counted_by(noun: Token) -> Token:
    """Return the word that counts `noun`: 'a series of attacks'; else `noun`."""
    is_counted = relation(noun) == "nmod" and core(noun.head) == noun
    return noun.head if is_counted else noun
