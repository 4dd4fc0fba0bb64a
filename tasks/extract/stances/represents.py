"""For whom a person speaks: the state or body behind an envoy, a spokesman or a minister."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tasks.ids import row_id
from tasks.registry import Registry
from warehouse.tables import EntityRole, Stance

METHOD = "represents"
DISCOUNT = 0.8
"""A spokesman's word is mostly, not always, that of whom he speaks for."""
_SPEAKING = re.compile(
    r"\b(?:spokes(?:man|woman|person)|envoy|ambassador|representative|press secretary|minister|"
    r"secretary of (?:state|defen[cs]e)|foreign secretary|president|premier|chancellor|"
    r"secretary[- ]general|negotiator|high representative)\b",
    re.IGNORECASE,
)
_NOT_NOW = re.compile(r"\b(?:former|ex|then|late|vice|deputy|elect)\b", re.IGNORECASE)


def behind(
    roles: Sequence[EntityRole], registry: Registry | None, day: date | None
) -> Mapping[str, str]:
    """Return, by person, the one entity that a role of theirs speaks for.

    `roles` are those that the article gives; those of the registry on `day` are used for others.
    """
    found: dict[str, set[str]] = {}
    for role in roles:
        if (for_whom := _entity(role, registry)) is not None:
            found.setdefault(role.entity_id, set()).add(for_whom)
    return _Behind({who: ids.pop() for who, ids in found.items() if len(ids) == 1}, registry, day)


class _Behind(dict[str, str]):
    """Looks up persons whom the article gives no role in the registry."""

    def __init__(
        self, given: Mapping[str, str], registry: Registry | None, day: date | None
    ) -> None:
        super().__init__(given)
        self._registry, self._day = registry, day

    def __missing__(self, person: str) -> str:
        found: set[str | None] = set()
        if self._registry is not None and self._day is not None:
            held = self._registry.offices(person, self._day)
            found = {_entity(role, self._registry) for role in held if role.valid_from is not None}
        known = sorted(one for one in found if one is not None)
        self[person] = known[0] if len(known) == 1 else ""
        return self[person]


def _entity(role: EntityRole, registry: Registry | None) -> str | None:
    """Return the state, or else the organisation, for which a role speaks."""
    if not _SPEAKING.search(role.role) or _NOT_NOW.search(role.role):
        return None
    if role.country_iso3:
        state = f"state:{role.country_iso3.lower()}"
        if registry is None or state in registry.by_id:
            return state
    return role.organisation_id


def represented(
    rows: Sequence[Stance], behind_whom: Mapping[str, str], registry: Registry | None
) -> Iterator[Stance]:
    """Yield, for what a person says who speaks for another entity, a row of that entity."""
    for row in rows:
        if row.voice != "speaker" or not (row.holder_id or "").startswith("person:"):
            continue
        entity_id = behind_whom[row.holder_id or ""]
        if not entity_id or entity_id == row.target_id:
            continue
        known = registry.by_id.get(entity_id) if registry is not None else None
        span = row.start_char, row.end_char
        yield replace(
            row,
            stance_id=row_id("stances", row.article_id, *span, entity_id, row.stance_id, METHOD),
            holder_id=entity_id,
            holder=known.name if known is not None else _name(entity_id),
            method=METHOD,
            confidence=round(row.confidence * DISCOUNT, 2),
            from_stance_id=row.stance_id,
        )


def _name(entity_id: str) -> str:
    """Return the words of an id, for an entity that the registry does not know."""
    return entity_id.partition(":")[2].replace("-", " ").title()
