from datetime import date
from pathlib import Path
from typing import Any

from tasks.corrections import correct_rows, load_corrections
from tasks.records import Annotations
from tests.corrections.given import corrections_file
from warehouse.tables import Event, Stance, Statement

ARTICLE = "a" * 16
SAID, PASSED_ON, STANCE, FOLLOWS, OTHER, EVENT = (str(digit) * 16 for digit in range(1, 7))


def stance(stance_id: str, **given: Any) -> Stance:
    values: dict[str, Any] = {
        "sentence_id": "s",
        "holder": "Moscow",
        "target": "the plan",
        "polarity": "support",
        "score": 0.8,
        "confidence": 0.7,
        "voice": "speaker",
        "evidence": "Moscow backs the plan",
        "start_char": 0,
        "end_char": 21,
        "method": "rule",
    }
    return Stance(stance_id=stance_id, article_id=ARTICLE, **(values | given))


def statement(statement_id: str, **given: Any) -> Statement:
    values: dict[str, Any] = {
        "sentence_id": "s",
        "kind": "direct",
        "speaker_type": "named",
        "is_attitude": False,
        "content": "we back it",
        "start_char": 0,
        "end_char": 10,
        "is_negated": False,
        "modality": "asserted",
        "method": "rule",
        "confidence": 0.9,
    }
    return Statement(statement_id=statement_id, article_id=ARTICLE, **(values | given))


def event(**given: Any) -> Event:
    values: dict[str, Any] = {
        "sentence_id": "s",
        "action": "visited",
        "action_code": "CONSULT",
        "quad_class": "verbal_cooperation",
        "evidence": "visited Kabul",
        "start_char": 0,
        "end_char": 13,
        "confidence": 0.9,
        "happened_from": date(2021, 10, 4),
    }
    return Event(event_id=EVENT, article_id=ARTICLE, **(values | given))


FOUND = Annotations(
    statements=[statement(SAID), statement(PASSED_ON, via_statement_id=SAID)],
    stances=[
        stance(STANCE, statement_id=SAID),
        stance(FOLLOWS, from_stance_id=STANCE, method="represents", score=0.4),
        stance(OTHER),
    ],
    events=[event(statement_id=SAID)],
)


def corrected(folder: Path, *rows: str) -> tuple[Annotations, dict[str, tuple[str, str | None]]]:
    corrections_file(folder, *rows)
    found, outcomes = correct_rows(FOUND, load_corrections(folder))
    assert {one.article_id for one in outcomes} <= {ARTICLE}
    return found, {one.correction_id: (one.state, one.found) for one in outcomes}


def test_a_value_is_set_where_it_is_what_is_expected(tmp_path: Path) -> None:
    found, outcomes = corrected(
        tmp_path,
        f"k1,set_value,{EVENT},events.happened_from,2021-10-04,2021-10-05,A,b",
        f"k2,set_value,{OTHER},stances.target_id,,state:afg,A,b",
    )
    assert outcomes == {"k1": ("applied", "2021-10-04"), "k2": ("applied", None)}
    assert found.events == [event(statement_id=SAID, happened_from=date(2021, 10, 5))]
    assert found.stances[2] == stance(OTHER, target_id="state:afg")


def test_what_no_longer_is_as_expected_stays_as_it_is(tmp_path: Path) -> None:
    found, outcomes = corrected(
        tmp_path,
        f"k1,set_value,{EVENT},events.happened_from,2021-10-03,2021-10-05,A,b",
        f"k2,reject_row,{OTHER},stances,other words,,A,b",
    )
    assert found == FOUND
    assert outcomes == {
        "k1": ("stale", "2021-10-04"),
        "k2": ("stale", "Moscow backs the plan"),
    }


def test_a_polarity_turns_the_score_and_what_follows_from_it(tmp_path: Path) -> None:
    found, _ = corrected(tmp_path, f"k1,set_value,{STANCE},stances.polarity,support,oppose,A,b")
    told = [(row.stance_id, row.polarity, row.score) for row in found.stances]
    assert told == [
        (STANCE, "oppose", -0.8),
        (FOLLOWS, "oppose", -0.4),
        (OTHER, "support", 0.8),
    ]


def test_a_category_brings_its_class(tmp_path: Path) -> None:
    found, _ = corrected(tmp_path, f"k1,set_value,{EVENT},events.action_code,CONSULT,ASSAULT,A,b")
    assert (found.events[0].action_code, found.events[0].quad_class) == (
        "ASSAULT",
        "material_conflict",
    )


def test_a_neutral_polarity_has_no_score(tmp_path: Path) -> None:
    found, _ = corrected(tmp_path, f"k1,set_value,{OTHER},stances.polarity,support,neutral,A,b")
    assert (found.stances[2].polarity, found.stances[2].score) == ("neutral", 0.0)


def test_a_rejected_stance_takes_what_follows_from_it(tmp_path: Path) -> None:
    found, outcomes = corrected(
        tmp_path, f"k1,reject_row,{STANCE},stances,Moscow backs the plan,,A,b"
    )
    assert [row.stance_id for row in found.stances] == [OTHER]
    assert (found.statements, found.events) == (FOUND.statements, FOUND.events)
    assert outcomes == {"k1": ("applied", "Moscow backs the plan")}


def test_a_rejected_statement_takes_all_that_rests_on_it(tmp_path: Path) -> None:
    found, _ = corrected(tmp_path, f"k1,reject_row,{SAID},statements,we back it,,A,b")
    assert found.statements == [statement(PASSED_ON)]
    assert [row.stance_id for row in found.stances] == [OTHER]
    assert found.events == []


def test_an_id_of_another_table_is_no_subject(tmp_path: Path) -> None:
    found, outcomes = corrected(tmp_path, f"k1,reject_row,{SAID},stances,we back it,,A,b")
    assert found == FOUND
    assert outcomes == {}


def test_words_over_several_paragraphs_are_expected_on_one_line(tmp_path: Path) -> None:
    found = Annotations(statements=[statement(SAID, content="we back it.\n\nWe always  did")])
    line = f"c,reject_row,{SAID},statements,we back it. We always did,,Ann Lee,not said"
    corrections_file(tmp_path, line)
    corrected, (outcome,) = correct_rows(found, load_corrections(tmp_path))
    assert corrected.statements == []
    assert (outcome.state, outcome.found) == ("applied", "we back it. We always did")
    corrections_file(tmp_path, line.replace("always did", "never did"))
    corrected, (outcome,) = correct_rows(found, load_corrections(tmp_path))
    assert corrected.statements == found.statements
    assert (outcome.state, outcome.found) == ("stale", "we back it. We always did")
