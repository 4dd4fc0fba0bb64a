"""Link entities across all articles of the lake: what it knows in, links out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from tasks.linking import (
    AcronymUse,
    Alias,
    Evidence,
    Listed,
    RoleUse,
    World,
    link_entities,
    role_head,
)
from tasks.registry import Decision, Registry
from warehouse import profiles
from warehouse.lake import Lake
from warehouse.tables import EntityLink


def links(lake: Lake, registry: Registry, decisions: Sequence[Decision] = ()) -> list[EntityLink]:
    """Return the links that follow from what the lake holds, the registry and its decisions.

    `decisions` are further ones, which give way to those.
    """
    with profiles.beside_registry(lake, registry.entities, registry.roles):
        world = World(
            entities=[Listed(*row) for row in profiles.listed(lake)],
            aliases=[Alias(one.entity_id, one.alias, one.kind) for one in registry.aliases],
            acronyms=[AcronymUse(*row) for row in profiles.acronyms(lake)],
            roles=[RoleUse(*row) for row in profiles.roles_by_country(lake)],
            decisions=(*registry.decisions, *decisions),
        )
        return link_entities(world, lambda ids: _evidence(lake, ids))


def _evidence(lake: Lake, entity_ids: Collection[str]) -> Mapping[str, Evidence]:
    if not entity_ids:
        return {}
    roles = profiles.roles(lake, entity_ids)
    heads = _grouped((one, head) for one, role, _ in roles if role and (head := role_head(role)))
    countries = _grouped((one, country) for one, _, country in roles if country)
    context = _grouped(profiles.context(lake, entity_ids))
    return {
        one: Evidence(
            roles=heads.get(one, frozenset()),
            countries=countries.get(one, frozenset()),
            context=context.get(one, frozenset()),
        )
        for one in heads.keys() | countries.keys() | context.keys()
    }


def _grouped(pairs: Iterable[tuple[Any, ...]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one, value in pairs:
        found.setdefault(one, set()).add(value)
    return {one: frozenset(values) for one, values in found.items()}
