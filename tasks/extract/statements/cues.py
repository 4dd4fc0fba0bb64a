"""The reporting words of `seeds/cues.csv`, found by lemma and part of speech."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from spacy.tokens import Token

import seeds
from tasks.extract.grammar import PREPOSITIONS, words
from tasks.extract.seed_rows import one_of, seed_rows
from warehouse.tables import CueClass

CuePos = Literal["verb", "noun", "adjective", "preposition", "light"]
FRAMES = words("clause that question infinitive gerund object quote hearer urge naming document")
"""What the content is in the clause of a cue; besides these, any preposition whose object it is."""
_POS: dict[str, frozenset[str]] = {
    "verb": words("VERB AUX"),
    "light": words("VERB AUX"),
    "noun": words("NOUN PROPN"),
    "adjective": words("ADJ VERB ADP NOUN ADV"),
    "preposition": words("ADP VERB SCONJ"),
}
_BETWEEN = words("it also so then again very quite rather")


@dataclass(frozen=True, slots=True)
class Cue:
    """One reporting word: its words, what it does, and where its content stands.

    `is_attitude` is true where it tells what somebody thinks, wants or backs, not says.
    """

    words: tuple[str, ...]
    pos: CuePos
    cue_class: CueClass
    frames: frozenset[str]
    is_attitude: bool = False

    @property
    def lemma(self) -> str:
        """The cue as the file lists it."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Found:
    """A cue from `token`, its first word, to token `last` (inclusive) of the document."""

    token: Token
    last: int
    cue: Cue

    @property
    def first(self) -> int:
        """Return the number of its first token."""
        return self.token.i


class Cues:
    """The cues of a file by the lemma of their first word, longest first."""

    def __init__(self, entries: Sequence[Cue]) -> None:
        """Index `entries` by their first words; those of verbs with their regular forms."""
        self._by_lemma: dict[str, list[Cue]] = {}
        self._lemma_of: dict[str, str] = {}
        for entry in sorted(entries, key=lambda e: -len(e.words)):
            self._by_lemma.setdefault(entry.words[0], []).append(entry)
            if entry.pos in {"verb", "light"}:
                self._lemma_of |= dict.fromkeys(regular_forms(entry.words[0]), entry.words[0])
        self._verbs = frozenset(self._lemma_of.values())

    def at(self, token: Token) -> list[Found]:
        """Return the cues that start at `token`, those of most words first."""
        pos = token.pos_
        fitting = [e for e in self._entries(token) if pos in _POS[e.pos]]
        ends = ((entry, _end(token, entry.words)) for entry in fitting)
        return [Found(token, last, entry) for entry, last in ends if last is not None]

    def _entries(self, token: Token) -> list[Cue]:
        """Return the cues of the token's lemma, and those, no verbs, of the word as it stands."""
        lemma, word = (token.lemma_ or token.text).lower(), token.lower_
        if token.pos_ == "VERB" and lemma not in self._verbs:
            lemma = self._lemma_of.get(word, lemma)  # the lemmatiser says 'vowe' of 'vowed'
        entries = self._by_lemma.get(lemma, [])
        if word == lemma or word not in self._by_lemma:
            return entries
        others = [e for e in self._by_lemma[word] if e.pos not in {"verb", "light"}]
        return sorted([*entries, *others], key=lambda e: -len(e.words)) if others else entries


def regular_forms(verb: str) -> list[str]:
    """Return the forms of a regular verb, with and without a doubled consonant.

    Of one short syllable the consonant doubles always: 'raped' is no form of 'rap'.
    """
    stem = verb.removesuffix("e")
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    doubled = stem + stem[-1:]
    roots = (doubled,) if _is_short(verb) else (stem, doubled)
    return [verb + "s", verb + "es", *(root + e for root in roots for e in ("ed", "ing"))]


def _is_short(verb: str) -> bool:
    """Tell whether a verb is one syllable of one vowel and one consonant: 'rap', 'plan'."""
    vowels = [c in "aeiou" for c in verb]
    return vowels.count(True) == 1 and vowels[-2:] == [True, False] and verb[-1] not in "wxy"


def _end(token: Token, wanted: tuple[str, ...]) -> int | None:
    """Return the last token of a cue of several words, with an adverb between two at most."""
    doc, at = token.doc, token.i
    for word in wanted[1:]:
        step = at + 1
        if step < len(doc) and doc[step].lower_ != word and doc[step].lower_ in _BETWEEN:
            step += 1
        if step >= len(doc) or word not in {doc[step].lower_, doc[step].lemma_}:
            return None
        at = step
    return at


def read(path: Path) -> Cues:
    """Read a file of cues.

    Raises ValueError that names file and line where a row is not what the columns allow.
    """
    return Cues([cue for entries in seed_rows(path, _entries) for cue in entries])


def _entries(row: dict[str, str]) -> list[Cue]:
    pos = one_of(row["pos"], get_args(CuePos))
    cue_class = one_of(row["cue_class"] or "neutral", get_args(CueClass))
    frames = frozenset(row["frames"].split("|")) - {""}
    act = one_of(row.get("act") or "say", ("say", "hold"))
    for frame in frames:
        one_of(frame, FRAMES | PREPOSITIONS)
    if not row["lemma"].strip():
        raise ValueError("a cue without a lemma")
    return [
        Cue(tuple(lemma.lower().split()), pos, cue_class, frames, act == "hold")  # type: ignore[arg-type]
        for lemma in row["lemma"].split("|")
    ]


@cache
def cues() -> Cues:
    """Return the cues of `seeds/cues.csv`."""
    return read(seeds.folder() / "cues.csv")
