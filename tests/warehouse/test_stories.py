"""Stories in a lake: what telling them is given, what is kept, and what readers see."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.stories import stories
from tests.rows import NOW, article, sentence
from warehouse.commit import replace_articles
from warehouse.lake import Lake, open_lake
from warehouse.publication import publish
from warehouse.settle import settle, settle_stories
from warehouse.stories import told
from warehouse.tables import Entity, EntityLink, Event

JOE, SHORT = "person:joe-biden", "person:j-biden"
USA = Entity(entity_id=JOE, name="Joe Biden", type="person", origin="registry", country_iso3="USA")


def event(event_id: str, article_id: str, actor_id: str, **given: Any) -> Event:
    values: dict[str, Any] = {
        "happened_from": date(2021, 8, 14),
        "happened_to": date(2021, 8, 14),
        "date_method": "clause",
        "action_code": "CONSULT",
    } | given
    return Event(
        event_id=event_id,
        article_id=article_id,
        sentence_id=f"s-{article_id}-0",
        actor_id=actor_id,
        actor="Biden",
        action="met",
        quad_class="verbal_cooperation",
        target_id="state:fra",
        target="France",
        evidence="Moscow respects it.",
        start_char=0,
        end_char=19,
        confidence=0.9,
        **values,
    )


def put(lake: Lake, articles: list[Any], events: list[Event]) -> None:
    with lake.write() as con:
        rows: dict[str, list[Any]] = {
            "events": events,
            "sentences": [sentence(one.article_id) for one in articles],
        }
        replace_articles(con, articles, [], rows, run_id="r1", now=NOW)


def settle_all(lake: Lake, *, is_linked: bool = True) -> bool:
    link = EntityLink(
        entity_id=SHORT, linked_id=JOE, method="test", score=1, evidence="-", decided_by="rule"
    )
    settle(lake, entities=[USA], aliases=[], roles=[], links=[link] if is_linked else [])
    return settle_stories(lake, stories(lake))


@pytest.fixture
def filled(lake: Lake) -> Lake:
    """Three articles; the later one was taken in first, and knows Joe Biden by another id."""
    later = article("a", published_on=None, published_not_before=date(2021, 8, 20))
    put(lake, [later], [event("e1", "a", SHORT)])
    put(lake, [article("b")], [event("e2", "b", JOE)])
    put(
        lake,
        [article("c")],
        [event("e3", "c", JOE, happened_to=date(2021, 8, 31), action_code="AID")],
    )
    settle_all(lake)
    return lake  # fmt: skip


def links(lake: Lake) -> list[tuple[Any, ...]]:
    return lake.rows("SELECT event_id, story_id, is_first FROM lake.main.story_links ORDER BY 1")


def seen(lake: Lake, sql: str) -> list[tuple[Any, ...]]:
    """The answer that a reader of the lake gets."""
    with open_lake(lake.location, read_only=True) as reader:
        return reader.rows(sql)


STORIES = "SELECT event_id, story_id FROM events ORDER BY 1"


def test_events_are_given_with_linked_actors_their_country_and_the_day_that_is_known(
    filled: Lake,
) -> None:
    assert [(row[0], row[3], row[6], row[8], row[-1]) for row in sorted(told(filled))] == [
        ("e1", date(2021, 8, 20), JOE, "USA", "Moscow respects it."),
        ("e2", date(2021, 8, 15), JOE, "USA", "Moscow respects it."),
        ("e3", date(2021, 8, 15), JOE, "USA", "Moscow respects it."),
    ]


def test_links_are_kept_with_the_earliest_first(filled: Lake) -> None:
    assert links(filled) == [("e1", "e2", False), ("e2", "e2", True)]


def test_readers_see_a_story_for_each_event_and_the_lake_keeps_none(filled: Lake) -> None:
    assert seen(filled, STORIES) == [("e1", "e2"), ("e2", "e2"), ("e3", "e3")]
    assert filled.rows(STORIES) == [("e1", None), ("e2", None), ("e3", None)]


def test_readers_see_stories_where_no_entity_is_linked(filled: Lake) -> None:
    settle_all(filled, is_linked=False)
    assert seen(filled, STORIES) == [("e1", "e1"), ("e2", "e2"), ("e3", "e3")]


def test_equal_links_are_left_untouched_and_others_go(filled: Lake) -> None:
    before = filled.snapshot_id()
    assert not settle_all(filled)
    assert filled.snapshot_id() == before
    put(filled, [article("b", revision=2)], [])
    assert settle_all(filled)
    assert links(filled) == []


def test_the_publication_has_them(filled: Lake, tmp_path: Path) -> None:
    with open_lake(filled.location, as_of=filled.snapshot_id()) as frozen:
        publish(frozen, tmp_path / "publish", keep=1, code_version="1")
    file = tmp_path / "publish" / "current" / "demarche.duckdb"
    with duckdb.connect(str(file), read_only=True) as con:
        assert con.execute(STORIES).fetchall() == [("e1", "e2"), ("e2", "e2"), ("e3", "e3")]
        assert con.execute("SELECT count(*) FROM story_links").fetchall() == [(2,)]


def test_a_state_from_before_there_were_stories_can_be_read(lake: Lake) -> None:
    put(lake, [article("a")], [event("e1", "a", JOE)])
    with lake.write() as con:
        con.execute("DROP TABLE lake.main.story_links")
    assert seen(lake, STORIES) == [("e1", "e1")]
