"""The words of position of `seeds/stance_words.csv`, found by lemma and part of speech."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from spacy.tokens import Token

import seeds
from tasks.extract.grammar import PREPOSITIONS
from tasks.extract.seed_rows import one_of, seed_rows
from tasks.extract.statements.cues import regular_forms
from tasks.extract.statements.syntax import child, relation

Pos = Literal["verb", "noun", "adjective", "preposition"]
Kind = Literal[
    "attitude",
    "act",
    "effect",
    "reverser",
    "wish",
    "feeling",
    "quality",
    "cause",
    "relation",
    "naming",
    "light",
]
_PREPOSITIONS = PREPOSITIONS | {"regarding"}
HOLDERS = _PREPOSITIONS | {"subject", "object", "owner", "voice"}
TARGETS = _PREPOSITIONS | {"subject", "object", "owner", "clause"}
"""Where holder and target may stand."""
SIGNS = {"support": 1, "oppose": -1, "": 0}
_POS: dict[str, Sequence[Pos]] = {
    "VERB": ("verb", "adjective"),
    "AUX": ("verb",),
    "NOUN": ("noun",),
    "PROPN": ("noun",),
    "ADJ": ("adjective", "noun"),
    "ADV": ("adjective", "preposition"),
    "ADP": ("preposition",),
    "SCONJ": ("preposition",),
}


@dataclass(frozen=True, slots=True)
class Word:
    """One sense of a word of position.

    `sign` is 1 for support, -1 for oppose, 0 where the words below decide; `if_negated` is its
    sign when denied, 0 where a denial leaves no position. `holder` and `targets` say where the
    parties stand: a relation to the word, or a preposition.
    """

    words: tuple[str, ...]
    pos: Pos
    kind: Kind
    sign: int
    strength: float
    holder: str
    targets: tuple[str, ...]
    if_negated: int


Lexicon = dict[tuple[Pos, str], list[Word]]


def read(path: Path) -> Lexicon:
    """Read a file of words, by part of speech and first word; the longest come first.

    Raises ValueError that names file and line where a row is wrong.
    """
    found: Lexicon = {}
    for word in seed_rows(path, _word):
        found.setdefault((word.pos, word.words[0]), []).append(word)
    for senses in found.values():
        senses.sort(key=lambda one: -len(one.words))
    return found


def _word(row: dict[str, str]) -> Word:
    strength = float(row["strength"] or 0.5)
    if not 0 < strength <= 1:
        raise ValueError(f"strength {strength} is not within 0 to 1")
    words = tuple(row["lemma"].lower().split())
    if not words:
        raise ValueError("a row without a lemma")
    targets = tuple(one for one in row["target"].split("|") if one)
    pos, kind = one_of(row["pos"], get_args(Pos)), one_of(row["kind"], get_args(Kind))
    sign, denied = SIGNS[row["polarity"]], SIGNS[row["if_negated"]]
    holder = one_of(row["holder"] or "subject", HOLDERS)
    for one in targets:
        one_of(one, TARGETS)
    return Word(words, pos, kind, sign, strength, holder, targets, denied)  # type: ignore[arg-type]


@cache
def stance_words() -> Lexicon:
    """Return the words of `seeds/stance_words.csv`."""
    return read(seeds.folder() / "stance_words.csv")


@cache
def _verbs() -> dict[str, str]:
    """Return the verbs by their regular forms: the lemmatiser says 'condemne' of 'condemned'."""
    verbs = [word for pos, word in stance_words() if pos == "verb"]
    return {form: verb for verb in verbs for form in (*regular_forms(verb), verb)}


@cache
def _firsts() -> frozenset[str]:
    """Return all words with which a word of position begins, as they stand or as lemmas."""
    return frozenset({word for _, word in stance_words()}.union(_verbs()))


def senses(token: Token) -> list[Word]:
    """Return the senses of `token` whose further words stand with it, those of most words first."""
    kind = token.pos_
    if kind not in _POS:
        return []
    lexicon, firsts = stance_words(), _firsts()
    lemma, form = token.lemma_.lower(), token.lower_
    if lemma not in firsts and form not in firsts:
        return []
    if kind == "ADJ" and child(token, "obj") is not None:
        kind = "VERB"  # 'accused X of insulting Y'
    if kind == "VERB" and token.i and token.nbor(-1).lower_ == "how":
        kind = "ADJ"
    if kind == "VERB" and ("verb", lemma) not in lexicon:
        lemma = _verbs().get(form, lemma)
    found: list[Word] = []
    for pos in _POS.get(kind, ()):
        forms = (form,) if pos == "adjective" and token.pos_ == "VERB" else (lemma, form)
        for key in dict.fromkeys(forms):
            found += [s for s in lexicon.get((pos, key), ()) if _stands(token, s.words[1:])]
        if found:
            break
    longest = max((len(s.words) for s in found), default=0)
    return [s for s in found if len(s.words) == longest]


def _stands(token: Token, rest: Sequence[str]) -> bool:
    """Tell whether the words `rest` stand with `token`: a particle, an object, or right after."""
    if not rest:
        return not any(relation(c) == "compound:prt" for c in token.rights)
    after = [t.lower_ for t in token.doc[token.i + 1 : token.i + 1 + len(rest)]]
    if after == list(rest):
        return True
    below = {c.lemma_.lower() for c in token.children if relation(c) in {"obj", "compound:prt"}}
    below |= {c.lower_ for c in token.children if relation(c) == "compound:prt"}
    return len(rest) == 1 and rest[0] in below
