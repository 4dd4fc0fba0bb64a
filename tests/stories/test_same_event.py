"""Which tellings are of one event: who, when, where, in which words; a row each way."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.stories.given import are_one, linked, stories, told

PUTIN = {"actor_id": "person:vladimir-putin", "actor": "Putin", "actor_country": "RUS"}
POLAND = {"actor_id": "state:pol", "actor": "Poland", "actor_country": "POL"}
GEORGIA = {"target_id": "state:geo", "target": "Georgia", "target_country": "GEO"}
NOBODY = {"actor_id": None, "actor": None, "actor_country": None}
FORCES = NOBODY | {"actor": "Russian forces"}
TURNED = {
    "actor_id": "state:ukr",
    "actor": "Ukraine",
    "actor_country": "UKR",
    "target_id": "state:rus",
    "target": "Russia",
    "target_country": "RUS",
}
KYIV = {"place_id": "city:kyiv", "place": "Kyiv", "place_country": "UKR"}
LVIV = {"place_id": "city:lviv", "place": "Lviv", "place_country": "UKR"}
TALKS = {"action_code": "CONSULT"}
MARCH = ("2024-03-01", "2024-03-31")

SAME: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a day and its weekday": ({}, {"day": "2024-03-05"}),
    "another verb": ({}, {"action": "bombed"}),
    "midnight": ({}, {"happened": "2024-03-02"}),
    "a day in a month": ({}, {"happened": MARCH, "sentence": "In a few words, Russia hit."}),
    "a day and a report of it": ({}, {"happened": None}),
    "two reports": ({"happened": None}, {"happened": None, "day": "2024-03-03"}),
    "a state and who acts for it": ({}, PUTIN),
    "a state and its forces": ({}, FORCES),
    "nobody said to act": ({}, NOBODY),
    "one place": (KYIV, KYIV),
    "a place said once": (KYIV, {}),
    "talks, whoever is named first": (TALKS, TALKS | TURNED),
    "a plan and the act": ({"is_fact": False, "day": "2024-02-20"}, {}),
    "a denial and the act": ({"is_fact": False}, {}),
    "an undated plan and the act": ({"is_fact": False, "day": "2024-02-20", "happened": None}, {}),
    "told years later": ({}, {"day": "2026-03-01"}),
}  # fmt: skip
OTHER: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "another day": ({}, {"happened": "2024-03-04", "day": "2024-03-05"}),
    "another report, later": ({"happened": None}, {"happened": None, "day": "2024-03-20"}),
    "another actor": ({}, POLAND),
    "another target": ({}, GEORGIA),
    "another act": ({}, {"action_code": "AID"}),
    "who attacks whom": ({}, TURNED),
    "another place": (KYIV, LVIV | {"sentence": "Elsewhere, other things burnt.", "action": "hit"}),
}  # fmt: skip


@pytest.mark.parametrize("case", SAME)
def test_one_event(case: str) -> None:
    one, other = SAME[case]
    assert are_one(told(**one), told(**other))


@pytest.mark.parametrize("case", OTHER)
def test_two_events(case: str) -> None:
    one, other = OTHER[case]
    assert not are_one(told(**one), told(**other))


def test_names_without_entity_are_compared_by_their_words() -> None:
    def freed(target: str, **given: Any) -> Any:
        values = {"action_code": "CONCEDE", "target_id": None, "target_country": None}
        return told(target=target, **(values | given))

    assert are_one(freed("24 hostages"), freed("the first 24 hostages"))
    other = {"happened": None, "sentence": "Bells rang in the port.", "action": "released"}
    assert not are_one(freed("24 hostages"), freed("a captured journalist", **other))


def test_who_is_rare_tells_more_than_who_is_in_all_events() -> None:
    pair = [
        told("Walls."),
        told("Doors.", day="2024-03-04", action="hit", **NOBODY),
    ]
    busy = [told(happened=on(n), day=on(n)) for n in range(400)]
    assert stories(*pair) == [sorted(one.event_id for one in pair)]
    assert pair[1].event_id not in linked(*pair, *busy)


def on(number: int) -> str:
    """A day long before the others, ten days from the next."""
    return (date(2000, 1, 1) + timedelta(days=10 * number)).isoformat()
