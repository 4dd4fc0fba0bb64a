"""Parse one raw item: its format's draft, then what all formats have in common."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from tasks.ids import digest_id
from tasks.ingest.parse.boilerplate import Body, read_body
from tasks.ingest.parse.cleaning import clean, one_line
from tasks.ingest.parse.dates import latest_full_date, url_date
from tasks.ingest.parse.draft import Draft, Published
from tasks.ingest.parse.genre import genre_of
from tasks.ingest.parse.html_article import html_draft
from tasks.ingest.parse.identity import canonical_url, normalised_text, text_sha256
from tasks.ingest.parse.language import language_of
from tasks.ingest.parse.markdown_article import markdown_draft
from tasks.ingest.parse.record_article import record_draft
from tasks.ingest.parse.text_article import text_draft
from tasks.records import Parsed, RawItem, Refusal, TextBlock, reject
from warehouse.tables import Article, MediaType, Rejection

FORMATS: Mapping[MediaType, Callable[[bytes], Draft | Refusal]] = {
    "text/plain": text_draft,
    "text/html": html_draft,
    "text/markdown": markdown_draft,
    "application/json": record_draft,
}

BY = re.compile(r"^(?:(?:analysis|opinion|posted|words|written) )?by\b:?\s*", re.IGNORECASE)

MIN_WORDS = 20
"""A shorter text is a caption or a notice of a missing page: no statement fits in it."""

FUTURE_SLACK = timedelta(days=2)
"""A date later than this after reading is wrong: time zones and embargoes explain two days."""


def parse(
    raw: RawItem, content: bytes, *, languages: frozenset[str] = frozenset({"en"})
) -> Parsed | Rejection:
    """Return the article in `content`, or its rejection; never raises, whatever the bytes.

    `languages` are the ISO 639-1 codes of the languages that are read.
    """
    try:
        found = _read(raw, content, languages)
    except Exception as error:  # a bug here, or in a library, must not stop the batch
        found = Refusal("internal_error", f"{type(error).__name__} while parsing; report it")
    if isinstance(found, Parsed):
        return found
    return reject(
        raw,
        "parse",
        found.reason,
        " ".join(f"{raw.item_ref}: {found.detail}".split()),
        raw_ref=raw.raw_ref,
        rejected_at=raw.seen_at,
    )


def _read(raw: RawItem, content: bytes, languages: frozenset[str]) -> Parsed | Refusal:
    read_format = FORMATS.get(raw.media_type)
    if read_format is None:
        known = ", ".join(FORMATS)
        return Refusal("unsupported", f"media type {raw.media_type}; supported: {known}")
    if not content.strip():
        return Refusal("empty", "nothing but white space; remove it or deliver it again")
    draft = read_format(content)
    if isinstance(draft, Refusal):
        return draft
    title = one_line(draft.title)
    body = read_body(clean(draft.text), title=title, is_titled=title is None)
    words = len(body.text.split())
    if words < MIN_WORDS:
        return Refusal("no_text", f"{words} words of text; at least {MIN_WORDS} are needed")
    language = language_of(f"{body.title or ''}\n{body.text}", declared=draft.language)
    if language is not None and language not in languages:
        wanted = ", ".join(sorted(languages))
        return Refusal("language", f"language is {language}; read are {wanted}")
    return Parsed(_article(raw, draft, body, language), _blocks(body.text))


def _blocks(text: str) -> tuple[TextBlock, ...]:
    blocks, start = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(TextBlock("paragraph", paragraph, start, start + len(paragraph)))
        start += len(paragraph) + 2
    return tuple(blocks)


def _article(raw: RawItem, draft: Draft, body: Body, language: str | None) -> Article:
    url = one_line(draft.url) or one_line(draft.canonical) or body.url
    canonical = canonical_url(one_line(draft.canonical)) or canonical_url(url)
    byline = _without_by(one_line(draft.byline)) or body.byline
    published = _published(raw, draft, body, canonical)
    not_before = None
    if published is None:
        not_before = latest_full_date(body.text, not_after=raw.fetched_at.date())
    normalised = normalised_text(body.text)
    article_id = digest_id(canonical or normalised)
    return Article(
        article_id=article_id,
        source_id=raw.source_id,
        url=url,
        canonical_url=canonical,
        title=body.title,
        byline=byline,
        publisher=one_line(draft.publisher) or raw.publisher,
        original_source=one_line(draft.original_source) or body.original_source,
        genre=genre_of(
            body.text,
            title=body.title,
            byline=byline,
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
        text=body.text,
        text_sha256=text_sha256(normalised),
        word_count=len(body.text.split()),
        cluster_id=article_id,
        raw_ref=raw.raw_ref,
        media_type=raw.media_type,
    )


def _published(raw: RawItem, draft: Draft, body: Body, canonical: str | None) -> Published | None:
    """Return the first date found that is not in the future: declared, in a line, in the URL."""
    found = list(draft.published)
    if body.published:
        found.append(Published(*body.published, "text"))
    day = url_date(canonical or "")
    if day:
        found.append(Published(day, None, "url"))
    latest = (raw.fetched_at + FUTURE_SLACK).date()
    return next((published for published in found if published.on <= latest), None)


def _without_by(byline: str | None) -> str | None:
    return BY.sub("", byline, count=1) or None if byline else None
