"""How a word of position is put: denied, planned, only if; and what turns it round."""

from spacy.tokens import Token

from tasks.extract.stances.slots import carriers
from tasks.extract.stances.words import senses
from tasks.extract.statements.cues import cues
from tasks.extract.statements.putting import Manner, manner_of
from tasks.extract.statements.syntax import (
    child,
    governor_of_infinitive,
    own_subject,
    relation,
    with_to,
)

_THANKS = frozenset({"like", "want", "wish"})
_WEIGHING = frozenset({"attitude", "feeling"})


def manner(token: Token) -> Manner:
    """Return how a word of position is put, by its clause or that of the verb that carries it."""
    lifted = next(iter(carriers(token)), token)
    found = manner_of(lifted)
    if _is_conditional(lifted):
        return found._replace(modality="hypothetical")
    if _is_polite(lifted):
        return found._replace(modality="asserted")
    over = lifted.head
    if relation(lifted) in {"xcomp", "advcl"} and over.pos_ == "ADJ" and over.i < lifted.i:
        outer = manner_of(over)  # 'is unwilling to support'
        return Manner(found.is_negated ^ _turns(over) ^ outer.is_negated, outer.modality)
    if relation(token) == "acl" and token.head.pos_ == "NOUN" and with_to(token):
        return _below_noun(token, found)
    is_turned = any(c.lower_ == "longer" and c.i < lifted.i for c in lifted.children)
    is_turned ^= any(c.lower_ in {"no", "neither"} and c.i < token.i for c in token.lefts)
    higher = governor_of_infinitive(lifted)
    highest = governor_of_infinitive(higher) if higher is not None else None
    is_turned ^= highest is not None and _turns(highest)  # 'refused to keep arming'
    return found._replace(is_negated=found.is_negated ^ is_turned)


def _is_conditional(verb: Token) -> bool:
    conditions = (c for c in verb.children if relation(c) == "advcl")
    return any(m.lower_ in {"if", "unless"} for c in conditions for m in c.lefts)


def _is_polite(verb: Token) -> bool:
    """Tell 'I would like to thank', which does thank."""
    if verb.head.lower_ not in _THANKS or relation(verb) != "xcomp":
        return False
    return any(not found.cue.is_attitude for found in cues().at(verb))


def _below_noun(verb: Token, found: Manner) -> Manner:
    """Return how 'to help' is put in 'gave no promise to help'."""
    noun = verb.head
    is_negated = found.is_negated ^ any(c.lower_ == "no" for c in noun.lefts)
    if relation(noun) == "obj" and noun.head != verb:
        is_negated ^= manner_of(noun.head).is_negated
    return Manner(is_negated, "planned" if found.modality == "asserted" else found.modality)


def _turns(word: Token) -> bool:
    return any(s.kind == "reverser" for s in senses(word))


def turned_by(noun: Token) -> Token | None:
    """Return the verb that ends or undoes what `noun` names: 'lifted sanctions'."""
    if relation(noun) not in {"obj", "nsubj:pass"}:
        return None
    return noun.head if _turns(noun.head) else None


def is_weighed(word: Token) -> bool:
    """Tell whether somebody takes a side on the clause of `word`: 'opposed lifting sanctions'."""
    verb = word if word.pos_ in {"VERB", "AUX"} else word.head
    if verb.pos_ != "VERB":
        return False
    if any(relation(c) == "mark" and c.lower_ in {"against", "without"} for c in verb.lefts):
        return True
    is_open = relation(verb) in {"xcomp", "ccomp", "csubj"} and verb.head != verb
    if not is_open or own_subject(verb) is not None:
        return False
    return any(s.kind in _WEIGHING and s.sign for s in senses(verb.head))


def clause_of_it(token: Token) -> Token | None:
    """Return the clause that is judged: 'it was wrong to ...'."""
    who = child(token, "expl", "nsubj")
    if who is None or who.lower_ != "it" or child(token, "cop") is None:
        return None
    found = [c for c in token.rights if relation(c) in {"csubj", "ccomp", "xcomp", "advcl"}]
    return next((c for c in found if with_to(c) or child(c, "mark") is not None), None)
