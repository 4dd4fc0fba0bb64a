from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.evaluation.errors import EvaluationError
from flows.evaluation.plover import Party, plover_code, read_plover
from tests.evaluation.given_events import event, gold, party, write_records
from warehouse.tables import Modality


def test_a_record_has_a_text_an_event_and_parties(tmp_path: Path) -> None:
    given = gold("Vell sued Orin.", "DISAPPROVE", [party("Vell", "VLL")], [party("Orin")])
    [record] = read_plover(write_records(tmp_path / "a.json", given))
    assert (record.record_id, record.text, record.category) == ("R-1", "Vell sued Orin.", "ACCUSE")
    assert record.published_on == date(2001, 5, 7)
    assert record.sources == (Party("Vell", "VLL"),)
    assert record.targets == (Party("Orin", ""),)
    assert not record.is_joint


@pytest.mark.parametrize(
    ("given", "parties"),
    [
        (None, ()),
        ("", ()),
        ([], ()),
        ("Vell", (Party("Vell", ""),)),
        (party("Vell", "VLL"), (Party("Vell", "VLL"),)),
        (["Vell", "", "Orin"], (Party("Vell", ""), Party("Orin", ""))),
        ([party(" Vell "), {"code": "VLL"}], (Party("Vell", ""),)),
    ],
)
def test_parties_are_told_in_several_ways(
    given: Any, parties: tuple[Party, ...], tmp_path: Path
) -> None:
    [record] = read_plover(write_records(tmp_path / "a.json", gold("Rain.", "AID", given, given)))
    assert record.sources == record.targets == parties


def test_of_a_joint_event_the_sources_are_the_targets(tmp_path: Path) -> None:
    two = [party("Vell"), party("Orin")]
    markup = {"markup": "(SRC/TAR: Vell) and (SRC/TAR: Orin) (EVT: agreed)"}
    path = write_records(
        tmp_path / "a.json",
        gold("Vell and Orin agreed.", "AGREE", two),
        gold("Vell and Orin agreed.", "AGREE", two, "economic", textInfo=markup),
        gold("Vell and Orin aided Holm.", "AID", two, [party("Holm")]),
        gold("Vell rested.", "AGREE", two[:1]),
    )
    records = read_plover(path)
    assert [record.is_joint for record in records] == [True, True, False, False]
    assert [len(record.targets) for record in records] == [0, 0, 1, 0]


@pytest.mark.parametrize(
    ("code", "modality", "is_negated", "wanted"),
    [
        ("AID", "asserted", False, "AID"),
        ("AID", "possible", False, "AID"),
        ("AID", "planned", False, "AGREE"),
        ("CONSULT", "desired", False, "AGREE"),
        ("RETREAT", "hypothetical", False, "AGREE"),
        ("CONCEDE", "denied", False, "REJECT"),
        ("COOPERATE", "asserted", True, "REJECT"),
        ("AID", "planned", True, "REJECT"),
        ("ASSAULT", "asserted", False, "ASSAULT"),
        ("ASSAULT", "planned", False, "THREATEN"),
        ("SANCTION", "hypothetical", False, "THREATEN"),
        ("COERCE", "planned", True, "AGREE"),
        ("ASSAULT", "denied", False, "ASSAULT"),
        ("ASSAULT", "asserted", True, "ASSAULT"),
        ("REQUEST", "planned", False, "REQUEST"),
        ("REJECT", "asserted", True, "REJECT"),
    ],
)
def test_what_is_only_meant_has_a_category_of_its_own(
    code: str, modality: Modality, is_negated: bool, wanted: str
) -> None:
    row = event("Vell", code, "Orin", modality=modality, is_negated=is_negated)
    assert plover_code(row) == wanted


RIGHT = gold("Rain.", "AID", [])


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (7, "record 2: not an object"),
        (RIGHT | {"text": " "}, "record 2: no `text`"),
        (RIGHT | {"event": None}, "record 2: no `event`"),
        (RIGHT | {"source": [7]}, "record 2: 7 is no actor"),
    ],
)
def test_a_record_that_is_not_as_the_others_is_named(
    row: Any, message: str, tmp_path: Path
) -> None:
    path = write_records(tmp_path / "a.json", RIGHT, row)
    with pytest.raises(EvaluationError, match=rf"a\.json, {message}"):
        read_plover(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"{", r"not JSON in UTF-8"), (b'["\xff"]', "not JSON in UTF-8"), (b"[]", "wanted is a list")],
)
def test_other_files_are_named(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(EvaluationError, match=rf"a\.json: {message}"):
        read_plover(tmp_path)


@pytest.mark.parametrize("day", ["2000-00-00", "May", None, 7])
def test_a_day_that_is_none_is_left_out(day: Any, tmp_path: Path) -> None:
    [record] = read_plover(write_records(tmp_path / "a.json", RIGHT | {"date": day}))
    assert record.published_on is None
