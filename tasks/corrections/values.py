"""What a correction may set, and how its text becomes a value of the column."""

from datetime import date
from typing import Any

from warehouse.schema import Column, columns
from warehouse.tables import Correction

ROW_TABLES = {
    "mentions": ("mention_id", "surface"),
    "statements": ("statement_id", "content"),
    "stances": ("stance_id", "evidence"),
    "events": ("event_id", "evidence"),
    "citations": ("citation_id", "title"),
}
"""Tables whose rows can be corrected: the column of the id, and that of the words by which a row
that is rejected is known again."""

SETTABLE: dict[str, frozenset[str]] = {
    "articles": frozenset(
        {"title", "byline", "publisher", "original_source", "genre", "published_on"}
    ),
    "mentions": frozenset({"entity_id"}),
    "statements": frozenset({"speaker_id", "via_id", "cue_class", "modality", "is_negated"}),
    "stances": frozenset({"holder_id", "target_id", "polarity", "modality", "as_of_on"}),
    "events": frozenset(
        {"actor_id", "target_id", "place_id", "action_code", "happened_from", "happened_to"}
        | {"modality", "is_negated"}
    ),
    "citations": frozenset({"cited_on", "author_id", "author", "publisher_id", "url"}),
}
"""Columns that can be set. Ids, offsets and words of the text cannot: they are evidence."""


def place(correction: Correction) -> tuple[str, str]:
    """Return table and column of a correction of a row; the column is empty for a rejection."""
    table, _, column = (correction.field or "").partition(".")
    return table, column


def column_of(table: str, name: str) -> Column:
    """Return the column `name` of `table`."""
    return next(column for column in columns(table) if column.name == name)


def parsed(column: Column, text: str | None) -> Any:
    """Return `text` as a value of `column`. Raises ValueError that says what the column takes."""
    if text is None:
        if not column.nullable:
            raise ValueError(f"is empty, but {column.name} always has a value")
        return None
    if column.values and text not in column.values:
        raise ValueError(f"{text!r} is none of {', '.join(column.values)}")
    if column.sql_type == "DATE":
        return _day(text)
    if column.sql_type == "BOOLEAN":
        if text not in ("true", "false"):
            raise ValueError(f"{text!r} is neither true nor false")
        return text == "true"
    return text


def shown(value: Any) -> str | None:
    """Return a value of a row as a correction writes it; None for no value."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise ValueError(f"{text!r} is not a date like 2021-10-19")
    return day
