"""Timelines as relations, compared by temporal awareness (UzZaman and Allen 2011).

As in SemEval-2015 task 4: an event is before another or simultaneous with it, and simultaneous with
its date. Precision is the share of the relations found, those left out that follow from others,
that follow from what is marked; recall is the same with the sides changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, groupby, pairwise
from typing import NamedTuple

Relation = tuple[str, str, str]
"""BEFORE, SIMULTANEOUS or AT with its two ends: two events, or an event and a date."""


class Anchored(NamedTuple):
    """An event of a timeline: its place in the order, its date (empty if unknown), its name."""

    order: int
    day: str
    name: str


class Relations(NamedTuple):
    """All relations of a timeline, and the fewest from which they follow."""

    every: frozenset[Relation]
    fewest: frozenset[Relation]


def relations(events: Iterable[Anchored], *, dated: bool = True) -> Relations:
    """Return the relations of `events`, which have to be named apart; `dated`, those to dates too.

    Events with order 0 have none.
    """
    ordered = sorted({event for event in events if event.order})
    levels = [list(level) for _, level in groupby(ordered, key=lambda event: event.order)]
    every = {_simultaneous(*pair) for level in levels for pair in combinations(level, 2)}
    every |= {
        ("BEFORE", one.name, other.name)
        for first, second in combinations(levels, 2)
        for one in first
        for other in second
    }
    fewest = {_simultaneous(*pair) for level in levels for pair in pairwise(level)}
    fewest |= {("BEFORE", one[-1].name, other[0].name) for one, other in pairwise(levels)}
    if dated:
        every |= {("AT", event.name, event.day) for event in ordered if event.day}
        fewest |= {anchor for level in levels for anchor in _anchors(level)}
    return Relations(frozenset(every), frozenset(fewest))


def _simultaneous(one: Anchored, other: Anchored) -> Relation:
    first, second = sorted((one.name, other.name))
    return "SIMULTANEOUS", first, second


def _anchors(level: Iterable[Anchored]) -> Iterator[Relation]:
    """Yield a relation to each date of events that are simultaneous: the others follow."""
    seen: set[str] = set()
    for event in level:
        if event.day and event.day not in seen:
            seen.add(event.day)
            yield "AT", event.name, event.day


def awareness(marked: Relations, found: Relations) -> Mapping[str, int]:
    """Return how many relations are found, and right of them; wanted, and got of them."""
    return {
        "right": len(found.fewest & marked.every),
        "found": len(found.fewest),
        "got": len(marked.fewest & found.every),
        "wanted": len(marked.fewest),
    }
