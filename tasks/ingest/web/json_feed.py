"""JSON Feed 1.0 and 1.1 (jsonfeed.org), which feedparser does not read."""

import json
from collections.abc import Iterator
from typing import Any

from tasks.ingest.web.entries import (
    Entry,
    Listing,
    Refused,
    absolute_address,
    language_tag,
    listing_of,
    paragraphs_html,
    plain_line,
    published,
    updated,
)
from tasks.records import Refusal

MAX_GUID = 500
"""Characters of an id that may name an entry; longer ones are no names."""


def read_json_feed(text: str, *, url: str, max_entries: int) -> Listing | Refusal:
    """Return the entries of a JSON Feed, or why there are none."""
    try:
        feed = json.loads(text)
        # A lone surrogate, which JSON can spell, is no character that could be stored.
        feed = json.loads(json.dumps(feed, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        return Refusal("malformed", f"no JSON ({type(error).__name__}); ask the outlet to mend it")
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return Refusal("unsupported", "JSON without a list of items; give the address of a feed")
    return listing_of(
        _entries(items, url),
        kind="feed",
        url=url,
        max_entries=max_entries,
        title=plain_line(feed.get("title")),
        language=language_tag(feed.get("language")),
    )


def _entries(items: list[Any], url: str) -> Iterator[Entry | Refused]:
    for position, item in enumerate(items, 1):
        if isinstance(item, dict):
            yield _entry(item, url, position)
        else:
            detail = f"entry {position:,} is no object; ask the outlet to mend it"
            yield f"{url}#{position}", Refusal("malformed", detail)


def _entry(item: dict[str, Any], url: str, position: int) -> Entry | Refused:
    guid = item.get("id")
    named = isinstance(guid, (str, int)) and 0 < len(str(guid)) <= MAX_GUID
    ref = f"{url}#{guid if named else position}"
    link = _text(item, "url") or _text(item, "external_url")
    address = absolute_address(link, base=url) if link else None
    body, is_full = _body(item)
    if isinstance(address, Refusal):
        return ref, address
    if address is None and body is None:
        return ref, Refusal("empty", "entry has neither address nor text; read another feed")
    day, moment = published(item.get("date_published"))
    return Entry(
        url=address,
        ref=address or ref,
        title=plain_line(item.get("title")),
        byline=_byline(item),
        language=language_tag(item.get("language")),
        published_on=day,
        published_at=moment,
        updated_at=updated(item.get("date_modified")),
        html=body,
        is_full=is_full,
    )


def _body(item: dict[str, Any]) -> tuple[str | None, bool]:
    if body := _text(item, "content_html"):
        return body, True
    if text := _text(item, "content_text"):
        return paragraphs_html(text), True
    summary = _text(item, "summary")
    return (paragraphs_html(summary) if summary else None), False


def _byline(item: dict[str, Any]) -> str | None:
    """Return the names of `authors` (1.1) or `author` (1.0)."""
    authors = item.get("authors") or [item.get("author")]
    found = (
        [a.get("name") for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
    )
    return plain_line(", ".join(name.strip() for name in found if isinstance(name, str)))


def _text(item: dict[str, Any], name: str) -> str | None:
    value = item.get(name)
    return value if isinstance(value, str) and value.strip() else None
