import json
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from flows.cli.queries import statements
from tests.cli.conftest import Ask, Outcome, article, call
from warehouse.commit import replace_articles
from warehouse.lake import open_lake
from warehouse.location import LakeLocation
from warehouse.settle import settle, settle_utterances
from warehouse.tables import CueClass, Entity, Statement, UtteranceLink

FERRY = "dddd000000000004"
HERALD = "eeee000000000005"
KEPT = "We will keep the ferry running"


def column(out: str, name: str) -> list[Any]:
    return [row[name] for row in json.loads(out)]


def test_the_timeline_is_in_order_of_days(ask: Ask) -> None:
    out = ask("timeline", "--json").out
    assert column(out, "row_id") == ["c17e000000000001", "e7e7e70000000001"]
    assert column(out, "happened_from") == ["2020-02-29", "2021-10-19"]


def test_the_timeline_of_an_entity_leaves_out_what_it_has_no_part_in(ask: Ask) -> None:
    assert column(ask("timeline", "Taliban", "--json").out, "part") == ["target"]


def test_the_timeline_keeps_what_may_have_happened_within_the_bounds(ask: Ask) -> None:
    kept = ["e7e7e70000000001"]
    assert column(ask("timeline", "--since", "2021-10-20", "--json").out, "row_id") == kept
    assert ask("timeline", "--since", "2021-10-21", "--json").out == "[]\n"
    assert column(ask("timeline", "Russia", "--until", "2021-10-19", "--json").out, "row_id") == (
        kept
    )
    assert ask("timeline", "Russia", "--until", "2021-10-18", "--json").out == "[]\n"
    assert column(ask("timeline", "--kind", "citation", "--json").out, "row_id") == [
        "c17e000000000001"
    ]


def test_statements_are_found_by_speaker_subject_and_kind(ask: Ask) -> None:
    said = ["7a7a7a0000000001"]
    assert column(ask("statements", "--json").out, "statement_id") == said
    assert column(ask("statements", "Lavrov", "--json").out, "statement_id") == said
    assert column(ask("statements", "--about", "Moscow", "--json").out, "statement_id") == said
    assert column(ask("statements", "--about", "supports", "--json").out, "statement_id") == said
    assert ask("statements", "--about", "China", "--json").out == "[]\n"
    assert ask("statements", "--kind", "direct", "--json").out == "[]\n"
    assert ask("statements", "Lavrov", "--since", "2021-10-21", "--json").out == "[]\n"


def test_a_statement_is_shown_with_day_speaker_and_id(ask: Ask) -> None:
    _, row = ask("statements", "Lavrov").out.splitlines()
    assert " ".join(row.split()) == (
        "2021-10-20 Sergei Lavrov said neutral indirect Russia supports the Taliban The Gazette "
        "7a7a7a0000000001"
    )


def test_unknown_names_fail(ask: Ask) -> None:
    assert ask("timeline", "Nobody").status == 1
    assert ask("statements", "Nobody").status == 1


def said(statement_id: str, article_id: str, content: str, start: int, **given: Any) -> Statement:
    values: dict[str, Any] = {"kind": "direct", "speaker_type": "unnamed", "confidence": 0.9}
    return Statement(
        statement_id=statement_id,
        article_id=article_id,
        sentence_id="s",
        content=content,
        start_char=start,
        end_char=start + len(content),
        method="quote",
        **(values | given),
    )


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles: Ann Reed promises in both, and in the second the Post passes on a denial."""
    folder = tmp_path_factory.mktemp("ferry")
    reed: dict[str, Any] = {"speaker_id": "person:ann-reed", "cue_class": "promise"}
    rows = [
        said("q4", FERRY, KEPT, 40, **reed),
        said("q1", FERRY, "No", 80, speaker="officials", cue_class="neutral", confidence=0.4),
        said("q2", HERALD, KEPT, 10, **reed),
        said("q3", HERALD, "it is late", 60, via_id="media:post", cue_class="deny"),
    ]
    heads = [
        article(FERRY, "-", published_on=date(2024, 5, 2), raw_ref="0"),
        article(HERALD, "-", published_on=date(2024, 5, 3), raw_ref="0"),
    ]
    links = [
        UtteranceLink(statement_id="q4", utterance_id="q4", is_first=True, wording=1, similarity=1),
        UtteranceLink(
            statement_id="q2", utterance_id="q4", is_first=False, wording=1, similarity=1
        ),
    ]
    entities = [
        Entity(entity_id="person:ann-reed", name="Ann Reed", type="person", origin="registry"),
        Entity(entity_id="media:post", name="Harbour Post", type="media", origin="registry"),
    ]
    with open_lake(LakeLocation.in_folder(folder / "lake")) as lake:
        with lake.write() as con:
            replace_articles(
                con, heads, [], {"statements": rows}, run_id="r", now=heads[0].fetched_at
            )
        settle(lake, entities=entities, aliases=[], roles=[])
        settle_utterances(lake, links)
    return folder


def asked(ferry: Path, *arguments: str) -> Outcome:
    return call("statements", *arguments, "--json", "--data-dir", str(ferry))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["q4", "q1", "q2", "q3"]),
        (["Ann Reed"], ["q4", "q2"]),
        (["Ann Reed", "--first"], ["q4"]),
        (["-", "--first"], ["q4", "q1", "q3"]),
        (["OFFICIALS"], ["q1"]),
        (["--class", "promise"], ["q4", "q2"]),
        (["--class", "promise", "--since", "2024-05-03"], ["q2"]),
        (["--via", "harbour post"], ["q3"]),
        (["Ann Reed", "--via", "Harbour Post"], []),
        (["--min-confidence", "0.5"], ["q4", "q2", "q3"]),
        (["--min-confidence", "0.9"], ["q4", "q2", "q3"]),
        (["--min-confidence", "0"], ["q4", "q1", "q2", "q3"]),
    ],
)
def test_statements_are_chosen_and_in_order_of_days_and_places(
    ferry: Path, arguments: list[str], expected: list[str]
) -> None:
    assert column(asked(ferry, *arguments).out, "statement_id") == expected


def test_where_a_statement_was_first_is_told(ferry: Path) -> None:
    rows = json.loads(asked(ferry, "Ann Reed").out)
    assert [(r["utterance_id"], r["is_first"], r["similarity"]) for r in rows] == [
        ("q4", True, 1.0),
        ("q4", False, 1.0),
    ]


def test_names_nobody_has_are_answered_with_the_closest(ferry: Path) -> None:
    wrong = asked(ferry, "Anne Reed")
    assert (wrong.status, wrong.out) == (1, "")
    assert "did you mean Ann Reed (person:ann-reed, 0 articles)" in wrong.err
    wrong = asked(ferry, "--via", "Harbor Post")
    assert (wrong.status, wrong.out) == (1, "")
    assert "did you mean Harbour Post (media:post, 0 articles)" in wrong.err


def test_every_class_of_cues_can_be_asked_for(ferry: Path) -> None:
    assert {one.value for one in statements.CueClass} == set(get_args(CueClass))
    assert asked(ferry, "--class", "shout").status == 2


def test_a_confidence_is_between_nought_and_one(ferry: Path) -> None:
    assert asked(ferry, "--min-confidence", "1.5").status == 2
