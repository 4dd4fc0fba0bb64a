"""The sentences behind each mark: collected by key, fetched once, cut to what a page can hold."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flows.cli.output import neutral
from flows.cli.reading import Reader, literal
from flows.reporting.content import LONGEST, short

PER_MARK = 12
"""Sentences kept for one mark, the first of those given: a screen or two."""
MOST_BYTES = 5_000_000
"""Size above which fewer sentences are kept for each mark. With the charting library, 0.9 MB, and
tables a file stays under 8 MB, which mail and old phones take."""
AROUND = 200
"""Characters kept before the words that count, where a sentence is too long."""


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence, and the words in it that count: characters of the article, from and to."""

    sentence_id: str
    start_char: int | None = None
    end_char: int | None = None


@dataclass(slots=True)
class Evidence:
    """What the marks of a report rest on, by key."""

    marks: dict[str, dict[str, Any]] = field(default_factory=dict)
    found: dict[str, list[Found]] = field(default_factory=dict)
    per_mark: int = PER_MARK

    def add(self, key: str, title: str, found: Sequence[Found], total: int, hint: str) -> str:
        """Keep the sentences of the mark `key`, of `total`; `hint` names the command for all."""
        self.marks[key] = {"title": neutral(short(title)), "total": total, "hint": hint}
        self.found[key] = list(found)[:PER_MARK]
        return key

    def add_items(
        self, key: str, title: str, total: int, items: Iterable[Sequence[str | None]], hint: str
    ) -> str:
        """Keep `items` (head, text, address) of a mark that rests on no sentence."""
        shown = [[part and neutral(part) for part in item] for item in items]
        mark = {"title": neutral(title), "total": total, "items": shown, "hint": hint}
        self.marks[key] = mark
        return key

    def content(self, reader: Reader) -> dict[str, Any]:
        """Return marks, sentences and articles, ready for JSON; `per_mark` tells what was kept.

        A mark's sentences are (number, from, to), with characters of the text that is shown.
        """
        texts = _texts(reader, {one.sentence_id for rows in self.found.values() for one in rows})
        content: dict[str, Any] = {}
        for self.per_mark in (PER_MARK, 8, 5, 3, 2, 1):
            content = self._content(texts)
            if len(json.dumps(content, ensure_ascii=False).encode()) <= MOST_BYTES:
                break
        return content

    def _content(self, texts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        sentences: dict[tuple[str, int], int] = {}
        articles: dict[str, int] = {}
        shown: list[list[Any]] = []
        heads: list[list[Any]] = []
        marks: dict[str, Any] = {}
        for key, mark in self.marks.items():
            kept = [one for one in self.found.get(key, []) if one.sentence_id in texts]
            rows = []
            for one in kept[: self.per_mark]:
                row = texts[one.sentence_id]
                text, start, end, offset = _cut(row, one)
                if (one.sentence_id, offset) not in sentences:
                    if row["article_id"] not in articles:
                        articles[row["article_id"]] = len(heads)
                        heads.append(_head(row))
                    sentences[one.sentence_id, offset] = len(shown)
                    shown.append([text, articles[row["article_id"]]])
                rows.append([sentences[one.sentence_id, offset], start, end])
            marks[key] = mark | ({"rows": rows} if rows else {})
        return {"marks": marks, "sentences": shown, "articles": heads}


def _texts(reader: Reader, wanted: set[str]) -> dict[str, dict[str, Any]]:
    """Return the sentences of these ids with their articles."""
    if not wanted:
        return {}
    ids = ", ".join(map(literal, sorted(wanted)))
    rows = reader.records(
        f"""SELECT s.sentence_id, s.text, s.start_char, a.article_id, a.title,
            coalesce(a.publisher, a.source_id) AS outlet, a.url,
            coalesce(a.published_on, a.published_not_before) AS day, a.published_on IS NULL AS bound
        FROM sentences AS s JOIN articles AS a USING (article_id)
        WHERE s.sentence_id IN ({ids})"""
    )
    return {row["sentence_id"]: row for row in rows}


def _head(row: Mapping[str, Any]) -> list[str | None]:
    day = "no day known" if row["day"] is None else f"{row['day']}"
    return [
        neutral(short(row["title"] or "without a title")),
        neutral(short(row["outlet"])),
        f"{day} or later" if row["bound"] and row["day"] else day,
        safe_url(row["url"]),
    ]


def _cut(row: Mapping[str, Any], one: Found) -> tuple[str, int, int, int]:
    """Return the text that is shown, where the words that count are in it, and its offset."""
    text, first = row["text"], row["start_char"]
    start = min(max((one.start_char or first) - first, 0), len(text))
    end = min(max((one.end_char or first) - first, start), len(text))
    if len(text) <= LONGEST:
        return neutral(text), start, end, 0
    offset = max(start - AROUND, 0)
    piece = neutral(text[offset : offset + LONGEST])
    before, after = "…" * (offset > 0), "…" * (offset + LONGEST < len(text))
    moved = len(before) - offset
    return before + piece + after, start + moved, min(end, offset + LONGEST) + moved, offset


def safe_url(url: str | None) -> str | None:
    """Return `url` where a browser may open it: http and https alone."""
    return url if url and url.lower().startswith(("http://", "https://")) else None
