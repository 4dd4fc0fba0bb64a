"""Rows of the registry's files become one registry, checked against each other."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import cast, get_args

from tasks.registry.decisions import decisions
from tasks.registry.ids import ENTITY_TYPES, entity_id
from tasks.registry.record import Registry
from tasks.registry.rows import Row, SeedFile, rows
from warehouse.tables import (
    AliasKind,
    Entity,
    EntityAlias,
    EntityMember,
    EntityRole,
    EntityType,
)

WITHDRAWN = "not"
"""Kind of the user's alias rows that take a name away from an entity."""

LONGEST_NAME = 200
"""Characters of a name; the longest of an institution has about a hundred."""

_ALIAS_KINDS = frozenset(get_args(AliasKind))
_OWN_ALIAS_KINDS = _ALIAS_KINDS | {WITHDRAWN}


def build(files: Sequence[SeedFile], *, digest: str) -> Registry:
    """Return the registry that `files` hold, the user's own last. Raises SeedError."""
    entity_rows = list(_rows_of(files, "entities.csv"))
    by_id = _entities(entity_rows)
    by_alias = _aliases(entity_rows, list(_rows_of(files, "entity_aliases.csv")), by_id)
    roles_of: dict[str, list[EntityRole]] = {}
    for role in dict.fromkeys(_role(row, by_id) for row in _rows_of(files, "entity_roles.csv")):
        roles_of.setdefault(role.entity_id, []).append(role)
    members = dict.fromkeys(_member(row, by_id) for row in _rows_of(files, "entity_members.csv"))
    return Registry(
        entities=tuple(by_id.values()),
        aliases=tuple(a for group in by_alias.values() for a in group),
        roles=tuple(r for group in roles_of.values() for r in group),
        members=tuple(members),
        decisions=decisions(_rows_of(files, "entity_decisions.csv")),
        by_id=MappingProxyType(by_id),
        by_alias=MappingProxyType({k: tuple(v) for k, v in by_alias.items()}),
        roles_of=MappingProxyType({k: tuple(v) for k, v in roles_of.items()}),
        digest=digest,
    )


def _rows_of(files: Sequence[SeedFile], name: str) -> Iterator[Row]:
    for file in files:
        if file.path.name == name:
            yield from rows(file)


def _entities(entity_rows: Sequence[Row]) -> dict[str, Entity]:
    """Return the entities by id; a row of the user's stands in for the one that ships."""
    by_id: dict[str, Entity] = {}
    seen: set[tuple[str, bool]] = set()
    for row in entity_rows:
        entity = _entity(row)
        key = (entity.entity_id, row.file.is_own)
        if key in seen:
            raise row.error("entity_id", f"{entity.entity_id!r} stands there twice")
        seen.add(key)
        by_id[entity.entity_id] = entity
    return by_id


def _entity(row: Row) -> Entity:
    entity = Entity(
        entity_id=entity_id(row, "entity_id"),
        name=row.required("name"),
        type=cast(EntityType, row.one_of("type", ENTITY_TYPES)),
        country_iso3=row.iso3("country_iso3"),
        wikidata_id=row.optional("wikidata_id"),
        description=row.optional("description"),
        origin="registry",
    )
    if not entity.entity_id.startswith(f"{entity.type}:"):
        raise row.error("entity_id", f"{entity.entity_id!r} does not open with '{entity.type}:'")
    return entity


def _aliases(
    entity_rows: Sequence[Row], alias_rows: Sequence[Row], by_id: Mapping[str, Entity]
) -> dict[str, list[EntityAlias]]:
    """Return all names, preferred ones first; what the user withdrew is left out."""
    withdrawn = {
        (_known(row, "entity_id", by_id), row.required("alias"))
        for row in alias_rows
        if row.file.is_own and row.values["kind"] == WITHDRAWN
    }
    owners: dict[tuple[str, str], Row] = {}
    by_alias: dict[str, list[EntityAlias]] = {}
    for row, column, alias in _all_names(entity_rows, alias_rows, by_id):
        is_given = row.file.is_own and column == "alias"
        if (alias.entity_id, alias.alias) in withdrawn and not is_given:
            continue
        _check_name(row, column, alias.alias)
        before = owners.setdefault((alias.alias, alias.kind), row)
        if before is row:
            by_alias.setdefault(alias.alias, []).append(alias)
        elif not _repeats_shipped(row, before):
            raise _claimed(row, column, alias, before)
    return by_alias


def _all_names(
    entity_rows: Sequence[Row], alias_rows: Sequence[Row], by_id: Mapping[str, Entity]
) -> Iterator[tuple[Row, str, EntityAlias]]:
    """Yield each name with its row and column."""
    for row in entity_rows:
        # Also the name that ships where the user prefers another: texts go on using it.
        values = row.values
        own_name = EntityAlias(
            entity_id=values["entity_id"], alias=values["name"], kind="name", origin="registry"
        )
        yield row, "name", own_name
    for row in alias_rows:
        kind = row.one_of("kind", _OWN_ALIAS_KINDS if row.file.is_own else _ALIAS_KINDS)
        if kind != WITHDRAWN:
            alias = EntityAlias(
                entity_id=_known(row, "entity_id", by_id),
                alias=row.required("alias"),
                kind=cast(AliasKind, kind),
                origin="registry",
            )
            yield row, "alias", alias


def _check_name(row: Row, column: str, name: str) -> None:
    if len(name) > LONGEST_NAME:
        raise row.error(column, f"is longer than {LONGEST_NAME} characters")
    if not any(map(str.isalnum, name)):
        raise row.error(column, f"{name!r} has neither letter nor digit")


def _repeats_shipped(row: Row, before: Row) -> bool:
    """Tell whether the user's row says what ships: harmless, and usual after an upgrade."""
    is_same = before.values["entity_id"] == row.values["entity_id"]
    return is_same and row.file.is_own and not before.file.is_own


def _claimed(row: Row, column: str, alias: EntityAlias, before: Row) -> Exception:
    owner = before.values["entity_id"]
    if owner == alias.entity_id:
        return row.error(column, f"{alias.alias!r} stands there twice")
    problem = f"{alias.alias!r} is a {alias.kind} of {owner!r} already"
    problem += f", line {before.line} of {before.file.path}"
    if row.file.is_own and not before.file.is_own:
        problem += f'; `demarche entity alias {owner} "{alias.alias}" --remove` takes it away'
    return row.error(column, problem)


def _role(row: Row, by_id: Mapping[str, Entity]) -> EntityRole:
    organisation = row.optional("organisation_id")
    valid_from, valid_to = row.period()
    return EntityRole(
        entity_id=_known(row, "entity_id", by_id),
        role=row.required("role"),
        organisation_id=_known(row, "organisation_id", by_id) if organisation else None,
        country_iso3=row.iso3("country_iso3"),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _member(row: Row, by_id: Mapping[str, Entity]) -> EntityMember:
    valid_from, valid_to = row.period()
    member = EntityMember(
        entity_id=_known(row, "entity_id", by_id),
        member_id=_known(row, "member_id", by_id),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    if member.entity_id == member.member_id:
        raise row.error("member_id", f"{member.member_id!r} is entity_id itself")
    return member


def _known(row: Row, column: str, by_id: Mapping[str, Entity]) -> str:
    value = row.required(column)
    if value not in by_id:
        raise row.error(column, f"{value!r} is no entity of entities.csv")
    return value
