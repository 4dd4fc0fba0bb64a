"""Links are told anew where what they follow from has changed, and only there."""

from collections.abc import Sequence
from typing import Any

import pytest

from flows.telling import Telling, tell
from flows.utterances import utterances
from tests.rows import article
from tests.warehouse.test_utterances import JOE, SHORT, TEXT, put, statement
from warehouse.lake import Lake
from warehouse.settle import settle, settle_utterances
from warehouse.tables import EntityLink
from warehouse.utterances import SAID

TABLE = "utterance_links"


class Told:
    """Counts how often utterances are told."""

    def __init__(self) -> None:
        self.times = 0
        self.how = Telling(self.find, settle_utterances, SAID, ("tasks.utterances",))

    def find(self, lake: Lake) -> Sequence[Any]:
        self.times += 1
        return utterances(lake)


@pytest.fixture
def told(lake: Lake) -> Told:
    """Utterances of two articles, told once."""
    put(lake, [article("a", text=TEXT)], [statement("q1", "a", JOE)])
    put(lake, [article("b", text=TEXT)], [statement("q2", "b", SHORT)])
    found = Told()
    assert tell(lake, TABLE, found.how)
    return found


def links(lake: Lake) -> list[tuple[Any, ...]]:
    return lake.rows(f"SELECT statement_id FROM lake.main.{TABLE} ORDER BY 1")


def test_what_has_not_changed_is_not_told_anew(lake: Lake, told: Told) -> None:
    before = lake.snapshot_id()
    assert not tell(lake, TABLE, told.how)
    assert (told.times, lake.snapshot_id()) == (1, before)
    assert links(lake) == [("q1",), ("q2",)]


def test_a_new_statement_is_told(lake: Lake, told: Told) -> None:
    put(lake, [article("c", text=TEXT)], [statement("q3", "c", JOE)])
    assert tell(lake, TABLE, told.how)
    assert links(lake) == [("q1",), ("q2",), ("q3",)]
    assert not tell(lake, TABLE, told.how)


def test_a_statement_that_goes_is_told(lake: Lake, told: Told) -> None:
    put(lake, [article("b", text=TEXT)], [])
    assert tell(lake, TABLE, told.how)
    assert links(lake) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE lake.main.statements SET content = upper(content) WHERE statement_id = 'q1'",
        "UPDATE lake.main.articles SET published_on = DATE '2020-01-01' WHERE article_id = 'b'",
        f"DELETE FROM lake.main.{TABLE} WHERE statement_id = 'q1'",
    ],
)
def test_corrected_rows_and_links_that_are_not_as_they_were_are_told(
    lake: Lake, told: Told, change: str
) -> None:
    with lake.write() as con:
        con.execute(change)
    assert tell(lake, TABLE, told.how)
    assert links(lake) == [("q1",), ("q2",)]


def test_two_speakers_who_become_one_are_told(lake: Lake, told: Told) -> None:
    link = EntityLink(
        entity_id=SHORT, linked_id=JOE, method="test", score=1, evidence="-", decided_by="rule"
    )
    settle(lake, entities=[], aliases=[], roles=[], links=[link])
    assert tell(lake, TABLE, told.how)


def test_other_code_tells_anew(lake: Lake, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.telling.code_key", lambda modules: f"other {modules}")
    assert tell(lake, TABLE, told.how)
    assert not tell(lake, TABLE, told.how)
