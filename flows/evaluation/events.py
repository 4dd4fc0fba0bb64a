"""Events against the one that people marked in each text: actor, target, category, quad class.

Each record is annotated as an article of its own; of the events found in it, the one counts that
has most of the four right. A text without an event is wrong in all four.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from flows.evaluation.plover import Party, Record, plover_code, read_plover
from flows.evaluation.scores import percent
from flows.evaluation.text_article import text_article
from tasks.extract.events.quad import QUAD_CLASS
from tasks.extract.grammar import words
from tasks.records import Annotations
from tasks.registry import Registry
from warehouse.tables import Article, Event

Annotate = Callable[[Article], Annotations]
"""What gives an article its rows."""

Countries = Mapping[str, str]
"""Codes of countries by the entity_id of the state."""

FIELDS = ("actor", "target", "category", "quad_class")

_WORD = re.compile(r"[^\W_]+")
_EMPTY = words(
    "a an and at by for former from group his her in its of on or s some that the their to two up "
    "with"
)
_RANKS = words(
    "authority chief deputy foreign general government head interior king leader member minister "
    "mr mrs ms official president prime secretary spokesman vice"
)
"""What an actor is called, when another one of the text may be called the same."""


class Judged(NamedTuple):
    """A record with its events, and what its best one has right; `event` is None without one."""

    record: Record
    events: Sequence[Event]
    event: Event | None
    right: Mapping[str, bool]


def evaluate(data: Path, annotate: Annotate, registry: Registry) -> tuple[int, dict[str, Any]]:
    """Return how many records `data` has, and how well `annotate` does on them, in per cent.

    `data` is a file or folder as `read_plover` reads it. `found` is the share of texts with an
    event, `events` the number of all events: more of them would be more chances to be right. Raises
    EvaluationError.
    """
    every = list(judged(data, annotate, registry))
    return len(every), {
        **_shares(every),
        "found": percent(sum(one.event is not None for one in every), len(every)),
        "events": sum(len(one.events) for one in every),
        "per_category": {
            name: _shares(own) | {"items": len(own)}
            for name in dict.fromkeys((*QUAD_CLASS, *(one.record.category for one in every)))
            if (own := [one for one in every if one.record.category == name])
        },
    }


def judged(data: Path, annotate: Annotate, registry: Registry) -> Iterator[Judged]:
    """Yield each record of `data` with what is found in its text; raises EvaluationError."""
    countries = {
        one.entity_id: one.country_iso3
        for one in registry.entities
        if one.type == "state" and one.country_iso3
    }
    for record in read_plover(data):
        rows = annotate(text_article(record.text, published_on=record.published_on))
        yield judge(record, rows, countries)


def judge(record: Record, rows: Annotations, countries: Countries) -> Judged:
    """Return what the best event of `rows` has right of what is marked."""
    names: dict[str, set[str]] = {}
    for mention in rows.mentions:
        if mention.entity_id is not None:
            names.setdefault(mention.entity_id, set()).update(_words(mention.surface))
    wrong = dict.fromkeys(FIELDS, False)
    best, right = None, wrong
    for event in rows.events:
        own = _right(record, event, names, countries)
        if best is None or sum(own.values()) > sum(right.values()):
            best, right = event, own
    return Judged(record, rows.events, best, right)


def _right(
    record: Record, event: Event, names: Mapping[str, set[str]], countries: Countries
) -> dict[str, bool]:
    category = plover_code(event)

    def is_one_of(parties: Sequence[Party], surface: str | None, entity_id: str | None) -> bool:
        if surface is None:
            return not parties
        own = _words(surface) | names.get(entity_id or "", set())
        country = countries.get(entity_id or "")
        return any(
            _share_a_word(own, _words(party.words))
            or (country is not None and party.code == country)
            for party in parties
        )

    is_target = is_one_of(record.targets, event.target, event.target_id)
    if record.is_joint and event.target is not None:
        is_target = is_one_of(record.sources, event.target, event.target_id)
    return {
        "actor": is_one_of(record.sources, event.actor, event.actor_id),
        "target": is_target,
        "category": category == record.category,
        "quad_class": QUAD_CLASS[category] == QUAD_CLASS.get(record.category),
    }


def _words(phrase: str) -> set[str]:
    """Return the words of `phrase` that tell who is meant, plurals as their singulars."""
    every = _WORD.findall(phrase.replace(".", "").lower())
    return {word.removesuffix("s") if len(word) > 3 else word for word in every} - _EMPTY


def _share_a_word(one: set[str], other: set[str]) -> bool:
    """Tell whether two actors share a word, which is no rank unless one has nothing else."""
    if one <= _RANKS or other <= _RANKS:
        return bool(one & other)
    return bool(one & other - _RANKS)


def _shares(those: Sequence[Judged]) -> dict[str, float]:
    both = sum(one.right["actor"] and one.right["target"] for one in those)
    return {name: percent(sum(one.right[name] for one in those), len(those)) for name in FIELDS} | {
        "actor_and_target": percent(both, len(those))
    }
