"""What a listing holds: entries, what had to be refused, and other listings."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

from tasks.ingest.parse.cleaning import clean, one_line
from tasks.ingest.parse.dates import parse_date
from tasks.records import Refusal
from warehouse.tables import FetchKind

MAX_ADDRESS = 2_048
"""Characters of an address; the Sitemaps protocol (sitemaps.org, 0.9) sets this limit."""

MAX_LINE = 1_000
"""Characters kept of a title or a name; the longest headlines have some 300."""

END = "#end"
"""Behind a listing's address, names what is lost where it breaks off."""

ADDRESS_BREAKS = re.compile(r"[\t\r\n]")
BAD_HOST = re.compile(r"[\s\x00-\x1f\x7f<>\"'\\^`{|}%]")
TAG = re.compile(r"<(?:[/!?]?[A-Za-z][^<>]*|!--[^<>]*)>")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article as its listing gives it.

    `url` is absolute, http or https, without fragment; None where the entry has only a text of
    its own. `ref` is `url`, else the listing's address with `#` and guid or 1-based position;
    it is unique within the listing. `title`, `byline` and `publisher` are plain text on one
    line. `published_at` is there where a time is given, in UTC; `updated_at` is UTC, a bare day
    counts as its end. `html` is the full text where `is_full`, else a summary.
    """

    url: str | None
    ref: str
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    language: str | None = None
    published_on: date | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    html: str | None = None
    is_full: bool = False


class Child(NamedTuple):
    """One sitemap that a sitemap index names, and when it last changed (UTC)."""

    url: str
    updated_at: datetime | None


Refused = tuple[str, Refusal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A feed, a sitemap or a list of addresses; each entry is there once.

    `refused` holds what could not be used, by its `ref`; last and with reason `too_large`, the
    first of the entries left out where there were too many; by `<address>#end` and with reason
    `malformed`, that the end is missing, since the XML went beyond what a parser takes.
    """

    kind: FetchKind
    title: str | None = None
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    refused: tuple[Refused, ...] = ()
    children: tuple[Child, ...] = ()


def listing_of(
    found: Iterable[Entry | Refused],
    *,
    kind: FetchKind,
    url: str,
    max_entries: int,
    title: str | None = None,
    language: str | None = None,
) -> Listing:
    """Gather what was found in the listing at `url`, each ref once, `max_entries` at most."""
    entries: dict[str, Entry] = {}
    refused: dict[str, Refusal] = {}
    for position, one in enumerate(found, 1):
        ref = one.ref if isinstance(one, Entry) else one[0]
        if position > max_entries:
            refused[f"{url}#{position}"] = too_many(max_entries)
            break
        if ref in entries or ref in refused:
            continue
        if isinstance(one, Entry):
            entries[ref] = one
        else:
            refused[ref] = one[1]
    return Listing(
        kind=kind,
        title=title,
        language=language,
        entries=tuple(entries.values()),
        refused=tuple(refused.items()),
    )


def too_many(max_entries: int) -> Refusal:
    """Return why the rest of a listing was not read."""
    return Refusal(
        "too_large",
        f"more than {max_entries:,} entries; this one and those after it were not read, "
        "split the listing",
    )


def absolute_address(link: str, *, base: str) -> str | Refusal:
    """Return `link`, resolved against `base`, as an http or https address without fragment."""
    link = ADDRESS_BREAKS.sub("", link).strip()
    if len(link) > MAX_ADDRESS:
        return Refusal("bad_address", f"{link[:80]}... has {len(link):,} characters; shorten it")
    try:
        parts = urlsplit(link)
        parts = parts if parts.scheme else urlsplit(urljoin(base, link))
        host, _ = parts.hostname, parts.port  # a broken port raises
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https"):
        return Refusal("bad_address", f"{_shown(link)} is no http or https address; correct it")
    if not host or BAD_HOST.search(host):
        return Refusal("bad_address", f"{_shown(link)} names no host; correct it")
    path, query = parts.path.replace(" ", "%20"), parts.query.replace(" ", "%20")
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def plain_line(text: object, *, is_html: bool = False) -> str | None:
    """Return `text` on one line, tags stripped and entities resolved where it is HTML."""
    if not isinstance(text, str):
        return None
    if is_html:
        text = html.unescape(TAG.sub(" ", text[: 10 * MAX_LINE]))
    line = one_line(text[: 10 * MAX_LINE])
    return line[:MAX_LINE].rstrip() if line else None


def language_tag(text: object) -> str | None:
    """Return a BCP 47 tag as given, with hyphens, or None where it is none."""
    tag = text.strip().replace("_", "-") if isinstance(text, str) else ""
    return tag if LANGUAGE.fullmatch(tag) else None


def paragraphs_html(text: str) -> str:
    """Return plain text as HTML, a paragraph for each run of lines that a blank line ends."""
    paragraphs = re.split(r"\n[^\S\n]*\n", clean(text))
    return "\n".join(
        f"<p>{html.escape(p.strip(), quote=False)}</p>" for p in paragraphs if p.strip()
    )


def published(text: object) -> tuple[date | None, datetime | None]:
    """Return the day, and the time where one is given, that `text` names; Nones where none."""
    return (parse_date(text) if isinstance(text, str) else None) or (None, None)


def updated(text: object) -> datetime | None:
    """Return the moment that `text` names; a bare day counts as its end."""
    day, moment = published(text)
    return moment or (end_of(day) if day else None)


def end_of(day: date) -> datetime:
    """Return the last second of a day, UTC."""
    return datetime.combine(day, time(23, 59, 59), UTC)


def _shown(link: str) -> str:
    return repr(link if len(link) <= 80 else link[:80] + "...")
