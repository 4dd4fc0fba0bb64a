"""The row of an article: what its document, its lines and its listing say, the best first."""

from collections.abc import Iterator
from datetime import timedelta

from tasks.ids import digest_id
from tasks.ingest.parse.byline import Authors, authors_of
from tasks.ingest.parse.cleaning import one_line
from tasks.ingest.parse.credits import Head
from tasks.ingest.parse.dates import latest_full_date, url_date
from tasks.ingest.parse.draft import Draft, Published
from tasks.ingest.parse.genre import genre_of
from tasks.ingest.parse.identity import canonical_url, normalised_text, text_sha256
from tasks.ingest.parse.wires import wire_credit, wire_name
from tasks.records import RawItem
from warehouse.tables import Article

FUTURE_SLACK = timedelta(days=2)
"""A date later than this after reading is wrong: time zones and embargoes explain two days."""


def article_of(raw: RawItem, draft: Draft, head: Head, text: str, language: str | None) -> Article:
    """Return the article with `text`; `draft` is its document's, `head` what its lines say."""
    fetch = raw.fetch
    url = one_line(draft.url) or one_line(draft.canonical) or head.url
    canonical = canonical_url(one_line(draft.canonical)) or canonical_url(url)
    title = head.title or one_line(fetch.listed_title if fetch else None)
    listed_publisher = one_line(fetch.listed_publisher if fetch else None)
    publisher = one_line(draft.publisher) or listed_publisher or raw.publisher
    authors = _authors(raw, draft, head, publisher)
    published = _published(raw, draft, head, canonical)
    not_before = None
    if published is None:
        not_before = latest_full_date(text, not_after=raw.fetched_at.date())
    normalised = normalised_text(text)
    article_id = digest_id(canonical or normalised)
    return Article(
        article_id=article_id,
        source_id=raw.source_id,
        url=url,
        canonical_url=canonical,
        title=title,
        byline=authors.persons,
        byline_organisation=authors.organisation,
        publisher=publisher,
        original_source=_original_source(draft, head, text, authors, publisher),
        genre=genre_of(
            text,
            title=title,
            byline=authors.persons,
            url=canonical,
            section=draft.section,
            has_date=published is not None,
        ),
        language=language,
        published_at=published.at if published else None,
        published_on=published.on if published else None,
        published_method=published.method if published else "lower_bound" if not_before else "none",
        published_not_before=not_before,
        fetched_at=raw.fetched_at,
        text=text,
        text_sha256=text_sha256(normalised),
        word_count=len(text.split()),
        cluster_id=article_id,
        raw_ref=raw.raw_ref,
        media_type=raw.media_type,
    )


def _authors(raw: RawItem, draft: Draft, head: Head, publisher: str | None) -> Authors:
    """Return the authors of the first line of authors that names any."""
    listed = raw.fetch.listed_byline if raw.fetch else None
    for line in (draft.byline, head.byline, listed):
        found = authors_of(one_line(line), organisations=draft.organisations, publisher=publisher)
        if found.persons or found.organisation:
            return found
    return Authors(None, None)


def _original_source(
    draft: Draft, head: Head, text: str, authors: Authors, publisher: str | None
) -> str | None:
    """Return who is credited as the origin; an outlet is no source of its own articles."""
    first, last = text.partition("\n\n")[0], text.rpartition("\n\n")[2]
    wires = (wire_name(name) for name in (authors.organisation or "").split(", "))
    found = (
        one_line(draft.original_source)
        or head.original_source
        or wire_credit(first, last)
        or next((wire for wire in wires if wire), None)
    )
    return None if found and _is_own(found, publisher, draft) else found


def _is_own(source: str, publisher: str | None, draft: Draft) -> bool:
    """Tell whether an outlet credits itself, by its name or that of its site."""
    host = (canonical_url(draft.canonical) or canonical_url(draft.url) or "").split("/")
    bare = "".join(filter(str.isalnum, source.casefold()))
    if len(host) > 2 and len(bare) > 3 and bare in host[2].replace("-", ""):
        return True
    names = [wire_name(name) or name.casefold() for name in (source, publisher or "")]
    return names[0] == names[1]


def _published(raw: RawItem, draft: Draft, head: Head, canonical: str | None) -> Published | None:
    """Return the first date found that is not in the future."""
    latest = (raw.fetched_at + FUTURE_SLACK).date()
    found = _dates(raw, draft, head, canonical)
    return next((published for published in found if published.on <= latest), None)


def _dates(raw: RawItem, draft: Draft, head: Head, canonical: str | None) -> Iterator[Published]:
    """Yield dates, the surest first: declared, listed, in a line of its own, in the address."""
    yield from draft.published
    fetch = raw.fetch
    if fetch and fetch.listed_method and fetch.listed_on:
        yield Published(fetch.listed_on, fetch.listed_at, fetch.listed_method)
    if head.published:
        yield Published(*head.published, "text")
    day = url_date(canonical or "")
    if day:
        yield Published(day, None, "url")
