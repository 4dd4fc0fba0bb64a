"""Events as the lake gives them, with defaults for what a test is not about."""

from datetime import date
from itertools import count
from typing import Any

from tasks.stories import Told, story_links
from warehouse.tables import StoryLink

_NUMBERS = count(1)
RUSSIA = {"actor_id": "state:rus", "actor": "Russia", "actor_country": "RUS"}
UKRAINE = {"target_id": "state:ukr", "target": "Ukraine", "target_country": "UKR"}


def on(day: str | None) -> date | None:
    """The day written as in ISO 8601."""
    return date.fromisoformat(day) if day else None


def told(
    sentence: str = "It was told in a few words.",
    *,
    day: str | None = "2024-03-02",
    happened: str | tuple[str, str] | None = "2024-03-01",
    **given: Any,
) -> Told:
    """An attack of Russia on Ukraine, told by an article of its own on `day`.

    `happened` is one day or the first and last; None: nothing is said of when it was.
    """
    number = next(_NUMBERS)
    first, last = happened if isinstance(happened, tuple) else (happened, happened or day)
    values: dict[str, Any] = {
        "event_id": f"e{number}",
        "article_id": f"a{number:06}",
        "sentence_id": f"s{number}",
        "day": on(day),
        "start_char": 0,
        "action_code": "ASSAULT",
        "place_id": None,
        "place": None,
        "place_country": None,
        "happened_from": on(first),
        "happened_to": on(last),
        "is_fact": True,
        "action": "attacked",
        "sentence": sentence,
    }
    return Told(**(values | RUSSIA | UKRAINE | given))


def linked(*events: Told) -> dict[str, StoryLink]:
    """The rows that `events` lead to, by event."""
    return {row.event_id: row for row in story_links(events)}


def stories(*events: Told) -> list[list[str]]:
    """The events of each story that is told more than once."""
    found: dict[str, list[str]] = {}
    for row in linked(*events).values():
        found.setdefault(row.story_id, []).append(row.event_id)
    return sorted(map(sorted, found.values()))


def are_one(*events: Told) -> bool:
    """Whether `events` are all of one story."""
    return stories(*events) == [sorted(one.event_id for one in events)]
