"""The user's own entities, names and decisions: CSV files in a folder beside the settings.

A file is written only where the whole registry loads with it.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from tasks.registry import (
    COLUMNS,
    WITHDRAWN,
    Registry,
    Row,
    SeedFile,
    load_registry,
    read_files,
    registry_of,
    rows,
)

ENTITIES, ALIASES, DECISIONS = "entities.csv", "entity_aliases.csv", "entity_decisions.csv"
ROWS = {
    ENTITIES: "entity",
    ALIASES: "name",
    "entity_roles.csv": "role",
    "entity_members.csv": "member",
    DECISIONS: "decision",
}
"""The files, and what one row of each is."""

LISTED = ("row", "entity_id", "other_id", "text", "decided_on", "note")
TEXTS = ("name", "alias", "role", "kind", "type", "valid_from", "valid_to", "article_id")
"""Columns that make up `text` of a row that is listed."""

CONTRARY = {"merge": "apart", "apart": "merge"}

Values = Mapping[str, str | None]
"""A row: column -> value; a column that is left out is empty."""

Wanted = Callable[[Mapping[str, str]], bool]


def own_rows(folder: Path, name: str) -> list[Row]:
    """Return the rows of the user's file `name`; none where there is no such file."""
    path = folder / name
    return list(rows(SeedFile(path, path.read_bytes(), is_own=True))) if path.is_file() else []


def listed(folder: Path) -> Iterator[tuple[str | None, ...]]:
    """Yield the user's rows of all files, all with the columns of `LISTED`."""
    for name, kind in ROWS.items():
        for row in own_rows(folder, name):
            values = row.values
            yield (
                values.get("decision") or kind,
                values["entity_id"],
                _first(values, "other_id", "member_id", "organisation_id"),
                ", ".join(values[column] for column in TEXTS if values.get(column)),
                _first(values, "decided_on"),
                _first(values, "note"),
            )


def _first(values: Mapping[str, str], *columns: str) -> str | None:
    return next((values[column] for column in columns if values.get(column)), None)


def has_name(registry: Registry, entity_id: str, name: str, kind: str | None = None) -> bool:
    """Return whether an entity has `name`, of one kind where `kind` is given."""
    return any(
        alias.entity_id == entity_id and kind in (None, alias.kind)
        for alias in registry.by_alias.get(name, ())
    )


def add_name(folder: Path, entity_id: str, name: str, kind: str) -> None:
    """Give an entity a name, or give back one that was taken away."""
    row = {"entity_id": entity_id, "alias": name, "kind": kind}
    withdrawal = row | {"kind": WITHDRAWN}
    added = [] if _stands(folder, entity_id, name, kind) else [row]
    change(folder, {ALIASES: added}, dropped={ALIASES: withdrawal.__eq__})


def take_name(folder: Path, entity_id: str, name: str) -> None:
    """Take a name away from an entity: the user's row goes, any other name is withdrawn."""
    row = {"entity_id": entity_id, "alias": name, "kind": WITHDRAWN}

    def is_meant(values: Mapping[str, str]) -> bool:
        return (values["entity_id"], values["alias"]) == (entity_id, name)

    added = [row] if _stands(folder, entity_id, name) else []
    change(folder, {ALIASES: added}, dropped={ALIASES: is_meant})


def _stands(folder: Path, entity_id: str, name: str, kind: str | None = None) -> bool:
    """Return whether an entity has a name without the user's aliases: it ships, or is preferred."""
    own = [row.values for row in own_rows(folder, ENTITIES)]
    is_preferred = any((row["entity_id"], row["name"]) == (entity_id, name) for row in own)
    if is_preferred and kind in (None, "name"):
        return True
    return has_name(load_registry(), entity_id, name, kind)


def decide(folder: Path, kind: str, entity_id: str, other_id: str, note: str | None) -> None:
    """Note that two entities are one or stay apart, in place of the contrary decision."""
    pair, contrary = {entity_id, other_id}, CONTRARY[kind]

    def is_contrary(values: Mapping[str, str]) -> bool:
        return values["decision"] == contrary and {values["entity_id"], values["other_id"]} == pair

    row = _decision(kind, entity_id, other_id, note=note)
    change(folder, {DECISIONS: [row]}, dropped={DECISIONS: is_contrary})


def split(
    folder: Path, entity_id: str, other_id: str, articles: Iterable[str], note: str | None
) -> None:
    """Note that in `articles`, by their ids, `entity_id` means `other_id`."""
    decisions = [
        _decision("split", entity_id, other_id, article_id=article, note=note)
        for article in articles
    ]
    change(folder, {DECISIONS: decisions})


def _decision(kind: str, entity_id: str, other_id: str, **given: str | None) -> Values:
    """Return the row of a decision that is taken today."""
    today = datetime.now(UTC).date().isoformat()
    ids = {"decision": kind, "entity_id": entity_id, "other_id": other_id}
    return ids | {"decided_on": today} | given


def change(
    folder: Path,
    added: Mapping[str, Iterable[Values]],
    *,
    dropped: Mapping[str, Wanted] = MappingProxyType({}),
) -> None:
    """Take rows out of the user's files in `folder` and add others, by file.

    Raises SeedError, and leaves all as it was, where the registry would not load with them.
    """
    texts: dict[str, str] = {}
    for name, new in added.items():
        is_dropped = dropped.get(name, _never)
        lines = {row.line for row in own_rows(folder, name) if is_dropped(row.values)}
        texts[name] = _with(_without(_text(folder, name), lines), new)
    others = [f for f in read_files(folder) if not (f.is_own and f.path.name in texts)]
    # Bytes that are no UTF-8 come from the command line as surrogates: the registry refuses them.
    changed = {name: text.encode(errors="surrogatepass") for name, text in texts.items()}
    registry_of([*others, *(SeedFile(folder / n, c, is_own=True) for n, c in changed.items())])
    folder.mkdir(parents=True, exist_ok=True)
    for name in filter(changed.__contains__, COLUMNS):  # entities first: names need them
        _replace(folder / name, changed[name])


def _never(_values: Mapping[str, str]) -> bool:
    return False


def _text(folder: Path, name: str) -> str:
    """Return the user's file `name`, or one with a header alone."""
    path = folder / name
    if path.is_file() and path.stat().st_size:
        return path.read_bytes().decode("utf-8")
    return ",".join(COLUMNS[name]) + "\n"


def _without(text: str, lines: set[int]) -> str:
    """Return `text` without the rows on `lines`; a row is one line, since no cell may break."""
    kept = enumerate(io.StringIO(text, newline=""), start=1)
    return "".join(line for number, line in kept if number not in lines)


def _with(text: str, added: Iterable[Values]) -> str:
    """Return `text` with rows at its end, in its own order of columns."""
    header = next(csv.reader([text.removeprefix("\ufeff").splitlines()[0]]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n" if "\r\n" in text else "\n")
    writer.writerows([values.get(column) or "" for column in header] for values in added)
    gap = "" if text.endswith("\n") or not out.getvalue() else "\n"
    return text + gap + out.getvalue()


def _replace(path: Path, content: bytes) -> None:
    """Write the file at `path` as a whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)
