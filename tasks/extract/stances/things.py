"""Things without a name that somebody takes a side on: 'the deal', 'an immediate ceasefire'."""

from spacy.tokens import Token

from tasks.extract.grammar import words
from tasks.extract.statements.syntax import relation

_EMPTY = words(
    "same more most thing things part way lot word kind one ones fact case number side rest "
    "something nothing anything everything people himself herself itself themselves each other "
    "who which that this those these what move step matter issue question it time day year anti "
    "pro opportunity chance invitation"
)
"""Heads that name nothing."""
_LONGEST = 14
"""Tokens of the longest phrase that is taken whole."""


def thing(noun: Token) -> tuple[int, int] | None:
    """Return the characters of the phrase of `noun`, or None where it names no thing."""
    if noun.pos_ not in {"NOUN", "PROPN"} or noun.lower_ in _EMPTY or noun.tag_ == "VBG":
        return None
    first, last = noun.left_edge, noun
    while first.i < noun.i and (first.dep_ in {"case", "mark", "cc", "punct"} or first.is_space):
        first = first.nbor(1)
    for one in noun.rights:
        if relation(one) not in {"nmod", "nmod:poss", "flat", "compound", "case"}:
            break
        if one.right_edge.i - first.i <= _LONGEST:
            last = one.right_edge
    if last.i - first.i > _LONGEST:
        return None
    return first.idx, last.idx + len(last)
