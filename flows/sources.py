"""Lists of sources as CSV: the registry in `seeds/`, and the user's own beside the settings."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import ValidationError

import seeds
from flows.settings import SettingsError, SourceSettings

COLUMNS = {
    "source_id": "id",
    "outlet": "publisher",
    "country_iso3": "country_iso3",
    "kind": "kind",
    "location": "location",
    "language": "language",
    "licence": "licence",
    "is_enabled": "enabled",
    "delay": "delay",
    "max_items": "max_items",
    "note": "note",
}
"""Column of the file -> field of the source."""


def registry() -> tuple[SourceSettings, ...]:
    """Return the sources that demarche knows of; none of them is read unless it is added."""
    return read_sources(seeds.folder() / "sources.csv")


def read_sources(path: Path) -> tuple[SourceSettings, ...]:
    """Return the sources in the file at `path`. Raises SettingsError that names file and line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            unknown = set(reader.fieldnames or ()) - set(COLUMNS)
            if unknown or "source_id" not in (reader.fieldnames or ()):
                raise SettingsError(
                    f"{path}: its columns must be among {', '.join(COLUMNS)}, "
                    f"with source_id and location; there are {', '.join(reader.fieldnames or ())}"
                )
            return tuple(_source(path, reader.line_num, row) for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error


def write_sources(path: Path, sources: Iterable[SourceSettings]) -> None:
    """Write `sources` to the file at `path`, as a whole or not at all."""
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        for source in sources:
            row = source.model_dump(mode="json")
            writer.writerow(_cell(row[field]) for field in COLUMNS.values())
    part.replace(path)


def put(sources: Sequence[SourceSettings], new: SourceSettings) -> list[SourceSettings]:
    """Return `sources` with `new` in place of the one with its id, or at the end."""
    if all(source.id != new.id for source in sources):
        return [*sources, new]
    return [new if source.id == new.id else source for source in sources]


def _source(path: Path, line: int, row: dict[str, str]) -> SourceSettings:
    values = {field: row[column] for column, field in COLUMNS.items() if row.get(column)}
    try:
        return SourceSettings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"{path}, line {line}, {where}: {first['msg']}, got {first['input']!r}"
        ) from error


def _cell(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value
