"""The sign of what somebody is called or said to cause."""

from spacy.tokens import Token

from tasks.extract.stances.slots import slot
from tasks.extract.stances.words import senses
from tasks.extract.statements.syntax import relation


def sign_of(node: Token, depth: int = 2) -> int:
    """Return the sign of what somebody is called or said to cause: 'a great success'."""
    tokens = [node, *(c for c in node.lefts if relation(c) in {"amod", "compound"})]
    found = [word for one in tokens for word in senses(one)]
    for word in found:
        if word.sign and word.kind in {"quality", "relation", "attitude", "act", "effect"}:
            return word.sign
    below = slot(node, "of") if node.pos_ in {"NOUN", "PROPN"} else []
    if any(word.kind == "cause" for word in found):
        below += slot(node, "object")
    return next((s for t in below if depth and (s := sign_of(t, depth - 1))), 0)
