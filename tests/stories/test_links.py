"""What the rows say: which event is first, how alike; and that no order of arrival matters."""

from datetime import date, timedelta
from random import Random
from typing import Any

from tasks.stories import Told, story_links
from tests.stories.given import are_one, linked, stories, told


def test_the_first_is_that_of_the_first_day_then_article_then_place() -> None:
    later = told(day="2024-03-03", article_id="a")
    third = told(day="2024-03-01", article_id="c")
    second = told(day="2024-03-01", article_id="b", start_char=90)
    first = told(day="2024-03-01", article_id="b", start_char=9)
    undated = told(day=None, article_id="0")
    rows = linked(undated, later, third, second, first)
    assert {row.story_id for row in rows.values()} == {first.event_id}
    assert [key for key, row in rows.items() if row.is_first] == [first.event_id]
    assert rows[first.event_id].similarity == 1
    assert set(rows) == {one.event_id for one in (undated, later, third, second, first)}


def test_what_is_told_once_has_no_row() -> None:
    assert linked() == {}
    assert linked(told(), told(action_code="AID")) == {}


def test_a_telling_that_says_less_is_less_alike() -> None:
    first = told("Russia attacked Ukraine near the old harbour.", day="2024-03-01")
    same = told("Russia attacked Ukraine near the old harbour.", day="2024-03-02")
    other = told("Ukraine was hit at dawn.", day="2024-03-03", action="hit")
    rows = linked(first, same, other)
    assert rows[same.event_id].similarity > rows[other.event_id].similarity > 0


def test_an_article_may_tell_an_event_twice() -> None:
    assert are_one(told(article_id="a", start_char=0), told(article_id="a", start_char=300))


def test_no_chain_of_vague_dates_leads_from_one_day_to_another() -> None:
    early = told(day="2024-03-04", happened="2024-03-03")
    vague = told(day="2024-04-02", happened=("2024-03-01", "2024-03-31"))
    late = told(day="2024-03-25", happened="2024-03-24")
    found = stories(vague, late, early)
    assert all(early.event_id not in one or late.event_id not in one for one in found)


def test_days_one_apart_do_not_chain() -> None:
    days = [told(day=f"2024-03-{n:02}", happened=f"2024-03-{n:02}") for n in range(1, 8)]
    of = {row.event_id: row.story_id for row in linked(*days).values()}
    for one, other in zip(days, days[2:], strict=False):
        assert of.get(one.event_id, one.event_id) != of.get(other.event_id, other.event_id)


def test_no_chain_of_names_leads_from_one_actor_to_another() -> None:
    nobody: dict[str, Any] = {"actor_id": None, "actor": None, "actor_country": None}
    iran: dict[str, Any] = {"actor_id": "state:irn", "actor": "Iran", "actor_country": "IRN"}
    rare: dict[str, Any] = {"target_id": "person:x", "target": "X", "target_country": None}
    events = [told(**nobody, **rare), told(**rare), told(**(rare | iran))]
    of = {row.event_id: row.story_id for row in linked(*events).values()}
    assert of[events[0].event_id] == of[events[1].event_id] == events[0].event_id
    assert events[2].event_id not in of


def test_a_story_keeps_its_name_when_more_is_told() -> None:
    known = [told(), told(day="2024-03-03")]
    more = [told(action_code="AID", happened="2024-03-05"), told(day="2024-05-01")]
    before, after = linked(*known), linked(*more, *known)
    assert {key: row.story_id for key, row in before.items()}.items() <= {
        key: row.story_id for key, row in after.items()
    }.items()
    assert after[more[1].event_id].story_id == known[0].event_id


def test_links_of_an_article_that_goes_are_gone_with_it() -> None:
    first, second, third = told(day="2024-03-01"), told(), told(day="2024-03-03")
    assert {row.story_id for row in linked(first, second, third).values()} == {first.event_id}
    assert {row.story_id for row in linked(second, third).values()} == {second.event_id}
    assert linked(third) == {}


def test_rows_come_in_order_of_their_ids_whatever_the_order_of_arrival() -> None:
    rng = Random(5)
    events = [_any(rng) for _ in range(400)]
    rows = story_links(events)
    assert [row.event_id for row in rows] == sorted(row.event_id for row in rows)
    assert len({row.story_id for row in rows}) > 10
    for _ in range(3):
        rng.shuffle(events)
        assert story_links(events) == rows


def _any(rng: Random) -> Told:
    """An event of few parties, categories, days and words, so that many are told again."""
    day = date(2024, 3, 1) + timedelta(days=rng.randrange(40))
    first = day - timedelta(days=rng.randrange(5))
    spans = ((first, first), (first.replace(day=1), first), None)
    span = rng.choice(spans)
    words = ["amber", "birch", "cedar", "elder", "fir", "hazel", "juniper", "larch", "oak", "yew"]
    parties = ["state:rus", "state:ukr", "state:irn", "person:ann", None]
    return told(
        " ".join(rng.choices(words, k=6)),
        day=day.isoformat(),
        happened=span and (span[0].isoformat(), span[1].isoformat()),
        actor_id=(actor := rng.choice(parties)),
        actor=actor,
        target_id=(target := rng.choice(parties)),
        target=target,
        action_code=rng.choice(("ASSAULT", "CONSULT")),
        action=rng.choice(words),
    )


def test_parties_without_a_name_are_no_reason_to_fail() -> None:
    nobody: dict[str, Any] = {"actor_id": None, "actor": None, "target_id": None, "target": None}
    assert linked(told(**nobody), told(**nobody)) == {}
    assert linked(told(**(nobody | {"actor": "“”"})), told(**(nobody | {"actor": ""}))) == {}
