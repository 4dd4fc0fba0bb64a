"""One person under several full names: spelling, initials, short forms, names left out."""

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from tasks.linking.evidence import Verdict, weigh
from tasks.linking.links import Links, Why
from tasks.linking.persons.clusters import clusters, ordered, tree
from tasks.linking.persons.names import KINDS, PersonName, likeness, person_name
from tasks.linking.profile import Evidence, EvidenceOf, Listed, World

HOW = {
    "same": "spelling",
    "spelling": "spelling",
    "middle": "a name left out",
    "nickname": "another form of the given name",
    "initial": "an initial",
}
SCORES = dict(zip(KINDS, (0.95, 0.9, 0.9, 0.85, 0.75), strict=True))
NEEDED = dict.fromkeys(KINDS, 1) | {"initial": 2}
"""How many of role, country and company must agree: an initial says less than a name."""
MOST = 100
"""Persons with one surname and initial above which none is compared with all the others."""


class _Known(NamedTuple):
    listed: Listed
    names: tuple[PersonName, ...]


def link_persons(links: Links, world: World, evidence_of: EvidenceOf) -> None:
    """Link persons whose full names and circumstances agree, to the registry's where it has them.

    Nobody is linked who agrees with two that cannot be one, and nobody on a surname alone.
    """
    known = _known(world)
    likely = _likely(known)
    evidence = evidence_of({entity_id for pair in likely for entity_id in pair})
    verdicts = {pair: weigh(_of(evidence, pair[0]), _of(evidence, pair[1])) for pair in likely}
    compatible = {pair for pair, verdict in verdicts.items() if not verdict.contradicts}
    agreed = {pair for pair in compatible if len(verdicts[pair].agreements) >= NEEDED[likely[pair]]}
    for cluster in clusters(agreed, compatible):
        target = max(cluster, key=lambda one: known[one].listed.weight)
        for source, other in tree(target, cluster, agreed):
            pair = ordered(source, other)
            names = known[source].listed.name, known[other].listed.name
            links.add(source, other, _why(*names, likely[pair], verdicts[pair]))


def _why(name: str, other: str, kind: str, verdict: Verdict) -> Why:
    told = f"'{name}' is '{other}' ({HOW[kind]}): {', '.join(verdict.agreements)}"
    more = 0.02 * (len(verdict.agreements) - 1)
    return Why(f"person:{kind}", SCORES[kind] + more, told)


def _of(evidence: Mapping[str, Evidence], entity_id: str) -> Evidence:
    return evidence.get(entity_id, Evidence())


def _known(world: World) -> dict[str, _Known]:
    """Return the persons who have a full name, each with all of them."""
    names: dict[str, list[str]] = {}
    for alias in world.aliases:
        if alias.kind == "name":
            names.setdefault(alias.entity_id, []).append(alias.alias)
    known = {}
    for listed in world.entities:
        if listed.type != "person":
            continue
        parsed = {person_name(text) for text in (listed.name, *names.get(listed.entity_id, ()))}
        full = tuple(sorted((name for name in parsed if name is not None), key=repr))
        if full:
            known[listed.entity_id] = _Known(listed, full)
    return known


def _likely(known: Mapping[str, _Known]) -> dict[tuple[str, str], str]:
    """Return the pairs whose names may be one person's, at most one the registry's, and how."""
    blocks: dict[tuple[str, str], set[str]] = {}
    for entity_id, person in known.items():
        for name in person.names:
            for initial in name.initials:
                blocks.setdefault((name.key, initial), set()).add(entity_id)
    pairs = {pair for block in blocks.values() for pair in _of_block(block, known)}
    kinds = {(one, other): _kind(known[one], known[other]) for one, other in sorted(pairs)}
    return {pair: kind for pair, kind in kinds.items() if kind is not None}


def _of_block(block: Collection[str], known: Mapping[str, _Known]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a block; a large one is parted by the first given name."""
    if len(block) < 2:
        return
    if len(block) <= MOST:
        yield from combinations(sorted(block), 2)
        return
    parts: dict[str, set[str]] = {}
    for entity_id in block:
        for name in known[entity_id].names:
            parts.setdefault(name.given[0], set()).add(entity_id)
    for part in parts.values():
        if 1 < len(part) <= MOST:
            yield from combinations(sorted(part), 2)


def _kind(one: _Known, other: _Known) -> str | None:
    if one.listed.is_registry and other.listed.is_registry:
        return None
    kinds = [likeness(first, second) for first in one.names for second in other.names]
    return min((kind for kind in kinds if kind), key=KINDS.index, default=None)
