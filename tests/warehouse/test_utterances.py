"""Utterances in a lake: what telling them is given, what is kept, and what readers see."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.utterances import utterances
from tests.rows import NOW, article, sentence
from warehouse.checks import run_checks
from warehouse.commit import replace_articles
from warehouse.lake import Lake, open_lake
from warehouse.publication import publish
from warehouse.settle import settle, settle_utterances
from warehouse.tables import EntityLink, Statement, UtteranceLink
from warehouse.utterances import said

JOE, SHORT = "person:joe-biden", "person:j-biden"
TEXT = "We stay in the harbour until the storm is over, all of us"


def statement(statement_id: str, article_id: str, speaker_id: str, **given: Any) -> Statement:
    values: dict[str, Any] = {"content": TEXT, "start_char": 0, "end_char": len(TEXT)} | given
    return Statement(
        statement_id=statement_id,
        article_id=article_id,
        sentence_id=f"s-{article_id}-0",
        kind="direct",
        speaker_id=speaker_id,
        speaker="J. Biden",
        speaker_type="named",
        method="quote",
        confidence=0.9,
        **values,
    )


def put(lake: Lake, articles: list[Any], statements: list[Statement]) -> None:
    with lake.write() as con:
        rows: dict[str, list[Any]] = {
            "statements": statements,
            "sentences": [sentence(one.article_id) for one in articles],
        }
        replace_articles(con, articles, [], rows, run_id="r1", now=NOW)


def settle_all(lake: Lake) -> bool:
    link = EntityLink(
        entity_id=SHORT, linked_id=JOE, method="test", score=1, evidence="-", decided_by="rule"
    )
    settle(lake, entities=[], aliases=[], roles=[], links=[link])
    return settle_utterances(lake, utterances(lake))


@pytest.fixture
def filled(lake: Lake) -> Lake:
    """Two articles; the later one was taken in first, and knows Joe Biden by another id."""
    later = article("a", published_on=None, published_not_before=date(2021, 8, 20), text=TEXT)
    put(lake, [later], [statement("q1", "a", SHORT)])
    put(lake, [article("b", text=TEXT)], [statement("q2", "b", JOE)])
    settle_all(lake)
    return lake


def links(lake: Lake) -> list[tuple[Any, ...]]:
    return lake.rows(
        """SELECT statement_id, utterance_id, is_first, wording, similarity
        FROM lake.main.utterance_links ORDER BY 1"""
    )


def seen(lake: Lake, sql: str) -> list[tuple[Any, ...]]:
    """The answer that a reader of the lake gets."""
    with open_lake(lake.location, read_only=True) as reader:
        return reader.rows(sql)


def test_statements_are_given_with_linked_speakers_and_the_day_that_is_known(filled: Lake) -> None:
    assert [(row[0], row[2], row[4]) for row in sorted(said(filled))] == [
        ("q1", date(2021, 8, 20), JOE),
        ("q2", date(2021, 8, 15), JOE),
    ]


def test_links_are_kept_with_the_earliest_first(filled: Lake) -> None:
    assert links(filled) == [("q1", "q2", False, 1, 1.0), ("q2", "q2", True, 1, 1.0)]


def test_short_statements_are_compared_by_who_is_meant(lake: Lake) -> None:
    short: dict[str, Any] = {"content": "We stay", "end_char": 7}
    put(lake, [article("a", text=TEXT)], [statement("q1", "a", SHORT, **short)])
    put(lake, [article("b", text=TEXT)], [statement("q2", "b", JOE, **short)])
    settle_all(lake)
    assert [row[:2] for row in links(lake)] == [("q1", "q1"), ("q2", "q1")]


def test_equal_links_are_left_untouched_and_others_go(filled: Lake) -> None:
    before = filled.snapshot_id()
    assert not settle_all(filled)
    assert filled.snapshot_id() == before
    put(filled, [article("b", revision=2, text=TEXT)], [])
    assert settle_all(filled)
    assert links(filled) == []


def test_readers_see_utterances(filled: Lake) -> None:
    assert seen(
        filled,
        """SELECT utterance_id, speaker_id, first_on::VARCHAR, last_on::VARCHAR, basis, articles,
            has_differing_speakers FROM utterances""",
    ) == [("q2", JOE, "2021-08-15", "2021-08-20", "mixed", 2, False)]
    assert seen(filled, "SELECT statement_id FROM statements_by('J. Biden') WHERE is_first") == [
        ("q2",)
    ]


def test_the_publication_has_them(filled: Lake, tmp_path: Path) -> None:
    with open_lake(filled.location, as_of=filled.snapshot_id()) as frozen:
        found = [result.name for result in run_checks(frozen)]
        assert not {"utterance_exists", "statement_content", "statement_holder"}.intersection(found)
        publish(frozen, tmp_path / "publish", keep=1, code_version="1")
    file = tmp_path / "publish" / "current" / "demarche.duckdb"
    with duckdb.connect(str(file), read_only=True) as con:
        assert con.execute("SELECT utterance_id, articles FROM utterances").fetchall() == [
            ("q2", 2)
        ]
        assert con.execute("SELECT count(*) FROM utterance_links").fetchall() == [(2,)]


def test_links_to_what_is_not_there_are_found_by_the_checks(filled: Lake) -> None:
    gone = UtteranceLink(
        statement_id="q9", utterance_id="q2", is_first=False, wording=1, similarity=1
    )
    settle_utterances(filled, [*utterances(filled), gone])
    with open_lake(filled.location, read_only=True) as reader:
        results = {result.name: result for result in run_checks(reader)}
    assert [row["row_id"] for row in results["utterance_exists"].sample] == ["q9"]
