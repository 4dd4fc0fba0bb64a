"""The reviewed registry of entities, read from the CSV files under `seeds/`."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import cast, get_args

import seeds
from warehouse.tables import AliasKind, Entity, EntityAlias, EntityRole, EntityType

_COLUMNS = {
    "entities.csv": ("entity_id", "name", "type", "country_iso3", "wikidata_id", "description"),
    "entity_aliases.csv": ("entity_id", "alias", "kind"),
    "entity_roles.csv": (
        "entity_id",
        "role",
        "organisation_id",
        "country_iso3",
        "valid_from",
        "valid_to",
    ),
}


class SeedError(ValueError):
    """A reference file is wrong; the message names file, line and column."""


@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """Entities, their names and their roles, with look-ups by id and by name.

    An entity's preferred name is among its aliases. `by_alias` maps a name, verbatim, to every
    alias so written; `digest` is the SHA-256 of the files. Compared by identity, so that it can
    key a cache.
    """

    entities: tuple[Entity, ...]
    aliases: tuple[EntityAlias, ...]
    roles: tuple[EntityRole, ...]
    by_id: Mapping[str, Entity]
    by_alias: Mapping[str, tuple[EntityAlias, ...]]
    roles_of: Mapping[str, tuple[EntityRole, ...]]
    digest: str


@dataclass(frozen=True, slots=True)
class _Row:
    """One CSV row and where it stands."""

    file: str
    line: int
    values: Mapping[str, str]

    def error(self, column: str, problem: str) -> SeedError:
        return SeedError(f"{self.file}, line {self.line}, column {column}: {problem}")

    def required(self, column: str) -> str:
        if not self.values[column]:
            raise self.error(column, "is empty")
        return self.values[column]

    def one_of(self, column: str, allowed: object) -> str:
        value = self.required(column)
        if value not in get_args(allowed):
            raise self.error(column, f"unknown value {value!r}")
        return value

    def optional(self, column: str) -> str | None:
        return self.values[column] or None

    def iso3(self, column: str) -> str | None:
        value = self.optional(column)
        if value is not None and not (len(value) == 3 and value.isascii() and value.isupper()):
            raise self.error(column, f"{value!r} is not an ISO 3166-1 alpha-3 code")
        return value

    def day(self, column: str) -> date | None:
        value = self.optional(column)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise self.error(column, f"{value!r} is not a date like 2021-10-19") from None


def load_registry(folder: Path | None = None) -> Registry:
    """Return the registry in `folder`, by default the one that ships with demarche.

    Raises SeedError on a missing file or column, a bad value, an unknown or doubled id.
    """
    folder = seeds.folder() if folder is None else folder
    by_id: dict[str, Entity] = {}
    for row in _rows(folder, "entities.csv"):
        entity = _entity(row)
        if entity.entity_id in by_id:
            raise row.error("entity_id", f"{entity.entity_id!r} stands there twice")
        by_id[entity.entity_id] = entity
    by_alias: dict[str, list[EntityAlias]] = {}
    for entity in by_id.values():
        by_alias.setdefault(entity.name, []).append(_own_name(entity))
    for row in _rows(folder, "entity_aliases.csv"):
        alias = _alias(row, by_id)
        if alias in by_alias.setdefault(alias.alias, []):
            raise row.error("alias", f"{alias.alias!r} stands there twice")
        by_alias[alias.alias].append(alias)
    roles_of: dict[str, list[EntityRole]] = {}
    for row in _rows(folder, "entity_roles.csv"):
        role = _role(row, by_id)
        roles_of.setdefault(role.entity_id, []).append(role)
    return Registry(
        entities=tuple(by_id.values()),
        aliases=tuple(a for group in by_alias.values() for a in group),
        roles=tuple(r for group in roles_of.values() for r in group),
        by_id=MappingProxyType(by_id),
        by_alias=MappingProxyType({k: tuple(v) for k, v in by_alias.items()}),
        roles_of=MappingProxyType({k: tuple(v) for k, v in roles_of.items()}),
        digest=sha256(b"".join((folder / name).read_bytes() for name in _COLUMNS)).hexdigest(),
    )


def _rows(folder: Path, file: str) -> Iterator[_Row]:
    """Yield the rows of a CSV file; raise SeedError where its columns are not as declared."""
    try:
        handle = (folder / file).open(encoding="utf-8", newline="")
    except OSError as error:
        raise SeedError(f"{file}: cannot be read ({error.strerror})") from None
    with handle:
        reader = csv.DictReader(handle, strict=True)
        for column in _COLUMNS[file]:
            if column not in (reader.fieldnames or ()):
                raise SeedError(f"{file}, line 1, column {column}: is missing")
        try:
            for values in reader:
                row = _Row(file, reader.line_num, values)
                for column in _COLUMNS[file]:
                    if values[column] is None or None in values:
                        raise row.error(column, "the row has too few or too many fields")
                yield row
        except (csv.Error, UnicodeDecodeError) as error:
            raise SeedError(f"{file}, line {reader.line_num}: {error}") from None


def _entity(row: _Row) -> Entity:
    return Entity(
        entity_id=row.required("entity_id"),
        name=row.required("name"),
        type=cast(EntityType, row.one_of("type", EntityType)),
        country_iso3=row.iso3("country_iso3"),
        wikidata_id=row.optional("wikidata_id"),
        description=row.optional("description"),
        origin="registry",
    )


def _own_name(entity: Entity) -> EntityAlias:
    return EntityAlias(
        entity_id=entity.entity_id, alias=entity.name, kind="name", origin="registry"
    )


def _alias(row: _Row, by_id: Mapping[str, Entity]) -> EntityAlias:
    return EntityAlias(
        entity_id=_known(row, "entity_id", by_id),
        alias=row.required("alias"),
        kind=cast(AliasKind, row.one_of("kind", AliasKind)),
        origin="registry",
    )


def _role(row: _Row, by_id: Mapping[str, Entity]) -> EntityRole:
    return EntityRole(
        entity_id=_known(row, "entity_id", by_id),
        role=row.required("role"),
        organisation_id=_known(row, "organisation_id", by_id)
        if row.optional("organisation_id")
        else None,
        country_iso3=row.iso3("country_iso3"),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
    )


def _known(row: _Row, column: str, by_id: Mapping[str, Entity]) -> str:
    value = row.required(column)
    if value not in by_id:
        raise row.error(column, f"{value!r} is no entity of entities.csv")
    return value
