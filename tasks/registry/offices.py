"""Who held an office on a day. Offices are compared in the normal form of `office_names`."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from tasks.extract.wordlist import words
from tasks.registry.office_names import Office, office

if TYPE_CHECKING:
    from tasks.registry.record import Registry
    from warehouse.tables import EntityRole

_SHARED = frozenset({"deputy", "assistant"})
"""Offices that several hold at a time: a later holder does not end the term of an earlier one."""

_VAGUE = words(
    "adviser ambassador chairperson commander diplomat director envoy general head judge lawmaker "
    "leader member minister negotiator official representative secretary senator speaker "
    "spokesperson"
)
"""Heads that name an office only together with the organisation in which it is held."""

Held = tuple[Office, "EntityRole"]


def holder(
    registry: "Registry",
    role: str,
    country_iso3: str | None,
    organisation_id: str | None,
    day: date | None,
) -> str | None:
    """Return the one person who held `role` on `day`, or ever; None where it is not certain."""
    asked = office(registry, role, country_iso3, organisation_id)
    if asked is None:
        return None
    candidates = _offices(registry).get(asked.head, ())
    held = [row for other, row in candidates if _fits(asked, other, registry)]
    if day is not None:
        is_shared = not _SHARED.isdisjoint(asked.head.split())
        held = _on(held, day, is_shared=is_shared)
    persons = {row.entity_id for row in held}
    return persons.pop() if len(persons) == 1 else None


@lru_cache(maxsize=4)
def _offices(registry: "Registry") -> Mapping[str, Sequence[Held]]:
    """Return the roles of `registry` by the heads of their offices."""
    by_head: dict[str, list[Held]] = {}
    for row in registry.roles:
        found = office(registry, row.role, row.country_iso3, row.organisation_id)
        if found is not None:
            by_head.setdefault(found.head, []).append((found, row))
    return by_head


def _fits(asked: Office, held: Office, registry: "Registry") -> bool:
    """Tell whether the office that is asked for is the one held."""
    if asked.is_acting and not held.is_acting:
        return False
    if asked.organisation == held.organisation and asked.organisation is not None:
        return True
    if asked.head in _VAGUE or asked.country is None or asked.country != held.country:
        return False
    # 'US national security adviser' and 'White House national security adviser' are one office.
    bodies = [one for one in (asked.organisation, held.organisation) if one is not None]
    return not bodies or (
        len(bodies) == 1
        and len(asked.head.split()) > 1
        and registry.by_id[bodies[0]].type in ("institution", "government")
        and registry.by_id[bodies[0]].country_iso3 == asked.country
    )


def _on(rows: Sequence["EntityRole"], day: date, *, is_shared: bool) -> list["EntityRole"]:
    """Return the roles held on `day`; one without an end ends where the next holder begins."""
    begun = [row for row in rows if row.valid_from and row.valid_from <= day]
    latest = max((row.valid_from for row in begun if row.valid_from), default=day)
    return [
        row
        for row in begun
        if (row.valid_to and day <= row.valid_to)
        or (row.valid_to is None and (is_shared or row.valid_from == latest))
    ]
