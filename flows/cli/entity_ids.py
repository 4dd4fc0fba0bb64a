"""Ids of entities that the user gives: a wrong one is told, with the closest."""

from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from flows.settings import Settings
    from tasks.registry import Registry

CLOSE = 0.8
"""Jaro-Winkler similarity above which an id of the lake is offered."""

OFFERED = 3


def require_known(settings: "Settings", registry: "Registry", *ids: str) -> None:
    """Raise BadParameter for an id that neither registry, decisions nor lake know."""
    decided = {one for d in registry.decisions for one in (d.entity_id, d.other_id)}
    for entity_id in ids:
        if entity_id in registry.by_id or entity_id in decided:
            continue
        is_found, close = _in_lake(settings, entity_id)
        if not is_found:
            raise _unknown(entity_id, _closest(entity_id, registry, close))


def require_registered(registry: "Registry", entity_id: str) -> None:
    """Raise BadParameter for an id that the registry does not know."""
    if entity_id not in registry.by_id:
        raise _unknown(entity_id, _closest(entity_id, registry, []))


def _unknown(entity_id: str, close: list[str]) -> typer.BadParameter:
    hint = f"; did you mean {', '.join(close)}?" if close else "; see `demarche who NAME`"
    return typer.BadParameter(f"there is no entity '{entity_id}'{hint}", param_hint="ID")


def _closest(entity_id: str, registry: "Registry", close: list[str]) -> list[str]:
    """Return the ids of what is so called, or else those most like `entity_id`."""
    if named := [alias.entity_id for alias in registry.by_alias.get(entity_id, ())]:
        return named[:OFFERED]
    found = {*close, *get_close_matches(entity_id, registry.by_id, n=OFFERED)}
    by_likeness = sorted(found, key=lambda one: (-_likeness(entity_id, one), one))
    return by_likeness[:OFFERED]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _in_lake(settings: "Settings", entity_id: str) -> tuple[bool, list[str]]:
    """Return whether the lake, if there is one, has the entity, and the ids most like it."""
    from flows.cli.reading import literal, open_reader
    from warehouse.errors import LakeError

    try:
        reader = open_reader(settings)
    except LakeError:
        return False, []
    like = f"jaro_winkler_similarity(entity_id, {literal(entity_id)})"
    with reader:
        ids = reader.rows(
            f"""SELECT entity_id FROM (
                SELECT entity_id FROM entities UNION SELECT entity_id FROM entity_links
            ) WHERE {like} > {CLOSE}
            ORDER BY {like} DESC, entity_id LIMIT {OFFERED}"""
        )
    close = [one for (one,) in ids]
    return entity_id in close, close
