"""Which column of a record file holds which field, and a record's canonical bytes."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache

from tasks.errors import SourceError
from tasks.records import Refusal

SYNONYMS: dict[str, tuple[str, ...]] = {
    "url": ("url", "link", "permalink", "article_url", "web_url", "canonical_url"),
    "title": ("title", "headline", "heading"),
    "text": ("text", "body", "content", "article_body", "full_text", "main_text", "article"),
    "html": ("html", "body_html", "content_html", "raw_html"),
    "byline": ("byline", "author", "authors", "creator"),
    "publisher": ("publisher", "source", "outlet", "site_name", "publication", "source_name"),
    "original_source": ("original_source", "credit", "agency"),
    "published_at": (
        "published_at",
        "published",
        "published_on",
        "date_published",
        "publication_date",
        "publish_date",
        "pub_date",
        "published_date",
        "date",
        "datetime",
        "timestamp",
    ),
    "language": ("language", "lang", "language_code"),
}
"""Column names tried for each field where the source maps none, in this order.

Case, spaces, hyphens and underscores do not count: `publishedAt` is `published_at`.
"""

BODY_FIELDS = ("text", "html")

SHOWN_COLUMNS, SHOWN_CHARACTERS = 40, 60
"""How many of a file's columns a rejection lists, and how much of each name."""


def check_mapping(mapping: Mapping[str, str]) -> None:
    """Raise SourceError where `mapping` names a field that does not exist."""
    unknown = sorted(set(mapping) - set(SYNONYMS))
    if unknown:
        fields = ", ".join(SYNONYMS)
        raise SourceError(f"mapping: unknown field {', '.join(unknown)}; fields: {fields}")


def candidates(
    columns: Iterable[str], mapping: Mapping[str, str], usable: Callable[[str, str], bool]
) -> dict[str, list[str]]:
    """Return, for each field, the columns that may hold it, best first.

    `usable(field, column)` says whether a column found by its name alone is of a fitting type;
    a mapped column, and one with a body in it, is returned in any case, so that a wrong type
    shows.
    """
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(_plain(column), column)
    names = set(by_name.values())
    found: dict[str, list[str]] = {}
    for field, synonyms in SYNONYMS.items():
        if field in mapping:
            found[field] = [mapping[field]] if mapping[field] in names else []
            continue
        named = [by_name[_plain(name)] for name in synonyms if _plain(name) in by_name]
        found[field] = [c for c in named if field in BODY_FIELDS or usable(field, c)]
    return found


def missing_column(columns: Iterable[str], mapping: Mapping[str, str]) -> Refusal | None:
    """Return what is wrong where a mapped column, or any column for the body, is missing."""
    present = list(columns)
    there = ", ".join(map(_shown, sorted(present)[:SHOWN_COLUMNS])) or "none"
    for field, column in mapping.items():
        if column not in present:
            return Refusal(
                "missing_column",
                f"column {column!r}, mapped to {field}, is missing; columns there: {there}; "
                "correct the mapping of this source",
            )
    found = candidates(present, mapping, lambda _field, _column: True)
    if not any(found[field] for field in BODY_FIELDS):
        return Refusal(
            "missing_column",
            f"no column for text or html; columns there: {there}; "
            "map text or html to the column that holds the body",
        )
    return None


def canonical_record(
    record: Mapping[str, object], mapping: Mapping[str, str], *, max_bytes: int
) -> bytes | Refusal:
    """Return the mapped fields of `record` as canonical JSON, or what is wrong with it.

    Keys are sorted, nulls dropped, the encoding is UTF-8 without ASCII escapes: equal fields
    give equal bytes. A value found by its column's name alone is left out where its type does
    not fit its field; a mapped one, or a body, is `wrong_type`.
    """
    fields: dict[str, str] = {}
    for field, columns in candidates(record, mapping, lambda _f, _c: True).items():
        for column in columns:
            value = _as_text(field, record[column])
            if value is None and record[column] is not None:
                if field in mapping or field in BODY_FIELDS:
                    kind = type(record[column]).__name__
                    return Refusal(
                        "wrong_type",
                        f"column {column!r} ({field}) holds {kind}, not text; "
                        f"map {field} to a column of text",
                    )
                continue
            if value is not None:
                fields[field] = value
                break
    content = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    encoded = _encodable(content).encode()
    if len(encoded) > max_bytes:
        return Refusal("too_large", f"record of {len(encoded)} bytes; the limit is {max_bytes}")
    return encoded


def _shown(column: str) -> str:
    """Return a column's name as it may stand in a line: a file can name its columns anything."""
    return "".join(c if c.isprintable() else "\ufffd" for c in column[:SHOWN_CHARACTERS])


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name.strip("\ufeff")).casefold()


def _as_text(field: str, value: object) -> str | None:
    if isinstance(value, str):
        return value
    if field == "published_at" and isinstance(value, date | datetime):
        return value.isoformat()
    if field == "byline" and isinstance(value, list) and all(isinstance(v, str) for v in value):
        return ", ".join(value) or None
    return None


def _encodable(text: str) -> str:
    """Return `text` with surrogate pairs joined and lone surrogates replaced by U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
