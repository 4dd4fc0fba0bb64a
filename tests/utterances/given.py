"""Statements as the lake gives them, with defaults for what a test is not about."""

from datetime import date
from itertools import count
from typing import Any

from tasks.utterances import Said, utterance_links
from warehouse.tables import UtteranceLink

_NUMBERS = count(1)


def said(content: str, *, day: str | None = "2024-03-01", **given: Any) -> Said:
    """A statement of an article of its own; its id is told from the content where none is given."""
    number = next(_NUMBERS)
    start = given.pop("start_char", 100)
    values: dict[str, Any] = {
        "statement_id": f"s{number}",
        "article_id": f"a{number:06}",
        "day": date.fromisoformat(day) if day else None,
        "kind": "direct",
        "speaker_id": None,
        "speaker": None,
        "speaker_type": "unnamed",
        "cue_class": "neutral",
        "cue_end": None,
        "is_negated": False,
        "start_char": start,
        "end_char": start + len(content),
        "content": content,
    }
    return Said(**(values | given))


def linked(*statements: Said) -> dict[str, UtteranceLink]:
    """The rows that `statements` lead to, by statement."""
    return {row.statement_id: row for row in utterance_links(statements)}


def utterances(*statements: Said) -> list[list[str]]:
    """The statements of each utterance that has several."""
    found: dict[str, list[str]] = {}
    for row in linked(*statements).values():
        found.setdefault(row.utterance_id, []).append(row.statement_id)
    return sorted(map(sorted, found.values()))


def are_one(*statements: Said) -> bool:
    """Whether `statements` are all the same utterance."""
    return utterances(*statements) == [sorted(one.statement_id for one in statements)]
