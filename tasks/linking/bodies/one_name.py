"""One name under several types: the model is not always of one mind."""

from tasks.linking.links import Links, Why
from tasks.linking.profile import Listed, World
from tasks.linking.words import words_of

DOMINANCE = 3
"""Times as many mentions as any other type has, from which a type is taken for the right one."""
FEWEST = 3
"""Mentions without which no type is sure."""


def link_types(links: Links, world: World) -> None:
    """Link a name's rare types to its common one, or to the registry's entity of that name.

    Only another spelling than the registry's is linked to it: 'European union'.
    """
    groups: dict[str, list[Listed]] = {}
    for listed in world.entities:
        if not listed.is_registry:
            groups.setdefault(listed.entity_id.split(":", 1)[-1], []).append(listed)
    registry = _registry(world)
    verbatim = world.registry_names()
    for name, group in sorted(groups.items()):
        known = [] if any(one.name in verbatim for one in group) else registry.get(name, [])
        if len(group) + len(known) > 1:
            _link(links, group + known)


def _link(links: Links, group: list[Listed]) -> None:
    ranked = sorted(group, key=lambda one: (one.mentions, one.weight), reverse=True)
    first, second = ranked[:2]
    if first.mentions < max(DOMINANCE * second.mentions, FEWEST):
        return
    for source in ranked[1:]:
        if not source.is_registry and source.type != first.type:
            told = (
                f"'{source.name}' is {first.type} in {first.mentions} mentions, "
                f"{source.type} in {source.mentions}"
            )
            score = round(first.mentions / (first.mentions + source.mentions), 4)
            links.add(source.entity_id, first.entity_id, Why("name:type", score, told))


def _registry(world: World) -> dict[str, list[Listed]]:
    """Return the registry's entities by their names, as these stand in the ids of others."""
    listed = {one.entity_id: one for one in world.entities if one.is_registry}
    names = [(one.entity_id, one.name) for one in listed.values()]
    names += [(one.entity_id, one.alias) for one in world.aliases if one.kind == "name"]
    found: dict[str, dict[str, Listed]] = {}
    for entity_id, name in names:
        if entity_id in listed:
            found.setdefault("-".join(words_of(name)), {})[entity_id] = listed[entity_id]
    return {name: list(entities.values()) for name, entities in found.items()}
