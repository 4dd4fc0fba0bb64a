"""Where the parties of a word of action stand: its object, its phrases, what it is of."""

from collections.abc import Iterator

from spacy.tokens import Token

from tasks.extract.events.words import Sense, is_of_class
from tasks.extract.stances.slots import doer, patient, relative_of
from tasks.extract.statements.speakers import is_document
from tasks.extract.statements.syntax import (
    child,
    is_passive,
    own_subject,
    phrases,
    relation,
    with_to,
)

_LAWS = frozenset({"law", "act", "rule", "bill", "constitution", "treaty", "clause", "order"})
"""Papers that act by themselves, not he who has to do with them: 'found a law permitting X'."""
_NEAR = 3
"""Tokens from a verb to one joined to it with which it shares its object."""
_MEANS = ("ARMS", "MISSILES", "FORCES", "WARSHIPS")
"""Classes of what is sent to act: 'fired missiles targeting X'."""


def object_of(verb: Token, sense: Sense | None) -> Token | None:
    """Return the direct object of `verb`, or what stands after the preposition that ends its
    words: 'agree to a ceasefire'."""
    if sense is not None and len(sense.words) > 1:
        found = next(after(verb, sense.words[-1]), None)
        if found is not None:
            return found
    found = _told_to_be(verb) or patient(verb)
    if found is None:  # 'shot and killed X'
        joined = (c for c in verb.rights if c.dep_ == "conj" and c.pos_ == "VERB")
        other = next(joined, None)
        is_near = other is not None and other.i - verb.i <= _NEAR and own_subject(other) is None
        found = patient(other) if other is not None and is_near else None
    return None if found is None else relative_of(found)


def _told_to_be(verb: Token) -> Token | None:
    """Return of whom a passive is asked: 'called for the killers to be tried'."""
    if not with_to(verb) or not is_passive(verb) or own_subject(verb) is not None:
        return None
    asked = (p.head for p in phrases(verb.head) if p.preposition.lower_ == "for")
    return next((head for head in asked if verb.head.i < head.i < verb.i), None)


def actor_of(verb: Token) -> Token | None:
    """Return who does what the verb says; of 'issued a letter demanding', who issued it."""
    who = doer(verb)
    if who is None and relation(verb) == "acl" and verb.head.dep_ == "ROOT" and with_to(verb):
        return verb.head  # a headline: 'X to visit Y'
    if who is None or who.i == verb.i:
        return None
    is_used = relation(verb) == "acl" and verb.head == who and relation(who) == "obj"
    if is_used and who.lemma_.lower() in _LAWS:
        return None
    if is_used and (is_document(who) or is_of_class(who, _MEANS)):
        return doer(who.head) or who
    return who


def after(token: Token, preposition: str) -> Iterator[Token]:
    """Yield what stands after `preposition` below `token`, or below its object."""
    for phrase in phrases(token):
        if phrase.preposition.lower_ == preposition and phrase.preposition.i >= token.i:
            yield phrase.head
    thing = child(token, "obj") if token.pos_ == "VERB" else None
    if thing is not None:
        yield from (p.head for p in phrases(thing) if p.preposition.lower_ == preposition)


def given_to(verb: Token) -> Token | None:
    """Return who gets it, without a preposition: 'gave Y aid'."""
    return child(verb, "iobj") if child(verb, "obj") is not None else None


def after_noun(noun: Token, preposition: str, carrier: Token | None) -> Iterator[Token]:
    """Yield what stands after `preposition` below `noun`, the phrases after it, or its verb.

    Parsers hang the second phrase of 'the invasion of X by Y' on X or on the verb.
    """
    below = [p.head for p in phrases(noun) if p.head.i > noun.i]
    verbs = [noun.head] if relation(noun) in {"obj", "obl"} and noun.head.i < noun.i else []
    for one in (noun, *below, *([] if carrier is None else [carrier]), *verbs):
        for phrase in phrases(one):
            if phrase.preposition.lower_ == preposition and phrase.head.i > noun.i:
                yield phrase.head


def all_after(token: Token) -> list[Token]:
    """Return the nouns in the phrases of `token`."""
    return [p.head for p in phrases(token) if p.head.pos_ in {"NOUN", "PROPN", "PRON"}]


def said_of(noun: Token) -> list[Token]:
    """Return what an act called `noun` is of or about: 'suspension of aid', 'aid cut'."""
    before = [c for c in noun.lefts if relation(c) in {"compound", "amod"}]
    return before + [p.head for p in phrases(noun) if p.head.i > noun.i]


def is_used_as_noun(verb: Token) -> bool:
    """Tell whether a gerund stands as a noun: 'the bombing'."""
    return verb.tag_ == "VBG" and any(relation(c) == "det" for c in verb.lefts)
