"""How a report and what it reports are put: negated, possible, planned, wished or only if."""

from typing import NamedTuple

from spacy.tokens import Span, Token

from tasks.extract import grammar
from tasks.extract.statements.syntax import governor_of_infinitive, relation
from warehouse.tables import CueClass, Modality

CLASS_MODALITY: dict[CueClass, Modality] = {
    "hope": "desired",
    "demand": "desired",
    "promise": "planned",
    "deny": "denied",
}
"""What a cue does to what it reports."""
_NOBODY = grammar.words("nobody none neither no")
_REFUSING = grammar.words("decline refuse fail cease stop avoid omit neglect hesitate")
_CONDITIONS = grammar.words("if unless whether")


class Manner(NamedTuple):
    """Whether a clause is negated, and how it is put."""

    is_negated: bool
    modality: Modality


def manner_of(verb: Token) -> Manner:
    """Return how the clause of `verb` is put, with the verb whose infinitive it is."""
    negated, modality = is_negated(verb), modality_of(verb)
    outer = governor_of_infinitive(verb)
    if outer is not None:
        negated ^= is_negated(outer) ^ (outer.lemma_.lower() in _REFUSING)
        kind = grammar.CATENATIVES.get(outer.lower_, "asserted")
        if modality == "asserted" and kind not in {"asserted", "denied"}:
            modality = kind  # type: ignore[assignment]
        elif modality == "asserted":
            modality = modality_of(outer)
    return Manner(negated, modality)


def carrier_of(head: Token) -> Token:
    """Return the verb that carries a cue: of a noun that is its object, the light verb."""
    is_object = head.pos_ == "NOUN" and relation(head) in {"obj", "nsubj:pass"}
    return head.head if is_object else head


def is_negated(verb: Token) -> bool:
    """Tell whether `verb` is denied by a word of its own clause."""
    count = 0
    for one in verb.children:
        is_particle = one.lower_.replace("’", "'") in grammar.NEGATIONS and one.i < verb.i  # noqa: RUF001
        words = {one.lower_, *(c.lower_ for c in one.children)}
        is_subject = relation(one).startswith("nsubj") and bool(words & _NOBODY)
        count += is_particle or is_subject
    return count % 2 == 1


def modality_of(verb: Token) -> Modality:
    """Return how the auxiliaries of `verb`, or its 'if', put it."""
    for one in verb.lefts:
        if relation(one) == "mark" and one.lower_ in _CONDITIONS:
            return "hypothetical"
    for one in verb.lefts:
        if relation(one) in {"aux", "aux:pass", "cop"}:
            if one.lower_ in grammar.POSSIBLE and one.lower_ != "'d":
                return "possible"
            if one.lower_ in {"will", "'ll", "shall", "wo"}:
                return "planned"
    return "asserted"


def content_manner(content: Span) -> Manner:
    """Return how the first clause of what is said is put."""
    root = content.root
    if content[0].lower_ in {"if", "unless"} or _opens_with_condition(root):
        return Manner(is_negated(root), "hypothetical")
    manner = Manner(is_negated(root), modality_of(root))
    if manner.modality != "asserted":
        return manner
    word = root.lower_
    kind = grammar.CATENATIVES.get(word, "asserted")
    if kind in {"planned", "desired"}:
        return Manner(manner.is_negated, kind)  # type: ignore[arg-type]
    likely = any(c.lower_ in {"possibly", "perhaps", "likely", "probably"} for c in root.lefts)
    return Manner(manner.is_negated, "possible") if likely else manner


def _opens_with_condition(root: Token) -> bool:
    first = next((c for c in root.lefts if relation(c) == "advcl"), None)
    return first is not None and first.left_edge.lower_ in {"if", "unless"}
