"""Records: the mapped fields of one row as canonical JSON."""

import json
from dataclasses import replace

from tasks.ingest.parse.dates import parse_date
from tasks.ingest.parse.draft import Draft, Published
from tasks.ingest.parse.html_article import page_draft
from tasks.records import Refusal


def record_draft(content: bytes) -> Draft | Refusal:
    """Return the draft of a record with `text` or `html`; its own fields come first."""
    try:
        loaded = json.loads(content.decode())
    except (ValueError, RecursionError):
        return Refusal("malformed", "record is not JSON in UTF-8; read it from its source again")
    if not isinstance(loaded, dict):
        return Refusal("malformed", f"record is {type(loaded).__name__}; it must be an object")
    record = {name: value for name, value in loaded.items() if isinstance(value, str) and value}
    body = _body(record)
    if isinstance(body, Refusal):
        return body
    day = parse_date(record.get("published_at", ""))
    published = (Published(*day, "record"),) if day else ()
    return replace(
        body,
        title=record.get("title") or body.title,
        byline=record.get("byline") or body.byline,
        publisher=record.get("publisher") or body.publisher,
        original_source=record.get("original_source") or body.original_source,
        url=record.get("url") or body.url,
        published=published + body.published,
        language=record.get("language") or body.language,
    )


def _body(record: dict[str, str]) -> Draft | Refusal:
    if record.get("text", "").strip():
        return Draft(text=record["text"])
    if record.get("html", "").strip():
        return page_draft(record["html"], url=record.get("url"))
    return Refusal("empty", "record has neither text nor html; fill one of them at the source")
