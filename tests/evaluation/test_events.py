import json
from pathlib import Path
from typing import Any

import pytest

from flows.cli.main import main
from flows.evaluation.events import FIELDS, evaluate, judged
from tasks.records import Annotations
from tests.evaluation.given_events import event, gold, mention, party, rows, write_records
from tests.extract import given_registry
from warehouse.tables import Article

TEXTS = {
    "Vell aided Orin.": rows(
        event("Vell", "COERCE", "Orin"), event("Vell", "AID", "Orin"), event(None, "AID", "Orin")
    ),
    "Vell bombed the town of Orin.": rows(event("Vell", "SANCTION", "Holm")),
    "Nothing was read.": rows(),
    "Vell may aid Orin.": rows(event("Vell", "AID", "Orin", modality="planned")),
}
RECORDS = (
    gold("Vell aided Orin.", "AID", [party("Vell")], [party("Orin")]),
    gold("Vell bombed the town of Orin.", "FIGHT", [party("Vell")], [party("town of Orin")]),
    gold("Nothing was read.", "AID", [party("Vell")]),
    gold("Vell may aid Orin.", "AGREE", [party("Vell")], [party("Orin")]),
)
METRICS: dict[str, Any] = {
    "actor": 75.0,
    "target": 50.0,
    "category": 50.0,
    "quad_class": 75.0,
    "actor_and_target": 50.0,
    "found": 75.0,
    "events": 5,
}
ALL = dict.fromkeys((*FIELDS, "actor_and_target"), 100.0)


def annotate(article: Article) -> Annotations:
    return TEXTS[article.text]


def right(tmp_path: Path, record: dict[str, Any], found: Annotations) -> set[str]:
    """Return what is right of what is found for a record."""
    path = write_records(tmp_path / "a.json", record)
    registry = given_registry.registry(tmp_path)
    [one] = judged(path, lambda _: found, registry)
    return {name for name, is_right in one.right.items() if is_right}


def test_the_best_event_of_each_text_is_measured(tmp_path: Path) -> None:
    path = write_records(tmp_path / "a.json", *RECORDS)
    items, metrics = evaluate(path, annotate, given_registry.registry(tmp_path))
    assert items == 4
    per_category = metrics.pop("per_category")
    assert metrics == METRICS
    assert list(per_category) == ["AGREE", "AID", "ASSAULT"]
    assert per_category["AGREE"] == ALL | {"items": 1}
    assert per_category["AID"] == dict.fromkeys(ALL, 50.0) | {"items": 2}
    assert per_category["ASSAULT"] == {
        "actor": 100.0,
        "target": 0.0,
        "category": 0.0,
        "quad_class": 100.0,
        "actor_and_target": 0.0,
        "items": 1,
    }


@pytest.mark.parametrize(
    ("actor", "marked", "is_right"),
    [
        ("the Vell army", "Vell soldiers", True),
        ("Borlanders", "Borlander rebels", True),  # a plural
        ("the U.N.", "UN troops", True),
        ("President Orin", "President Holm", False),  # of the same rank
        ("the president", "President Holm", True),  # there is nothing else to go by
        ("the army of Vell", "the fleet of Orin", False),
        ("Vell's", "Vell", True),
        ("Ann", "Anna", False),
    ],
)
def test_actors_are_told_by_their_words(
    actor: str, marked: str, is_right: bool, tmp_path: Path
) -> None:
    record = gold("Rain.", "AID", [party("Brandt"), party(marked)], [party("Lund")])
    assert ("actor" in right(tmp_path, record, rows(event(actor, "AID", "Lund")))) is is_right


def test_a_code_of_a_country_names_its_state(tmp_path: Path) -> None:
    record = gold("Rain.", "AID", [party("Marines", "USA")], [party("Kremlin guards", "RUS")])
    found = event("Washington", "AID", "Moscow", ids=("state:usa", "state:rus"))
    assert right(tmp_path, record, rows(found)) == set(FIELDS)
    found = event("Ann Lee", "AID", "Tverskaya", ids=("person:ann-lee", "city:moscow"))
    assert right(tmp_path, record, rows(found)) == {"category", "quad_class"}


def test_who_is_meant_is_told_by_its_other_mentions(tmp_path: Path) -> None:
    record = gold("Rain.", "AID", [party("Vell")], [party("Orin")])
    found = event("it", "AID", "Orin", ids=("other:vell", None))
    assert "actor" not in right(tmp_path, record, rows(found))
    mentions = (mention("Holm", "other:holm"), mention("Vell Steel", "other:vell"))
    assert "actor" in right(tmp_path, record, rows(found, mentions=mentions))


def test_what_is_not_marked_has_not_to_be_found(tmp_path: Path) -> None:
    record = gold("Rain.", "ASSAULT", None, [party("Orin")])
    assert "actor" in right(tmp_path, record, rows(event(None, "ASSAULT", "Orin")))
    assert "actor" not in right(tmp_path, record, rows(event("Vell", "ASSAULT", "Orin")))
    record = gold("Rain.", "ASSAULT", [party("Vell")])
    assert "target" in right(tmp_path, record, rows(event("Vell", "ASSAULT")))
    assert "target" not in right(tmp_path, record, rows(event("Vell", "ASSAULT", "Orin")))


def test_the_target_of_a_joint_event_is_another_source_or_none(tmp_path: Path) -> None:
    record = gold("Rain.", "CONSULT", [party("Vell"), party("Orin")])
    assert "target" in right(tmp_path, record, rows(event("Vell", "CONSULT", "Orin")))
    assert "target" in right(tmp_path, record, rows(event("Vell", "CONSULT")))
    assert "target" not in right(tmp_path, record, rows(event("Vell", "CONSULT", "Holm")))


def test_a_category_that_is_none_is_never_right(tmp_path: Path) -> None:
    record = gold("Rain.", "rain", [party("Vell")], [party("Orin")])
    assert right(tmp_path, record, rows(event("Vell", "AID", "Orin"))) == {"actor", "target"}
    registry = given_registry.registry(tmp_path)
    _, metrics = evaluate(tmp_path / "a.json", lambda _: rows(), registry)
    assert list(metrics["per_category"]) == ["RAIN"]


class Reading:
    """Stands in for the annotator."""

    model_version = "reading-1"

    def __init__(self, *, model: str | None) -> None:
        self.model = model
        self.registry = type("None", (), {"entities": ()})

    annotate = staticmethod(annotate)


def test_the_command_gives_one_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tasks.extract.annotate.Annotator", Reading)
    path = write_records(tmp_path / "a.json", *RECORDS)
    assert main(["evaluate", "events", "--data", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["task"], found["items"], found["model_version"]) == ("events", 4, "reading-1")
    assert found["metrics"].items() >= METRICS.items()
    assert main(["evaluate", "events", "--data", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "actor             75.00"
    assert lines[-3].split() == ["AGREE", "100.0", "100.0", "100.0", "100.0", "100.0", "1"]
