"""What linking is told of entities: rows from the lake and the registry."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tasks.registry import Decision


class Listed(NamedTuple):
    """One entity as it is listed, with how often and in how many articles it is mentioned."""

    entity_id: str
    name: str
    type: str
    is_registry: bool = False
    mentions: int = 0
    articles: int = 0

    @property
    def weight(self) -> tuple[bool, int, int, str]:
        """Order in which the entities of a group would stand for all of them, highest best."""
        return (self.is_registry, self.mentions, len(self.name), self.entity_id)


class Alias(NamedTuple):
    """One more name of a registry entity."""

    entity_id: str
    alias: str
    kind: str


class AcronymUse(NamedTuple):
    """One entity for which articles define an acronym, and how many of them do."""

    acronym: str
    entity_id: str
    articles: int


class RoleUse(NamedTuple):
    """One role that an article gives to a person, or the registry (`article_id` None)."""

    entity_id: str
    article_id: str | None
    role: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of an entity besides its name.

    `roles` are heads such as 'foreign minister', `countries` ISO 3166-1 alpha-3 codes of roles,
    `context` the registry's entities in the same articles, those in most articles left out.
    """

    roles: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All that links are made from; the order within each sequence does not matter.

    `roles` need only hold those of persons to whom several countries are given.
    """

    entities: Sequence[Listed]
    aliases: Sequence[Alias] = ()
    acronyms: Sequence[AcronymUse] = ()
    roles: Sequence[RoleUse] = ()
    decisions: Sequence[Decision] = ()

    def registry_names(self) -> set[str]:
        """Return all names of the registry, letter for letter.

        What bears one and is not the registry's was left to another on purpose, such as 'Georgia'
        where it is the region of the USA.
        """
        names = {one.name for one in self.entities if one.is_registry}
        return names | {one.alias for one in self.aliases}


EvidenceOf = Callable[[Collection[str]], Mapping[str, Evidence]]
"""Gives the evidence on those of the ids on which there is any."""
