"""Parse one raw item: its format's draft, then what all formats have in common."""

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from tasks.ingest.parse.boilerplate import read_body
from tasks.ingest.parse.cleaning import one_line
from tasks.ingest.parse.draft import Draft
from tasks.ingest.parse.encoding import decode
from tasks.ingest.parse.head import article_of
from tasks.ingest.parse.html_article import page_draft
from tasks.ingest.parse.language import language_of
from tasks.ingest.parse.lines import block_lines, lay_out, text_lines
from tasks.ingest.parse.mail_article import mail_draft
from tasks.ingest.parse.markdown_article import markdown_draft
from tasks.ingest.parse.record_article import record_draft
from tasks.ingest.parse.text_article import text_draft
from tasks.records import Parsed, RawItem, Refusal, TextBlock, reject
from warehouse.tables import MediaType, Rejection


class ReadText(Protocol):
    """Reads a decoded document, found at `url` where that is known."""

    def __call__(self, text: str, /, *, url: str | None) -> Draft | Refusal: ...  # noqa: D102


TEXT_FORMATS: Mapping[MediaType, ReadText] = {
    "text/plain": text_draft,
    "text/html": page_draft,
    "text/markdown": markdown_draft,
}
FORMATS: Mapping[MediaType, Callable[[bytes], Draft | Refusal]] = {
    "application/json": record_draft,
    "message/rfc822": mail_draft,
}
"""Formats that say within their bytes how these are encoded."""

MIN_WORDS = 20
"""A shorter text is a caption or a notice of a missing page: no statement fits in it."""

UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{2}")
"""Two letters of a script that leaves no space between words: about one word."""


def parse(
    raw: RawItem, content: bytes, *, languages: frozenset[str] | None = frozenset({"en"})
) -> Parsed | Rejection:
    """Return the article in `content`, or its rejection; never raises, whatever the bytes.

    `languages` are the ISO 639-1 codes of the languages that are read; None: every language.
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


def _read(raw: RawItem, content: bytes, languages: frozenset[str] | None) -> Parsed | Refusal:
    draft = _draft(raw, content)
    if isinstance(draft, Refusal):
        return draft
    given = one_line(draft.title)
    lines = block_lines(draft.lines) if draft.lines else text_lines(draft.text)
    head, lines = read_body(lines, title=given, is_titled=given is None)
    text, blocks = lay_out(lines)
    words = len(text.split()) + len(UNSPACED.findall(text))
    if words < MIN_WORDS:
        return Refusal("no_text", f"{words} words of text; at least {MIN_WORDS} are needed")
    listed = raw.fetch.listed_language if raw.fetch else None
    language = language_of(f"{head.title or ''}\n{text}", declared=draft.language or listed)
    if languages is not None and language is not None and language not in languages:
        wanted = ", ".join(sorted(languages))
        return Refusal("language", f"language is {language}; read are {wanted}")
    article = article_of(raw, draft, head, text, language)
    if article.title and all(block.kind != "title" for block in blocks):
        blocks = (TextBlock("title", article.title), *blocks)
    return Parsed(article, blocks)


def _draft(raw: RawItem, content: bytes) -> Draft | Refusal:
    """Return the draft of `content`, read as its media type asks."""
    if not content.strip():
        return Refusal("empty", "nothing but white space; remove it or deliver it again")
    if read_bytes := FORMATS.get(raw.media_type):
        return read_bytes(content)
    read_text = TEXT_FORMATS.get(raw.media_type)
    if read_text is None:
        known = ", ".join([*TEXT_FORMATS, *FORMATS])
        return Refusal("unsupported", f"media type {raw.media_type}; supported: {known}")
    fetch = raw.fetch
    declared = fetch.charset if fetch else None
    text = decode(content, declared=declared, is_html=raw.media_type == "text/html")
    if isinstance(text, Refusal):
        return text
    return read_text(text, url=(fetch.final_url or fetch.url) if fetch else None)
