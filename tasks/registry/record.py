"""The registry as extraction and linking see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tasks.registry import offices
from tasks.registry.decisions import Decision
from warehouse.tables import Entity, EntityAlias, EntityMember, EntityRole


@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """Entities, their names, roles and members, with look-ups by id and by name.

    An entity's preferred name is among its aliases. `by_alias` maps a name, verbatim, to every
    alias so written. `digest` is the SHA-256 of all files that bear on what is found in an
    article; decisions do not, since they are applied when entities are linked. Compared by
    identity, so that it can key a cache.
    """

    entities: tuple[Entity, ...]
    aliases: tuple[EntityAlias, ...]
    roles: tuple[EntityRole, ...]
    members: tuple[EntityMember, ...]
    decisions: tuple[Decision, ...]
    by_id: Mapping[str, Entity]
    by_alias: Mapping[str, tuple[EntityAlias, ...]]
    roles_of: Mapping[str, tuple[EntityRole, ...]]
    digest: str

    def holder(
        self, role: str, country_iso3: str | None, organisation_id: str | None, day: date | None
    ) -> str | None:
        """Return the one person who held the office `role` on `day`; None where it is not certain.

        State or organisation may stand in `role` ("US president"). Without `day`, the person is
        the only one known to have held the office. On the day of a handover two hold it.
        """
        return offices.holder(self, role, country_iso3, organisation_id, day)

    def offices(self, entity_id: str, day: date | None = None) -> tuple[EntityRole, ...]:
        """Return the roles of a person that `day` does not rule out: an unknown date never does."""
        return tuple(
            role
            for role in self.roles_of.get(entity_id, ())
            if day is None
            or not (
                (role.valid_from and day < role.valid_from)
                or (role.valid_to and role.valid_to < day)
            )
        )
