"""A body that articles name by its acronym alone, and what other articles define it as."""

from tasks.linking.evidence import SHARED
from tasks.linking.links import Links, Why
from tasks.linking.profile import EvidenceOf, Listed, World
from tasks.linking.words import words_of

_TYPES = frozenset(("organisation", "other"))
_DEFINITIONS = 2
"""Articles that must define an acronym before it counts in any that does not."""


def link_acronyms(links: Links, world: World, evidence_of: EvidenceOf) -> None:
    """Link bodies named by an acronym that has one meaning in all articles and in the registry.

    Where a single article defines it, two entities in the company of both must be the same.
    """
    alone = _alone(links, world)
    few = [(listed.entity_id, target) for listed, target, count in alone if count < _DEFINITIONS]
    evidence = evidence_of({entity_id for pair in few for entity_id in pair})
    for listed, target, count in alone:
        told = f"'{listed.name}' is defined so in {count} articles, and otherwise in none"
        if count < _DEFINITIONS:
            one, other = evidence.get(listed.entity_id), evidence.get(target)
            shared = sorted(one.context & other.context) if one and other else []
            if len(shared) < SHARED:
                continue
            told = f"'{listed.name}' is defined so beside {', '.join(shared[:3])}, and only so"
        links.add(listed.entity_id, target, Why("acronym", 0.85, told))


def _alone(links: Links, world: World) -> list[tuple[Listed, str, int]]:
    """Return the entities named by an acronym of one meaning, that, and how many define it."""
    meanings = _meanings(links, world)
    alone: list[tuple[Listed, str, int]] = []
    for listed in sorted(world.entities):
        meant = meanings.get(listed.entity_id.split(":", 1)[-1], {})
        if listed.type in _TYPES and not listed.is_registry and len(meant) == 1:
            alone += [(listed, target, count) for target, count in meant.items() if count]
    return alone


def _meanings(links: Links, world: World) -> dict[str, dict[str, int]]:
    """Return, for each acronym, what it stands for, and in how many articles."""
    meanings: dict[str, dict[str, int]] = {}
    for use in world.acronyms:
        counts = meanings.setdefault(_slug(use.acronym), {})
        root = links.root(use.entity_id)
        counts[root] = counts.get(root, 0) + use.articles
    for alias in world.aliases:
        if alias.kind == "acronym":
            root = links.root(alias.entity_id)
            meanings.setdefault(_slug(alias.alias), {}).setdefault(root, 0)
    return meanings


def _slug(acronym: str) -> str:
    """Return the acronym as it stands in the id of an entity that is named by it."""
    return "-".join(words_of(acronym))
