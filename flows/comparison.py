"""Compare two revisions of an article: head, text, and what the extraction finds in each.

Both texts are annotated anew by the extraction in force, so that differences come from the
text and not from the age of the rows; the rows of an earlier revision are not kept.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any, Literal

from flows.annotating.extraction import annotator
from tasks.records import Annotations
from warehouse.tables import Article

HEAD = ("title", "byline", "publisher", "original_source", "published_on", "published_at", "url")
"""Columns of an article that a reader would call changed; the text is compared by itself."""

PLACE = frozenset(
    {"article_id", "sentence_id", "statement_id", "start_char", "end_char", "confidence"}
    | {"speaker_start", "speaker_end", "cue_start", "cue_end", "position", "paragraph"}
    | {"mention_id", "stance_id", "timex_id", "event_id", "citation_id", "story_id"}
)
"""Columns that say where a row stands; an unchanged sentence that moved is not changed."""

COMPARED = ("mentions", "statements", "stances", "time_expressions", "events", "citations")


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that only one of the revisions has."""

    change: Literal["removed", "added"]
    table: str
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two revisions; `text` is a unified diff, a sentence to a line."""

    head: dict[str, tuple[Any, Any]]
    text: list[str]
    rows: list[RowChange]


def compare(
    old: Article, new: Article, *, model: str | None, entities: Path | None = None
) -> Comparison:
    """Return what differs between `old` and `new`, read with the language model `model`."""
    extraction = annotator(model, entities)
    found = extraction.annotate(old), extraction.annotate(new)
    before, after = ([sentence.text for sentence in one.sentences] for one in found)
    return Comparison(
        head={
            name: (getattr(old, name), getattr(new, name))
            for name in HEAD
            if getattr(old, name) != getattr(new, name)
        },
        text=list(unified_diff(before, after, n=1, lineterm=""))[2:],
        rows=[change for table in COMPARED for change in _row_changes(table, *found)],
    )


def _row_changes(table: str, old: Annotations, new: Annotations) -> Iterable[RowChange]:
    before, after = (Counter(map(_content, getattr(one, table))) for one in (old, new))
    yield from (RowChange("removed", table, dict(row)) for row in (before - after).elements())
    yield from (RowChange("added", table, dict(row)) for row in (after - before).elements())


def _content(row: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((name, value) for name, value in asdict(row).items() if name not in PLACE)
