"""Read the corrections that ship and the user's own; what is wrong is told with file and line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

import seeds
from tasks.corrections.values import ROW_TABLES, SETTABLE, column_of, parsed
from tasks.extract.events.quad import QUAD_CLASS
from tasks.registry import Row, SeedError, SeedFile, rows
from tasks.registry.ids import entity_id
from warehouse.tables import Correction, CorrectionKind

FILE = "corrections.csv"
COLUMNS = ("correction_id", "kind", "subject", "field", "expect", "value", "author", "reason")
KINDS = frozenset(get_args(CorrectionKind))
HEX = frozenset("0123456789abcdef")

_Stamp = tuple[Path, bool, int, int, int]


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections by id, and those of articles and rows by the id of what they correct."""

    by_id: Mapping[str, Correction] = field(default_factory=dict)
    by_subject: Mapping[str, Sequence[Correction]] = field(default_factory=dict)

    @property
    def of_entities(self) -> list[Correction]:
        """The corrections that merge or split entities."""
        return [
            one for one in self.by_id.values() if one.kind in ("merge_entities", "split_entity")
        ]


def no_corrections() -> Corrections:
    """Return no corrections at all."""
    return Corrections()


def load_corrections(own: Path | None = None, *, shipped: Path | None = None) -> Corrections:
    """Return the corrections in the folder `shipped`, by default demarche's, with the user's `own`.

    A user's correction takes the place of one that ships under the same id. Files that did not
    change are not read again. Raises SeedError on a missing column, an unknown kind, table or
    column, a value that the column does not take, an id that stands twice in a file, or a second
    correction of the same thing.
    """
    return _load(tuple(_stamps(own, seeds.folder() if shipped is None else shipped)))


def _stamps(own: Path | None, shipped: Path) -> Iterator[_Stamp]:
    for folder, is_own in ((shipped, False), (own, True)):
        path = folder / FILE if folder is not None else None
        if path is not None and path.is_file():
            stat = path.stat()
            yield path, is_own, stat.st_mtime_ns, stat.st_size, stat.st_ino


@lru_cache(maxsize=4)
def _load(stamps: tuple[_Stamp, ...]) -> Corrections:
    read: dict[str, tuple[Row, Correction]] = {}
    for path, is_own, *_ in stamps:
        try:
            file = SeedFile(path, path.read_bytes(), is_own)
        except OSError as error:
            raise SeedError(f"{path}: cannot be read ({error.strerror})") from None
        read |= _of_file(file)
    _check_distinct(read.values())
    by_id = {name: correction for name, (_, correction) in read.items()}
    by_subject: dict[str, list[Correction]] = {}
    for one in by_id.values():
        if one.kind in ("set_value", "reject_row"):
            by_subject.setdefault(one.subject, []).append(one)
    return Corrections(by_id, by_subject)


def _of_file(file: SeedFile) -> dict[str, tuple[Row, Correction]]:
    found: dict[str, tuple[Row, Correction]] = {}
    for row in rows(file, columns=COLUMNS):
        name = row.required("correction_id")
        if name in found:
            raise row.error("correction_id", f"{name!r} stands in line {found[name][0].line} too")
        found[name] = row, _correction(row)
    return found


def _correction(row: Row) -> Correction:
    kind = cast(CorrectionKind, row.one_of("kind", KINDS))
    if kind in ("merge_entities", "split_entity"):
        _check_entities(row, kind)
    else:
        _check_row(row, kind)
    return Correction(
        correction_id=row.required("correction_id"),
        kind=kind,
        subject=row.required("subject"),
        field=row.optional("field"),
        expect=row.optional("expect"),
        value=row.optional("value"),
        author=row.required("author"),
        reason=row.required("reason"),
        origin="user" if row.file.is_own else "shipped",
    )


def _check_entities(row: Row, kind: CorrectionKind) -> None:
    if entity_id(row, "subject") == entity_id(row, "value"):
        raise row.error("value", f"{row.values['value']!r} is the subject itself")
    if kind == "split_entity":
        _check_row_id(row, "field", "the article_id in which another is meant")
    elif row.optional("field"):
        raise row.error("field", "must be empty: a merge holds in all articles")


def _check_row(row: Row, kind: CorrectionKind) -> None:
    _check_row_id(row, "subject", "the id of a row or an article")
    table, dot, name = row.required("field").partition(".")
    known = SETTABLE if kind == "set_value" else ROW_TABLES
    if table not in known:
        raise row.error("field", f"unknown table {table!r}; it takes {', '.join(sorted(known))}")
    if kind == "reject_row":
        if dot:
            raise row.error("field", f"names a column; a whole row is rejected: {table!r}")
        if row.optional("value"):
            raise row.error("value", "must be empty: a row is rejected, not set")
        row.required("expect")
        return
    if name not in SETTABLE[table]:
        allowed = ", ".join(f"{table}.{one}" for one in sorted(SETTABLE[table]))
        raise row.error("field", f"unknown column {name!r}; it takes {allowed}")
    for cell in ("expect", "value"):
        _check_value(row, cell, table, name)


def _check_value(row: Row, cell: str, table: str, name: str) -> None:
    try:
        value = parsed(column_of(table, name), row.optional(cell))
    except ValueError as error:
        raise row.error(cell, str(error)) from None
    if cell == "value" and value is not None and name.endswith("_id"):
        entity_id(row, "value")
    if cell == "value" and name == "action_code" and value not in QUAD_CLASS:
        raise row.error(cell, f"{value!r} is none of {', '.join(QUAD_CLASS)}")
    if cell == "value" and row.values["value"] == row.values["expect"]:
        raise row.error("value", "is what is expected: there is nothing to correct")


def _check_row_id(row: Row, cell: str, what: str) -> None:
    value = row.required(cell)
    if len(value) != 16 or set(value) - HEX:
        raise row.error(cell, f"{value!r} is not 16 hex digits; it is {what}")


def _check_distinct(read: Iterable[tuple[Row, Correction]]) -> None:
    said: dict[tuple[str, str, str | None], Row] = {}
    for row, one in read:
        before = said.setdefault((one.kind, one.subject, one.field), row)
        if before is not row:
            where = f"{before.file.path}, line {before.line}"
            raise row.error("subject", f"{one.subject!r} is corrected so by {where} already")
