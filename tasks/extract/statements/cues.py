"""The reporting words of `seeds/cues.csv`, found by lemma and part of speech."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from spacy.tokens import Token

import seeds
from tasks.extract.grammar import PREPOSITIONS, words
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
        """Index `entries`."""
        self._by_lemma: dict[str, list[Cue]] = {}
        self._lemma_of: dict[str, str] = {}
        for entry in sorted(entries, key=lambda e: -len(e.words)):
            self._by_lemma.setdefault(entry.words[0], []).append(entry)
            if entry.pos in {"verb", "light"}:
                self._lemma_of |= dict.fromkeys(regular_forms(entry.words[0]), entry.words[0])

    @property
    def verbs(self) -> frozenset[str]:
        """The first words of the cues that are verbs."""
        return frozenset(self._lemma_of.values())

    def at(self, token: Token) -> list[Found]:
        """Return the cues that start at `token`, those of most words first."""
        found: list[Found] = []
        lemma = (token.lemma_ or token.text).lower()
        is_known = any(e.pos in {"verb", "light"} for e in self._by_lemma.get(lemma, ()))
        if not is_known and token.pos_ == "VERB":  # the lemmatiser says 'vowe' of 'vowed'
            lemma = self._lemma_of.get(token.lower_, lemma)
        entries = self._by_lemma.get(lemma, [])
        if token.lower_ != lemma:
            entries = sorted([*entries, *self._others(token)], key=lambda e: -len(e.words))
        for entry in entries:
            if token.pos_ not in _POS[entry.pos]:
                continue
            last = _end(token, entry.words)
            if last is not None:
                found.append(Found(token, last, entry))
        return found

    def _others(self, token: Token) -> list[Cue]:
        """Return the cues that are no verbs and start with the word as it stands."""
        return [e for e in self._by_lemma.get(token.lower_, ()) if e.pos not in {"verb", "light"}]


def regular_forms(verb: str) -> list[str]:
    """Return the forms of a regular verb, with and without a doubled consonant."""
    stem = verb.removesuffix("e")
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    doubled = stem + stem[-1:]
    endings = ("ed", "ing")
    return [verb + "s", verb + "es", *(root + e for root in (stem, doubled) for e in endings)]


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
    entries: list[Cue] = []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        for row in rows:
            try:
                entries += _entries(row)
            except (KeyError, ValueError, AttributeError) as error:
                raise ValueError(f"{path.name}, line {rows.line_num}: {error}") from error
    return Cues(entries)


def _entries(row: dict[str, str]) -> list[Cue]:
    pos = _one_of(row["pos"], get_args(CuePos))
    cue_class = _one_of(row["cue_class"] or "neutral", get_args(CueClass))
    frames = frozenset(row["frames"].split("|")) - {""}
    act = _one_of(row.get("act") or "say", ("say", "hold"))
    for frame in frames:
        _one_of(frame, FRAMES | PREPOSITIONS)
    if not row["lemma"].strip():
        raise ValueError("a cue without a lemma")
    return [
        Cue(tuple(lemma.lower().split()), pos, cue_class, frames, act == "hold")  # type: ignore[arg-type]
        for lemma in row["lemma"].split("|")
    ]


def _one_of(value: str, allowed: Sequence[str] | frozenset[str]) -> str:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {', '.join(sorted(allowed))}")
    return value


@cache
def cues() -> Cues:
    """Return the cues of `seeds/cues.csv`."""
    return read(seeds.folder() / "cues.csv")
