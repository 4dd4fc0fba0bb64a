"""Heads of noun phrases: what may refer back to something, and what it may refer to."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from spacy.tokens import Doc, Span, Token

from tasks.language.features import Ints
from tasks.language.labels import LABELS


class Kind(IntEnum):
    """What a head is: a name, a noun, or a pronoun."""

    NAME = 0
    NOUN = 1
    HE = 2
    SHE = 3
    IT = 4
    THEY = 5
    OTHER = 6


class Determiner(IntEnum):
    """What opens the phrase of a head."""

    NONE = 0
    THE = 1
    INDEFINITE = 2
    DEMONSTRATIVE = 3
    POSSESSIVE = 4


class Number(IntEnum):
    """Grammatical number."""

    UNKNOWN = 0
    SINGULAR = 1
    PLURAL = 2


_PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), Kind.HE),
    **dict.fromkeys(("she", "her", "hers", "herself"), Kind.SHE),
    **dict.fromkeys(("it", "its", "itself"), Kind.IT),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), Kind.THEY),
}
_DETERMINERS = {
    "the": Determiner.THE,
    **dict.fromkeys(("this", "that", "these", "those", "such"), Determiner.DEMONSTRATIVE),
}
RELATIONS = {
    relation: number
    for number, group in enumerate(
        (
            "",
            "nsubj csubj nsubj:outer",
            "nsubj:pass csubj:pass",
            "obj iobj",
            "obl obl:unmarked",
            "obl:agent",
            "nmod:poss",
            "nmod nmod:unmarked",
            "appos",
            "conj",
            "root",
        )
    )
    for relation in group.split()
}
"""Classes of relations to the governor; 0 is any other."""
KINDS, DETERMINERS, NUMBERS = len(Kind), len(Determiner), len(Number)
GOVERNED = 1 + max(RELATIONS.values())
_PARTS = frozenset({"compound", "flat", "fixed", "goeswith", "nmod:desc", "reparandum", "expl"})
"""Relations of words that head no phrase of their own."""
_SINGULAR_KINDS = (Kind.HE, Kind.SHE, Kind.IT)


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of a `Doc` in order; each array has one number a head.

    `token`, `governor` count tokens, `label` counts LABELS from 1 (0: no name), `word` tells
    equal heads by their lower-case form, `seen` how many heads before it are equal.
    """

    token: Ints
    kind: Ints
    sentence: Ints
    relation: Ints
    number: Ints
    determiner: Ints
    label: Ints
    governor: Ints
    word: Ints
    seen: Ints

    def anaphors(self) -> Ints:
        """Return the positions of what may refer back: pronouns, and nouns with 'the' or alike."""
        is_pronoun = (self.kind >= Kind.HE) & (self.kind <= Kind.THEY)
        is_definite = (self.kind == Kind.NOUN) & np.isin(
            self.determiner, (Determiner.THE, Determiner.DEMONSTRATIVE, Determiner.POSSESSIVE)
        )
        return np.flatnonzero(is_pronoun | is_definite)


def phrase_heads(doc: Doc) -> Heads:
    """Return the heads of the noun phrases of a parsed `doc`, names by their heads."""
    labels = {label: number for number, label in enumerate(LABELS, start=1)}
    named = {token.i: ent for ent in doc.ents for token in ent}
    words: dict[str, int] = {}
    counts: dict[int, int] = {}
    rows: list[tuple[int, ...]] = []
    sentence = 0
    for token in doc:
        sentence += bool(token.is_sent_start)
        ent = named.get(token.i)
        if not _is_head(token, ent):
            continue
        kind = _kind(token, is_name=ent is not None)
        form = token.lower_ if ent is None else ent.text.lower()
        word = words.setdefault(form, len(words))
        seen = counts.get(word, 0)
        counts[word] = seen + 1
        rows.append(
            (
                token.i,
                kind,
                sentence,
                RELATIONS.get(token.dep_, 0) if token.dep_ != "ROOT" else RELATIONS["root"],
                _number(token, kind),
                _determiner(token),
                labels.get(ent.label_, 0) if ent is not None else 0,
                token.head.i,
                word,
                seen,
            )
        )
    table = np.array(rows, dtype=np.int64).reshape(-1, 10)
    return Heads(*table.T.copy())


def _is_head(token: Token, ent: Span | None) -> bool:
    if ent is not None:
        return bool(token == ent.root)
    return token.pos_ in {"NOUN", "PROPN", "PRON"} and token.dep_ not in _PARTS


def _kind(token: Token, *, is_name: bool) -> Kind:
    if is_name or token.pos_ == "PROPN":
        return Kind.NAME
    if token.pos_ == "PRON":
        return _PRONOUNS.get(token.lower_, Kind.OTHER)
    return Kind.NOUN


def _number(token: Token, kind: Kind) -> Number:
    if kind in _SINGULAR_KINDS:
        return Number.SINGULAR
    if kind == Kind.THEY or "Number=Plur" in str(token.morph):
        return Number.PLURAL
    return Number.SINGULAR if "Number=Sing" in str(token.morph) else Number.UNKNOWN


def _determiner(token: Token) -> Determiner:
    for child in token.lefts:
        if child.dep_ == "det":
            return _DETERMINERS.get(child.lower_, Determiner.INDEFINITE)
        if child.dep_ == "nmod:poss":
            return Determiner.POSSESSIVE
    return Determiner.NONE
