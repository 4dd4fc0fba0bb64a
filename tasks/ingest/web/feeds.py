"""RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, and CDF, with feedparser.

feedparser takes a string or bytes for an address or a path where it can, so it is given an open
stream. It neither cleans HTML nor resolves links within it here: the reader of articles does.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import chain
from time import struct_time
from typing import Any

import feedparser  # type: ignore[import-untyped]  # ships no types

from tasks.ingest.web.entries import (
    END,
    Entry,
    Listing,
    Refused,
    absolute_address,
    end_of,
    language_tag,
    listing_of,
    paragraphs_html,
    plain_line,
    published,
)
from tasks.ingest.web.feed_xml import feed_xml
from tasks.records import Refusal

Values = dict[str, Any]

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
HEADERS = {"content-type": "application/xml; charset=utf-8"}
YEARS = range(1800, 2200)
"""Years in which feedparser is believed; it makes 9999 of 99999."""

CLOCK = re.compile(r"\d:\d")
ADDRESS = re.compile(r"https?://", re.IGNORECASE)

MAX_GUID = 500
"""Characters of a guid that may name an entry; longer ones are no names."""


def read_feed(text: str, *, url: str, max_entries: int) -> Listing | Refusal:
    """Return the entries of a feed in XML, ill-formed ones as far as they can be mended."""
    xml = feed_xml(text, url=url, max_entries=max_entries)
    if isinstance(xml, Refusal):
        return xml
    try:
        read = feedparser.parse(
            BytesIO(xml.content),
            response_headers=HEADERS,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # feedparser lets through what its handlers happen to meet
        return Refusal(
            "malformed", f"feedparser: {type(error).__name__}; ask the outlet to mend it"
        )
    if not read.version and not read.entries and not xml.content.lower().startswith(b"<channel"):
        return Refusal("unsupported", "no RSS, Atom or CDF; give the address of a feed")
    entries = _entries(read.entries, url, is_atom=read.version.startswith("atom"))
    return listing_of(
        chain(entries, [(url + END, xml.broken_off)] if xml.broken_off else ()),
        kind="feed",
        url=url,
        max_entries=max_entries,
        title=_title(read.feed),
        language=language_tag(read.feed.get("language")),
    )


def _entries(entries: list[Values], url: str, *, is_atom: bool) -> Iterator[Entry | Refused]:
    for position, values in enumerate(entries, 1):
        yield _entry(values, url, position, is_atom=is_atom)


def _entry(values: Values, url: str, position: int, *, is_atom: bool) -> Entry | Refused:
    guid = _text(values, "id")
    ref = f"{url}#{guid if guid and len(guid) <= MAX_GUID else position}"
    link = _link(values)
    address = absolute_address(link, base=url) if link else None
    body, is_full = _body(values)
    if isinstance(address, Refusal):
        return ref, address
    if address is None and body is None:
        return ref, Refusal("empty", "entry has neither address nor text; read another feed")
    day, moment = _published(values, is_atom=is_atom)
    last_day, last_moment = _moment(values, "updated")
    return Entry(
        url=address,
        ref=address or ref,
        title=_title(values),
        byline=_byline(values),
        publisher=plain_line(_source(values).get("title"), is_html=True),
        language=_language(values),
        published_on=day,
        published_at=moment,
        updated_at=last_moment or (end_of(last_day) if last_day else None),
        html=body,
        is_full=is_full,
    )


def _link(values: Values) -> str | None:
    """Return the address of the article as given: not of an enclosure, nor of the comments."""
    original = _text(values, "feedburner_origlink")
    if original:
        return original
    link, guid = _text(values, "link"), _text(values, "id")
    if link and (link != guid or not values.get("guidislink") or ADDRESS.match(link)):
        return link
    for other in values.get("links") or ():
        if other.get("rel") == "alternate" and _text(other, "href"):
            return _text(other, "href")
    return None


def _title(values: Values) -> str | None:
    detail = values.get("title_detail") or {}
    return plain_line(_text(values, "title"), is_html=detail.get("type") in HTML_TYPES)


def _byline(values: Values) -> str | None:
    """Return the authors' names; an e-mail address is none."""
    names = [_text(author, "name") for author in values.get("authors") or ()]
    named = [line for name in names if (line := plain_line(name, is_html=True))]
    return plain_line(", ".join(dict.fromkeys(named)))


def _source(values: Values) -> Values:
    source = values.get("source")
    return source if isinstance(source, dict) else {}


def _language(values: Values) -> str | None:
    details = [values.get("title_detail"), values.get("summary_detail")]
    given = [values.get("language"), *(d.get("language") for d in details if d)]
    return next(filter(None, map(language_tag, given)), None)


def _body(values: Values) -> tuple[str | None, bool]:
    """Return the entry's content as HTML and True, else its summary and False."""
    for content in values.get("content") or ():
        if body := _html(content, _text(content, "value")):
            return body, True
    return _html(values.get("summary_detail") or {}, _text(values, "summary")), False


def _html(detail: Values, text: str | None) -> str | None:
    kind = detail.get("type", "text/html")
    if text is None or kind in HTML_TYPES:
        return text
    return paragraphs_html(text) if kind == "text/plain" else None


def _published(values: Values, *, is_atom: bool) -> tuple[date | None, datetime | None]:
    """Return day and time of publication; feedparser has the `dc:date` of RSS as an update."""
    names = ("published", "created") if is_atom else ("published", "created", "updated")
    return next(filter(any, (_moment(values, name) for name in names)), (None, None))


def _moment(values: Values, name: str) -> tuple[date | None, datetime | None]:
    """Return the day, and the time where one is given, from the words or as feedparser has it."""
    # dict.get, since feedparser's own answers `updated` with the day of publication.
    words, parsed = dict.get(values, name), dict.get(values, f"{name}_parsed")
    found = published(words)
    if found[0] or not isinstance(parsed, struct_time) or parsed.tm_year not in YEARS:
        return found
    moment = datetime(*parsed[:5], min(parsed.tm_sec, 59), tzinfo=UTC)
    return moment.date(), (moment if CLOCK.search(str(words)) else None)


def _text(values: Values, name: str) -> str | None:
    value = values.get(name)
    return value.strip() or None if isinstance(value, str) else None
