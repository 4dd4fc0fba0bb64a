"""CSV files of reference data, row by row; what is wrong is told with file, line and column."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "entities.csv": (
            "entity_id",
            "name",
            "type",
            "country_iso3",
            "wikidata_id",
            "description",
        ),
        "entity_aliases.csv": ("entity_id", "alias", "kind"),
        "entity_roles.csv": (
            "entity_id",
            "role",
            "organisation_id",
            "country_iso3",
            "valid_from",
            "valid_to",
        ),
        "entity_members.csv": ("entity_id", "member_id", "valid_from", "valid_to"),
        "entity_decisions.csv": (
            "decision",
            "entity_id",
            "other_id",
            "article_id",
            "decided_on",
            "note",
        ),
    }
)
"""The files of the registry and their columns."""

_ISO3 = re.compile(r"[A-Z]{3}")


class SeedError(ValueError):
    """A reference file is wrong; the message names file, line and column."""


@dataclass(frozen=True, slots=True)
class SeedFile:
    """One reference file and its bytes; `is_own`: the user's, not one that ships."""

    path: Path
    content: bytes
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One CSV row and where it stands."""

    file: SeedFile
    line: int
    values: Mapping[str, str]

    def error(self, column: str, problem: str) -> SeedError:
        """Return the error that something is wrong in `column`."""
        return SeedError(f"{self.file.path}, line {self.line}, column {column}: {problem}")

    def required(self, column: str) -> str:
        """Return a value that must not be empty."""
        if not self.values[column]:
            raise self.error(column, "is empty")
        return self.values[column]

    def one_of(self, column: str, allowed: frozenset[str]) -> str:
        """Return a value of a closed set."""
        value = self.required(column)
        if value not in allowed:
            known = ", ".join(sorted(allowed))
            raise self.error(column, f"unknown value {value!r}; it takes {known}")
        return value

    def optional(self, column: str) -> str | None:
        """Return a value, None where it is empty."""
        return self.values[column] or None

    def iso3(self, column: str) -> str | None:
        """Return the code of a state."""
        value = self.optional(column)
        if value is not None and not _ISO3.fullmatch(value):
            raise self.error(column, f"{value!r} is not an ISO 3166-1 alpha-3 code")
        return value

    def day(self, column: str) -> date | None:
        """Return a day; other forms of ISO 8601 than 2021-10-19 are refused."""
        value = self.optional(column)
        if value is None:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or day.isoformat() != value:
            raise self.error(column, f"{value!r} is not a date like 2021-10-19")
        return day

    def period(self) -> tuple[date | None, date | None]:
        """Return `valid_from` and `valid_to`, which must not come before it."""
        first, last = self.day("valid_from"), self.day("valid_to")
        if first and last and last < first:
            raise self.error("valid_to", f"{last} is before {first}, the first day")
        return first, last


def rows(file: SeedFile, *, columns: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the rows of a CSV file; raise SeedError where its columns are not as declared.

    `columns` are those of a file that is none of the registry.
    """
    # What is no UTF-8 becomes surrogates, which the check of the cells finds in their column.
    text = file.content.decode("utf-8-sig", errors="surrogateescape")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        _check_header(file, header, COLUMNS[file.path.name] if columns is None else columns)
        for cells in reader:
            if cells:
                yield _row(file, reader.line_num, header, cells)
    except csv.Error as error:
        raise SeedError(f"{file.path}, line {reader.line_num}: {error}") from None


def _check_header(file: SeedFile, header: Sequence[str], declared: Sequence[str]) -> None:
    for column in declared:
        if header.count(column) != 1:
            problem = "stands there twice" if column in header else "is missing"
            raise SeedError(f"{file.path}, line 1, column {column}: {problem}")
    for column in header:
        if column not in declared:
            raise SeedError(f"{file.path}, line 1, column {column!r}: is unknown")


def _row(file: SeedFile, line: int, header: Sequence[str], cells: Sequence[str]) -> Row:
    row = Row(file, line, dict(zip(header, cells, strict=False)))
    if len(cells) != len(header):
        column = header[min(len(cells), len(header) - 1)]
        raise row.error(column, "the row has too few or too many fields")
    if not "".join(cells).isprintable() or cells != [*map(str.strip, cells)]:
        _refuse(row)
    return row


def _refuse(row: Row) -> None:
    """Raise the error of the first cell that holds what cannot be seen."""
    for column, cell in row.values.items():
        wrong = next((mark for mark in cell if not mark.isprintable()), None)
        if wrong is not None and "\udc80" <= wrong <= "\udcff":
            raise row.error(column, f"holds the byte {ord(wrong) - 0xDC00:02X}, which is no UTF-8")
        if wrong is not None:
            raise row.error(column, f"holds U+{ord(wrong):04X}, which cannot be seen")
        if cell != cell.strip():
            raise row.error(column, f"{cell!r} has white space around it")
