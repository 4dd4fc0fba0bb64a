"""Whether something is told at all where no clause or quote follows: 'X praised Y', 'spoke of Y'.

Such rules find acts as well as words. Where the cue is only meant to happen ('came to discuss Y'),
may happen ('could ask Y') or is kept from happening ('refrained from naming Y'), nothing was said.
"""

from spacy.tokens import Token

from tasks.extract.grammar import words
from tasks.extract.statements.attribution import Attribution
from tasks.extract.statements.putting import Manner, carrier_of
from tasks.extract.statements.speakers import is_party
from tasks.extract.statements.syntax import child, own_subject, relation

WEAK = words("object phrase naming passive infinitive gerund question")
_UNSAID = frozenset({"possible", "hypothetical", "planned"})
_WITHOUT = words("from without instead")
_BINDING = words("demand propose promise")
_ANSWERS = words("respond react")
_GLOSSES = words("refer")
_OF_PERSONS = words("question confirm challenge")
"""Verbs that say something of things only: persons are questioned by police, confirmed by votes."""
_CASES = words("case lawsuit suit appeal motion petition indictment")
_RULINGS = words("dismiss reject uphold affirm approve")
"""What courts do with cases; the act is all there is."""


def is_told(one: Attribution, manner: Manner, *, is_document: bool) -> bool:
    """Tell whether a report tells what somebody said, or for an attitude, holds."""
    if one.rule not in WEAK:
        return True
    verb = carrier_of(one.head)
    if _is_purpose(one, verb) or _is_left_undone(verb):
        return False
    if is_document and relation(verb) == "acl:relcl" and one.cue.cue_class in _BINDING:
        return False  # 'a bill that asks for much': what it is, not what it says
    if _is_gloss(verb) or _is_act(one):
        return False
    is_refused = manner.is_negated and one.cue.pos == "verb"
    if one.cue.lemma in _ANSWERS and not (is_refused and one.cue.lemma == "respond"):
        return False  # what was said to it is not known
    if one.cue.pos == "noun" and one.cue.cue_class == "promise" and one.rule == "phrase":
        return one.cue.is_attitude or one.first < one.head.i  # 'made a commitment to Y'
    is_unsaid = manner.modality in _UNSAID and not is_refused
    return one.cue.is_attitude or not is_unsaid


def _is_purpose(one: Attribution, verb: Token) -> bool:
    """Tell whether the cue is an infinitive that tells what for: 'met to discuss X'."""
    while relation(verb) == "conj" and verb.tag_ == "VB":
        verb = verb.head
    to = next((c.i for c in verb.lefts if c.lower_ == "to" and c.pos_ == "PART"), None)
    is_apart = to is not None and one.first > to
    return is_apart and relation(verb) not in {"xcomp", "ROOT"}


def _is_gloss(verb: Token) -> bool:
    """Tell whether a participle only glosses what is said: 'he, referring to X, said'."""
    return verb.tag_ == "VBG" and verb.lemma_ in _GLOSSES and own_subject(verb) is None


def _is_act(one: Attribution) -> bool:
    """Tell whether the cue is what police, votes and courts do: 'questioned him', 'rejected it'."""
    if one.cue.pos != "verb" or one.rule not in {"object", "naming"}:
        return False
    done_to = child(one.head, "obj", "iobj")
    if done_to is None:
        return False
    if one.cue.lemma in _RULINGS:
        return done_to.lemma_.lower() in _CASES
    is_person = done_to.pos_ == "PRON" or done_to.ent_type_ == "PERSON" or is_party(done_to)
    return one.cue.lemma in _OF_PERSONS and is_person


def _is_left_undone(verb: Token) -> bool:
    """Tell whether the cue is a gerund that did not come about: 'refrained from naming X'."""
    mark = child(verb, "mark", "case")
    return verb.tag_ == "VBG" and mark is not None and mark.lower_ in _WITHOUT
