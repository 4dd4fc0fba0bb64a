"""What a report holds, section by section, before it becomes HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture: the Vega-Lite file `spec` with `data`, its rows by the name of the data set.

    Rows are flat, of text and numbers. A row with `key` opens that evidence when clicked, and its
    `label` says in words what it shows. `width` and `height` are the least in CSS pixels at which
    the picture can be read; it is as wide as the page where there is more room.
    """

    chart_id: str
    title: str
    spec: str
    data: Mapping[str, Sequence[Mapping[str, Any]]]
    width: int = 280
    height: int = 200
    legend: Sequence[tuple[str, str]] = ()
    """CSS class of the colour or mark, and what it stands for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells as text, the key of its evidence, and an address if any."""

    cells: Sequence[str]
    key: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """What a picture shows, as text: for screen readers, for print and without JavaScript."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Row]
    numbers: frozenset[str] = frozenset()
    """Columns that are set flush right."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation: who said it, in which words, where it stood first and how far it went."""

    speaker: str
    cue: str
    content: str
    source: str
    spread: str
    key: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report; `notes` say what was left out and how to see it."""

    section_id: str
    title: str
    lead: str
    charts: Sequence[Chart] = ()
    tables: Sequence[Table] = ()
    quotes: Sequence[Quote] = ()
    notes: Sequence[str] = field(default=())


LONGEST = 700
"""Characters of a text that are shown: enough for any title or name that is one, and a browser
takes a second to break a word of ten thousand."""


def short(text: str) -> str:
    """Return `text`, cut to what can be shown."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return `number` with its noun: '1 article', '2 articles'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def left_out(shown: int, total: int, what: str, how: str) -> list[str]:
    """Return the note that `total` - `shown` of `what` are missing and `how` to see them."""
    if total <= shown:
        return []
    return [f"Shown: {shown:,} of {total:,} {what}. For all: {how}."]


def in_picture(shown: int, total: int, what: str) -> list[str]:
    """Return the note that the picture has no more than `shown` of `total`."""
    if total <= shown:
        return []
    return [f"The picture shows {shown:,} of {total:,} {what}; the table has more."]
