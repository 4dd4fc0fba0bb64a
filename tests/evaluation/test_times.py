import json
from pathlib import Path
from typing import Any

import pytest
import spacy

from benchmarks.quality import gate
from flows.cli.main import main
from flows.evaluation.errors import EvaluationError
from flows.evaluation.timeml import MarkedTime
from flows.evaluation.times import compared, evaluate, paired
from tests.evaluation.given_mentions import write_meantime
from tests.evaluation.given_times import DCT, Found, finding, write_timeml
from warehouse.tables import Article, TimeExpression

FOUND: Found = {
    "on Saturday": ("DATE", "2011-04-30"),  # not the same extent
    "forty years ": ("DURATION", "p40y"),  # white space and case do not count
    "this morning": ("DATE", "2011-05-02"),  # neither type nor value
    "mill": ("DATE", "2011"),  # none
}
METRICS = {
    "strict_f1": 57.14,  # 2 of 4 found and 3 marked
    "strict_precision": 50.0,
    "strict_recall": 66.67,
    "relaxed_f1": 85.71,
    "relaxed_precision": 75.0,
    "relaxed_recall": 100.0,
    "type_acc": 66.67,
    "value_acc": 66.67,
    "value_f1": 57.14,
    "per_type": {
        "DATE": {
            "strict_recall": 0.0,
            "relaxed_recall": 100.0,
            "type_acc": 100.0,
            "value_acc": 100.0,
            "items": 1,
        },
        "DURATION": {
            "strict_recall": 100.0,
            "relaxed_recall": 100.0,
            "type_acc": 100.0,
            "value_acc": 100.0,
            "items": 1,
        },
        "TIME": {
            "strict_recall": 100.0,
            "relaxed_recall": 100.0,
            "type_acc": 0.0,
            "value_acc": 0.0,
            "items": 1,
        },
    },
}


def test_extents_types_and_values_are_measured(tmp_path: Path) -> None:
    path = write_timeml(tmp_path / "a.tml")
    assert evaluate(path, finding(FOUND)) == (3, METRICS)


def test_a_folder_is_measured_as_one(tmp_path: Path) -> None:
    write_timeml(tmp_path / "a.tml")
    (tmp_path / "below").mkdir()
    write_timeml(tmp_path / "below" / "b.xml", "Rain fell on Sunday.")
    items, metrics = evaluate(tmp_path, finding(FOUND | {"Sunday": ("DATE", "2011-05-01")}))
    assert items == 3
    assert metrics["strict_f1"] == 50  # 2 of 5 found and 3 marked


def test_nothing_found_is_nothing_right(tmp_path: Path) -> None:
    items, metrics = evaluate(write_timeml(tmp_path / "a.tml"), finding({}))
    assert (items, metrics["relaxed_f1"], metrics["value_acc"]) == (3, 0, 0)


def test_the_article_is_of_the_day_of_the_document(tmp_path: Path) -> None:
    asked: list[Article] = []

    def find(article: Article) -> list[TimeExpression]:
        asked.append(article)
        return []

    evaluate(write_timeml(tmp_path / "a.tml", day="2011-05-03T10:00"), find)
    assert [str(one.published_on) for one in asked] == ["2011-05-03"]


def test_what_dates_the_document_is_left_out_on_both_sides(tmp_path: Path) -> None:
    path = write_timeml(tmp_path / "a.tml", f"{DCT.format('2011-05-02')} Rain fell.")
    [one] = compared(path, finding({"then": ("DATE", "2011-05-02"), "Rain": ("DATE", "2011")}))
    assert [(time.start, time.end) for time in one.found] == [(5, 9)]
    assert one.marked == ()


def test_what_lies_after_the_marked_part_is_left_out(tmp_path: Path) -> None:
    write_meantime(tmp_path / "a.xml")
    found: Found = {"There was": ("DATE", "2011"), "Vell is": ("DATE", "2011")}
    [one] = compared(tmp_path, finding(found))
    assert [one.text[time.start : time.end] for time in one.found] == ["There was"]


def times(*spans: tuple[int, int]) -> list[MarkedTime]:
    return [MarkedTime(start, end, "DATE", "") for start, end in spans]


@pytest.mark.parametrize(
    ("marked", "found", "pairs"),
    [
        ([(0, 9)], [(0, 4), (5, 9)], [(0, 0)]),  # one to one: the other is false
        ([(0, 4), (5, 9)], [(0, 9)], [(0, 0)]),
        ([(0, 9), (2, 5)], [(2, 5)], [(1, 0)]),  # the same extent goes first
        ([(0, 4)], [(4, 9)], []),  # neighbours share nothing
        ([(0, 4), (3, 9)], [(0, 9), (0, 1)], [(0, 1), (1, 0)]),
    ],
)
def test_pairs_are_one_to_one(
    marked: list[tuple[int, int]], found: list[tuple[int, int]], pairs: list[tuple[int, int]]
) -> None:
    assert paired(times(*marked), times(*found)) == pairs


def test_what_cannot_be_measured_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no such file or folder"):
        evaluate(tmp_path / "typo", finding({}))


@pytest.fixture
def _found(monkeypatch: pytest.MonkeyPatch) -> None:
    find = finding(FOUND)

    def find_in(document: Any) -> list[TimeExpression]:
        return find(document.article)

    monkeypatch.setattr("tasks.extract.times.find_time_expressions", find_in)


@pytest.mark.usefixtures("_found")
def test_the_command_gives_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_timeml(tmp_path / "a.tml")
    assert main(["evaluate", "time", "--data", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["task", "data", "items", "model_version", "seconds", "metrics"]
    assert (found["task"], found["items"]) == ("time", 3)
    assert found["metrics"] == METRICS


@pytest.mark.usefixtures("_found")
def test_people_get_lines_and_a_table_of_types(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_timeml(tmp_path / "a.tml")
    assert main(["evaluate", "time", "--data", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "strict_f1          57.14"
    assert lines[-4].split() == [
        "type", "strict_recall", "relaxed_recall", "type_acc", "value_acc", "items",
    ]  # fmt: skip
    assert lines[-1].split() == ["TIME", "100.0", "100.0", "0.0", "0.0", "1"]


def test_the_gate_measures_times_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = finding(FOUND)
    monkeypatch.setattr(gate, "find_time_expressions", lambda document: find(document.article))
    monkeypatch.setattr(gate, "TIMES", {"time.small": "small"})
    (tmp_path / "small").mkdir()
    write_timeml(tmp_path / "small" / "a.tml")
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    before = gate.time_figures(tmp_path, nlp)
    assert list(before) == ["time.small"]
    assert before["time.small"].items() >= {"items": 3, "strict_f1": 57.14}.items()
    write_timeml(tmp_path / "small" / "b.tml")
    assert (
        gate.time_figures(tmp_path, nlp)["time.small"]["sha256"] != before["time.small"]["sha256"]
    )
