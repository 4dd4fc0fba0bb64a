"""What a format yields before the parts common to all formats: a draft, or a refusal."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from tasks.ingest.parse.lines import Line
from warehouse.tables import PublishedMethod


class Published(NamedTuple):
    """When an article appeared: day, UTC time where one is known, and where that was found."""

    on: date
    at: datetime | None
    method: PublishedMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Head and body of an article as its format gives them, not yet laid out.

    The body is `lines` where the format knows blocks and their kinds, else plain `text`.
    `organisations` are authors declared not to be persons; `canonical` is an address that the
    document itself declares, `url` the one it was found at; `language` and `section` are as
    declared; `published` lists dates, the best first.
    """

    text: str = ""
    lines: tuple[Line, ...] = ()
    title: str | None = None
    byline: str | None = None
    organisations: tuple[str, ...] = ()
    publisher: str | None = None
    original_source: str | None = None
    url: str | None = None
    canonical: str | None = None
    published: tuple[Published, ...] = ()
    language: str | None = None
    section: str | None = None
