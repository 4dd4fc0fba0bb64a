"""What stands where around a verb: subjects, complements and phrases, read from the parse.

Reads Universal Dependencies, as the pipeline that ships, and spaCy's own English labels.
"""

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

_AS_UD = {
    "dobj": "obj",
    "dative": "iobj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "prt": "compound:prt",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "neg": "advmod",
    "oprd": "xcomp",
    "acomp": "xcomp",
    "pcomp": "advcl",
}
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})
_GROUP = frozenset({"aux", "aux:pass", "cop", "advmod"})
_OPEN_SUBJECT = frozenset({"conj", "xcomp", "advcl", "acl", "parataxis", "ccomp"})
_STEPS = 6
"""Heads passed on the way to a shared subject: more are another clause."""


class Phrase(NamedTuple):
    """A phrase after a preposition."""

    preposition: Token
    head: Token


def relation(token: Token) -> str:
    """Return the token's relation to its head, by its name in Universal Dependencies."""
    return _AS_UD.get(token.dep_, token.dep_)


def child(token: Token, *names: str) -> Token | None:
    """Return the first child in one of the relations `names`."""
    return next((c for c in token.children if relation(c) in names), None)


def own_subject(verb: Token) -> Token | None:
    """Return the subject that `verb` has of its own."""
    own = [c for c in verb.children if relation(c) in SUBJECTS]
    before = [c for c in own if c.i < verb.i]
    if before:
        return before[-1]
    is_inverted = own and own[0].left_edge.lower_ != "that" and own[0].left_edge.i <= verb.i + 3
    return own[0] if is_inverted else None


def phrases(token: Token) -> Iterator[Phrase]:
    """Yield the phrases and gerunds after a preposition that depend on `token`, in order."""
    for one in token.children:
        if one.dep_ in {"prep", "agent"}:
            head = next((c for c in one.children if c.dep_ in {"pobj", "pcomp"}), None)
            if head is not None:
                yield Phrase(one, head)
            continue
        for mark in one.lefts:
            if mark.dep_ in {"case", "mark"} and mark.pos_ in {"ADP", "SCONJ", "VERB"}:
                yield Phrase(mark, one)
                break


def agent(verb: Token) -> Token | None:
    """Return who acts in a passive: the head of its 'by' phrase."""
    return next((p.head for p in phrases(verb) if p.preposition.lower_ == "by"), None)


def is_passive(verb: Token) -> bool:
    """Tell whether `verb` is in the passive: by its auxiliary, or as a bare participle."""
    if child(verb, "aux:pass", "nsubj:pass", "csubj:pass") is not None:
        return True
    is_reduced = relation(verb) in {"acl", "advcl"} and verb.tag_ in {"VBN", "VBD"}
    return is_reduced and child(verb, "aux", "obj", "nsubj", "ccomp") is None


def is_finite(verb: Token) -> bool:
    """Tell whether `verb` heads a clause with a finite verb."""
    if any(relation(c) in {"aux", "aux:pass", "cop"} and _is_finite(c) for c in verb.lefts):
        return True
    return _is_finite(verb)


def _is_finite(token: Token) -> bool:
    return token.tag_ in {"VBD", "VBP", "VBZ", "MD"} or "Fin" in token.morph.get("VerbForm", [])


def subject(verb: Token) -> Token | None:
    """Return the subject of `verb`: its own, or that of the verb it is joined or subject to."""
    for _ in range(_STEPS):
        own = own_subject(verb)
        if own is not None:
            return own
        kind, head = relation(verb), verb.head
        if kind == "acl":
            return _subject_of_noun(verb, head)
        if kind not in _OPEN_SUBJECT or head == verb or is_imperative(verb):
            return None
        if kind == "xcomp" and (told := child(head, "obj", "iobj")) is not None:
            return told
        if kind in {"ccomp", "parataxis"} and is_finite(verb):
            return None
        verb = head
    return None


def _subject_of_noun(verb: Token, noun: Token) -> Token | None:
    """Return whose verb it is: the noun's own ('a poll showing'), else whose noun ('plans to')."""
    if noun.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return None
    if not with_to(verb):
        return noun
    owner = child(noun, "nmod:poss")
    is_object = relation(noun) == "obj" and noun.head != noun
    return owner or (own_subject(noun.head) if is_object else None)


def with_to(token: Token) -> bool:
    """Tell whether `token` is an infinitive with 'to'."""
    return any(c.lower_ == "to" and c.pos_ == "PART" for c in token.lefts)


def is_imperative(verb: Token) -> bool:
    """Tell whether `verb` gives an order: a base form that nothing stands before."""
    if verb.tag_ != "VB" or own_subject(verb) is not None:
        return False
    return not any(relation(c) in {"aux", "aux:pass", "mark", "cop"} for c in verb.lefts) and (
        relation(verb) in {"ROOT", "parataxis"}
    )


def group_start(verb: Token) -> int:
    """Return the first token of the verb's group: its auxiliaries and adverbs before it."""
    at = verb.i
    doc = verb.doc
    while at > 0:
        before = doc[at - 1]
        if relation(before) not in _GROUP or before.head.i > verb.i or before.pos_ == "SCONJ":
            break
        if before.head != verb and before.head.i < at:
            break
        at -= 1
    return at


def governor_of_infinitive(verb: Token) -> Token | None:
    """Return the verb whose infinitive or gerund `verb` is: 'went on to explain', 'began by'."""
    if relation(verb) not in {"xcomp", "advcl"} or own_subject(verb) is not None:
        return None
    head = verb.head
    return head if head.pos_ in {"VERB", "AUX", "ADJ"} and head.i < verb.i else None


def antecedent(pronoun: Token) -> Token | None:
    """Return the noun to which a relative pronoun refers."""
    head = pronoun.head
    for _ in range(_STEPS):
        if relation(head) == "acl:relcl":
            noun = head.head
            return noun if noun.pos_ in {"NOUN", "PROPN", "PRON"} else None
        if head.head == head:
            return None
        head = head.head
    return None


def sentence_start(token: Token) -> int:
    """Return the first token of the sentence, in time of its length (`token.sent` reads more)."""
    at = token.i
    while at > 0 and not token.doc[at].is_sent_start:
        at -= 1
    return at


def sentence_end(token: Token) -> int:
    """Return the token after the last of the sentence."""
    at = token.i + 1
    while at < len(token.doc) and not token.doc[at].is_sent_start:
        at += 1
    return at
