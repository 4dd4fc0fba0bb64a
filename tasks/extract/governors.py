"""What governs a phrase: the verb whose subject it is, the noun that it belongs to.

Reads Universal Dependencies, as the pipeline that ships, and spaCy's own English labels.
"""

from typing import Literal, NamedTuple

from spacy.tokens import Span, Token

Relation = Literal[
    "subject", "passive", "object", "agent", "owner", "oblique", "part", "apposed", "other"
]
"""Subject of an active or a passive verb, object, agent ('by X'), owner ('X's'), after another
preposition, part of a compound, explained by or explaining a noun."""

_RELATIONS: dict[str, Relation] = {
    "nsubj": "subject",
    "nsubj:outer": "subject",
    "csubj": "subject",
    "nsubj:pass": "passive",
    "nsubjpass": "passive",
    "obj": "object",
    "iobj": "object",
    "dobj": "object",
    "dative": "object",
    "obl:agent": "agent",
    "agent": "agent",
    "nmod:poss": "owner",
    "poss": "owner",
    "obl": "oblique",
    "nmod": "oblique",
    "obl:unmarked": "oblique",
    "nmod:unmarked": "oblique",
    "compound": "part",
    "amod": "part",
    "nmod:desc": "part",
    "flat": "part",
    "appos": "apposed",
}
_STEPS = 12
"""Conjuncts passed on the way to the first: more are a list."""


class Governor(NamedTuple):
    """How a phrase depends on `word`, after which preposition ('' where there is none)."""

    relation: Relation
    word: Token
    preposition: str = ""

    @property
    def lemma(self) -> str:
        """The governing word's lemma, in lower case."""
        return (self.word.lemma_ or self.word.text).lower()


def governor(span: Span) -> Governor:
    """Return what governs `span`; a later conjunct ('A and B') is governed as the first."""
    head = span.root
    for _ in range(_STEPS):
        if head.dep_ != "conj" or _preposition(head):
            break
        head = head.head
    if head.dep_ == "pobj":
        relation: Relation = "agent" if head.head.dep_ == "agent" else "oblique"
        return Governor(relation, head.head.head, head.head.lower_)
    dep = "nmod" if head.dep_ == "conj" else head.dep_
    found = _RELATIONS.get(dep, "other")
    word = head.head
    if found == "subject" and word.lemma_ == "be":  # spaCy's labels: the copula is the head
        word = next((t for t in word.rights if t.dep_ in {"attr", "acomp"}), word)
    return Governor(found, word, _preposition(head))


def _preposition(token: Token) -> str:
    """Return the preposition before a phrase, with a second one: 'out of' is 'of'."""
    return next((t.lower_ for t in reversed(list(token.lefts)) if t.dep_ == "case"), "")
