"""One body, place, people or event under several spellings of its name."""

from tasks.linking.bodies.names import States, american, body_key
from tasks.linking.links import Links, Why
from tasks.linking.profile import Alias, Listed, World
from tasks.linking.words import words_of

_PLACES = frozenset(("city", "region", "state"))
_ALONE = frozenset(("event", "people"))
_ANY = "any"
"""Kind under which the registry's entities are found by what is of type 'other'."""
_LETTERS = 3
"""Letters that a name needs: 'X' and 'CI' are many things."""
_ACRONYM_LETTERS = 4
"""Letters from which an acronym is recognised in lower case: 'Nato', but not 'Who' or 'It'."""


def kind_of(type_: str) -> str:
    """Return the kind within which names are compared: bodies, places, events, peoples."""
    if type_ in _PLACES:
        return "place"
    return type_ if type_ in _ALONE or type_ == "person" else "body"


def link_bodies(links: Links, world: World) -> None:
    """Link what differs only in 'the', legal form, spelling, or the order of a ministry's name."""
    states, verbatim = states_of(world), world.registry_names()
    registry = _registry(world, states)
    for key, group in sorted(_groups(world, states).items()):
        known = registry.get(key, {})
        if not known and {one.type for one in group} == {"other"}:
            known = registry.get((_ANY, key[1]), {})
        if len(known) > 1:
            continue
        target = max([*known.values(), *group], key=lambda one: one.weight)
        for source in sorted(group):
            if _may_be(source, target) and not (target.is_registry and source.name in verbatim):
                told = f"'{source.name}' and '{target.name}' are spellings of one name"
                links.add(source.entity_id, target.entity_id, Why("name:spelling", 0.95, told))


def _groups(world: World, states: States) -> dict[tuple[str, str], list[Listed]]:
    """Return the found entities but persons, by kind and key of their names."""
    groups: dict[tuple[str, str], list[Listed]] = {}
    for listed in world.entities:
        if listed.type != "person" and not listed.is_registry:
            key = body_key(listed.name, states)
            if len(key) >= _LETTERS:
                groups.setdefault((kind_of(listed.type), key), []).append(listed)
    return groups


def _may_be(source: Listed, target: Listed) -> bool:
    """Tell whether a name of one word may stand for a longer one: 'Nike' for 'Nike, Inc.'"""
    words = words_of(source.name)
    is_same = len(words) > 1 or words == words_of(target.name)
    return is_same or source.type in ("organisation", "company")


def states_of(world: World) -> States:
    """Return the names and demonyms of states, as `body_key` wants them."""
    states = {listed.entity_id: listed.name for listed in world.entities if listed.type == "state"}
    names = [(name, entity_id) for entity_id, name in states.items()]
    names += [(one.alias, one.entity_id) for one in world.aliases if one.entity_id in states
              and one.kind in ("name", "demonym")]  # fmt: skip
    meant: dict[str, set[str]] = {}
    for name, entity_id in names:
        key = " ".join(american(w) for w in words_of(name) if w != "the")
        meant.setdefault(key, set()).add(entity_id)
    return {name: next(iter(ids)) for name, ids in meant.items() if len(ids) == 1}


def _registry(world: World, states: States) -> dict[tuple[str, str], dict[str, Listed]]:
    """Return the registry's entities by kind and key of each of their names."""
    listed = {one.entity_id: one for one in world.entities if one.is_registry}
    names = [(one.entity_id, one.name) for one in listed.values()]
    names += [(one.entity_id, one.alias) for one in world.aliases if _counts(one)]
    found: dict[tuple[str, str], dict[str, Listed]] = {}
    for entity_id, name in names:
        entity = listed.get(entity_id)
        if entity is not None:
            key = body_key(name, states)
            for kind in (kind_of(entity.type), _ANY):
                found.setdefault((kind, key), {})[entity_id] = entity
    return found


def _counts(alias: Alias) -> bool:
    if alias.kind == "acronym":
        return len(alias.alias) >= _ACRONYM_LETTERS
    return alias.kind == "name"
