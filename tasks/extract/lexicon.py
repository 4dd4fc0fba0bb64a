"""Reviewed word lists of the rules, read once from `seeds/`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Generic, TypeVar

import seeds
from tasks.extract.grammar import words
from tasks.extract.seed_rows import one_of, seed_rows
from tasks.extract.stances.words import verb_forms
from tasks.extract.statements.cues import cues

EVENT_PATTERNS = words("verb solo between noun thing to")
CATEGORIES = words(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN "
    "PROTEST SANCTION MOBILIZE COERCE ASSAULT"
)
"""The sixteen event categories of PLOVER (Open Event Data Alliance)."""


@dataclass(frozen=True, slots=True)
class EventTerm:
    """One word of action with its PLOVER category and the shapes it is found in.

    `objects` are the nouns that it may act upon where no entity is named; `*` is any noun.
    """

    lemma: str
    category: str
    patterns: frozenset[str]
    objects: frozenset[str] = frozenset()


Term = TypeVar("Term")


@dataclass(frozen=True, slots=True)
class Lexicon(Generic[Term]):
    """Terms by the first word of each form."""

    forms: dict[str, list[tuple[tuple[str, ...], Term]]]

    def at(self, tokens: Sequence[str], start: int) -> list[tuple[int, Term]]:
        """Return (end token, term) of each form that stands at `start`, longest first."""
        return [
            (start + len(form), term)
            for form, term in self.forms.get(tokens[start], ())
            if len(form) == 1 or tuple(tokens[start : start + len(form)]) == form
        ]


def read(path: Path, term: Callable[[dict[str, str]], Term]) -> Lexicon[Term]:
    """Read a CSV with a `forms` column (forms parted by `|`, words by a space).

    Raises ValueError that names file and line where a row is not what `term` accepts.
    """
    forms: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
    for form, entry in chain.from_iterable(seed_rows(path, lambda row: _with_forms(row, term))):
        forms.setdefault(form[0], []).append((form, entry))
    for entries in forms.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return Lexicon(forms)


def _with_forms(
    row: dict[str, str], term: Callable[[dict[str, str]], Term]
) -> list[tuple[tuple[str, ...], Term]]:
    entry, forms = term(row), [tuple(form.lower().split()) for form in row["forms"].split("|")]
    if () in forms:
        raise ValueError("a form without a word")
    return [(form, entry) for form in forms]


def _patterns(value: str, allowed: frozenset[str]) -> frozenset[str]:
    return frozenset(one_of(part, allowed) for part in value.split("|"))


def _objects(row: dict[str, str]) -> frozenset[str]:
    return frozenset(row["objects"].split("|")) - {""}


def _event(row: dict[str, str]) -> EventTerm:
    category = one_of(row["category"], CATEGORIES)
    return EventTerm(
        row["lemma"], category, _patterns(row["pattern"], EVENT_PATTERNS), _objects(row)
    )


@cache
def event_terms() -> Lexicon[EventTerm]:
    """Return the words of action of `seeds/event_verbs.csv`."""
    return read(seeds.folder() / "event_verbs.csv", _event)


@cache
def base_forms() -> frozenset[str]:
    """Return the first words of the lexicons that stand there with a form in -s, too."""
    firsts = {*verb_forms(), *event_terms().forms, *cues().verb_forms}
    return frozenset(w for w in firsts if {w + "s", w + "es", w[:-1] + "ies"} & firsts)
