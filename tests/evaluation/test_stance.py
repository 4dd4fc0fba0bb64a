import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.quality import gate
from flows.cli.main import main
from flows.evaluation.errors import EvaluationError
from flows.evaluation.stance import calibration_error, evaluate
from flows.evaluation.stance_files import LABELS, read_stances
from tests.evaluation.given_stances import (
    PAIRS,
    TARGETS,
    TOLD_OF_PAIRS,
    TOLD_OF_TARGETS,
    Telling,
    pair_row,
    target_row,
    words,
    write_pairs,
    write_rows,
    write_targets,
)

HALF = {"precision": 50.0, "recall": 100.0, "f1": 66.67}
OTHER_HALF = {"precision": 100.0, "recall": 50.0, "f1": 66.67}
ALL = {"precision": 100.0, "recall": 100.0, "f1": 100.0}
NONE = {"precision": 0.0, "recall": 0.0, "f1": 0.0}
OF_TARGETS = {
    "accuracy": 75.0,
    "macro_f1": 77.78,
    "ece": 27.5,  # each alone in its bin: (.2 + .1 + .5 + .3) / 4
    "unplaced": 0,
    "per_class": {
        "oppose": HALF | {"items": 1},
        "neutral": OTHER_HALF | {"items": 2},
        "support": ALL | {"items": 1},
    },
}
OF_PAIRS = {
    "accuracy": 66.67,
    "macro_f1": 55.56,  # of the three classes that are marked or found
    "ece": 43.33,  # (.4 + .8 + .1) / 3
    "unplaced": 0,
    "per_class": {
        "neutral": HALF | {"items": 1},
        "pos_p_to_q": ALL | {"items": 1},
        "neg_p_to_q": NONE | {"items": 0},
        "pos_q_to_p": NONE | {"items": 1},
        "neg_q_to_p": NONE | {"items": 0},
    },
}


def test_targets_are_measured_by_class_and_in_all(tmp_path: Path) -> None:
    path = write_targets(tmp_path / "a.jsonl")
    assert evaluate(path, Telling(TOLD_OF_TARGETS)) == (4, OF_TARGETS)


def test_pairs_are_measured_by_the_labels_of_the_file(tmp_path: Path) -> None:
    path = write_pairs(tmp_path / "a.jsonl")
    assert evaluate(path, Telling(TOLD_OF_PAIRS)) == (3, OF_PAIRS)


def test_a_folder_has_the_figures_of_each_file(tmp_path: Path) -> None:
    write_targets(tmp_path / "a.jsonl")
    write_pairs(tmp_path / "b.jsonl")
    (tmp_path / "README.md").write_text("not marked")
    # Tarn is a target of both, told of with as many classes as each file has
    told = Telling(TOLD_OF_TARGETS | TOLD_OF_PAIRS)
    told.towards = Telling(TOLD_OF_TARGETS).towards  # type: ignore[method-assign]
    items, metrics = evaluate(tmp_path, told)
    assert items == 7
    assert metrics == {
        "by_file": {"a.jsonl": {"items": 4} | OF_TARGETS, "b.jsonl": {"items": 3} | OF_PAIRS}
    }


def test_calibration_compares_shares_and_probabilities_bin_by_bin() -> None:
    # two in one bin: |(1 - .72) + (0 - .70)| = .42; one alone: .05
    found = calibration_error(np.array([0.72, 0.70, 0.95]), np.array([True, False, True]))
    assert found == 15.67
    assert calibration_error(np.array([1.0, 1.0]), np.array([True, False])) == 50
    assert calibration_error(np.array([]), np.array([], dtype=bool)) == 0


@pytest.mark.parametrize(
    ("text", "p", "q", "holder", "target"),
    [
        ("[Vell] met [Orin].", "Vell", "Orin", "Vell", "Orin"),
        ("[Congre]ss blamed [the mill]", "Congre", "the mill", "Congre", "the mill"),
        ("The crew of [ Juror]s saw [Holm ].", "Juror", "Holm", "Juror", "Holm"),
        ("By [Orin], of [Vell].", "Vell", "Orin", "Vell", "Orin"),
        ("[Vell] said [Vell] met [Orin].", "Vell", "Orin", "Vell", "Orin"),
        ("[Vell] met [Vell].", "Vell", "Vell", "Vell", "Vell"),
        ("[sic] [Vell] met [then] [Orin] [", "Vell", "Orin", "Vell", "Orin"),
        (
            '"[the ""Old"" Guild] said ""no"" to [Orin]."',
            '"the ""Old"" Guild"',
            "Orin",
            'the "Old" Guild',
            "Orin",
        ),
    ],
)
def test_brackets_mark_the_pair_and_are_no_part_of_the_text(
    text: str, p: str, q: str, holder: str, target: str, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "a.jsonl", pair_row(text, p, q, "neutral"))
    [row] = read_stances(path).rows
    assert row.marked is not None
    assert words(row.marked, row.marked.holder) == holder
    assert words(row.marked, row.marked.target) == target
    assert f"[{p}]" not in row.marked.text
    assert row.marked.holder != row.marked.target


def test_the_rest_of_the_text_stays_as_it_is(tmp_path: Path) -> None:
    texts = (
        '"a ""b"" [P] c [Q]."',  # a cell that was quoted since it has marks
        '"Go," said [P] to [Q]. "Now"',  # a text that begins and ends with a quotation
        "[P] [sic] [P] [Q] [Q]",
    )
    rows = [pair_row(text, "P", "Q", "neutral") for text in texts]
    found = read_stances(write_rows(tmp_path / "a.jsonl", *rows)).rows
    assert [row.marked and row.marked.text for row in found] == [
        'a "b" P c Q.',
        '"Go," said P to Q. "Now"',
        "P [sic] P Q Q",
    ]
    assert found[2].marked == ("P [sic] P Q Q", (10, 11), (0, 1))


def test_each_label_and_polarity_is_the_class_of_its_name(tmp_path: Path) -> None:
    pairs = [pair_row("[P] [Q]", "P", "Q", label) for label in LABELS]
    found = read_stances(write_rows(tmp_path / "a.jsonl", *pairs))
    assert [found.classes[row.stance] for row in found.rows] == [
        "neutral",
        "pos_p_to_q",
        "neg_p_to_q",
        "pos_q_to_p",
        "neg_q_to_p",
    ]
    targets = [target_row("Vell", "Vell", polarity) for polarity in (1, -1, 0)]
    found = read_stances(write_rows(tmp_path / "b.jsonl", *targets))
    assert [found.classes[row.stance] for row in found.rows] == ["support", "oppose", "neutral"]


def test_a_row_whose_names_are_not_there_counts_as_read_neutral(tmp_path: Path) -> None:
    rows = [
        pair_row("[Vell] backed [Orin].", "Vell", "Orin", "pos_p_to_q"),
        pair_row("[Vell] backed Holm.", "Vell", "Holm", "pos_p_to_q"),
        pair_row("[Vell met [Orin]", "Vell", "Orin", "neutral"),
        pair_row("[] met [Orin]", "", "Orin", "neutral"),
    ]
    items, metrics = evaluate(write_rows(tmp_path / "a.jsonl", *rows), Telling(TOLD_OF_PAIRS))
    assert (items, metrics["accuracy"], metrics["unplaced"]) == (4, 75, 3)
    assert metrics["ece"] == 40  # of the one that was read
    assert metrics["per_class"]["pos_p_to_q"] == OTHER_HALF | {"items": 2}


def test_a_mention_that_is_not_at_its_place_counts_as_read_neutral(tmp_path: Path) -> None:
    row = target_row("Vell", "Vell cheated the town.", -1) | {"from": 1, "to": 5}
    path = write_rows(tmp_path / "a.jsonl", row)
    metrics = evaluate(path, Telling({}))[1]
    assert (metrics["accuracy"], metrics["ece"], metrics["unplaced"]) == (0, 0, 1)


TARGET = target_row(*TARGETS[0])
PAIR = pair_row(*PAIRS[0])


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", r"line 2: not JSON \("),
        ("[1]", "line 2: not an object; wanted is one a line"),
        (PAIR, "line 2: no `mention`; each row has mention, polarity, from, to, sentence"),
        (TARGET | {"polarity": 2}, "line 2: `polarity` is 2; it has to be -1, 0 or 1"),
        (TARGET | {"to": 99}, "line 2: 0 to 99 is no span of a sentence of 20 characters"),
        (TARGET | {"from": "0"}, "line 2: '0' to 4 is no span"),
        (TARGET | {"sentence": None}, "line 2: `sentence` is no text"),
    ],
)
def test_a_row_that_is_not_as_the_others_is_named(
    row: str | dict[str, Any], message: str, tmp_path: Path
) -> None:
    path = write_targets(tmp_path / "a.jsonl")
    first = path.read_text(encoding="utf-8").splitlines()[0]
    line = row if isinstance(row, str) else json.dumps(row)
    path.write_text(f"{first}\n{line}\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=rf"a\.jsonl, {message}"):
        evaluate(path, Telling(TOLD_OF_TARGETS))


def test_what_cannot_be_measured_is_named(tmp_path: Path) -> None:
    telling = Telling({})
    with pytest.raises(EvaluationError, match="no such file or folder"):
        evaluate(tmp_path / "typo", telling)
    with pytest.raises(EvaluationError, match=r"no file in it is named \*\.jsonl"):
        evaluate(tmp_path, telling)
    path = write_rows(tmp_path / "a.jsonl")
    with pytest.raises(EvaluationError, match=r"a\.jsonl: no row in it"):
        evaluate(tmp_path, telling)
    write_rows(path, {"headline": "Rain"})
    with pytest.raises(EvaluationError, match="line 1: of no known layout; a row has mention, pol"):
        evaluate(tmp_path, telling)
    write_rows(path, PAIR | {"label": "pos"})
    with pytest.raises(EvaluationError, match="line 1: no label 'pos'; there are neutral, pos_p"):
        evaluate(tmp_path, telling)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """The folders that a classifier is asked for from."""
    folders: list[Path | None] = []

    def load(folder: Path | None = None) -> Telling:
        folders.append(folder)
        return Telling(TOLD_OF_TARGETS)

    monkeypatch.setattr("tasks.language.stance.load_stance_model", load)
    return folders


def test_the_command_gives_one_object(
    tmp_path: Path, asked: list[Path | None], capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_targets(tmp_path / "a.jsonl")
    assert main(["evaluate", "stance", "--data", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["task", "data", "items", "model_version", "seconds", "metrics"]
    assert (found["task"], found["items"], found["model_version"]) == ("stance", 4, "telling-1")
    assert found["metrics"] == OF_TARGETS
    assert main(["evaluate", "stance", "--data", str(path), "--json", "--model", "mine"]) == 0
    assert asked == [None, Path("mine")]


@pytest.mark.usefixtures("asked")
def test_people_get_lines_and_a_table_of_classes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_targets(tmp_path / "a.jsonl")
    assert main(["evaluate", "stance", "--data", str(tmp_path / "a.jsonl")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:4] == ["accuracy    75.00", "macro_f1    77.78", "ece         27.50"]
    assert lines[6] == "class    precision  recall     f1  items"
    assert lines[7] == "oppose        50.0   100.0  66.67      1"
    assert main(["evaluate", "stance", "--data", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:5] == ["", "a.jsonl", "items        4.00", "accuracy    75.00"]


def test_a_missing_classifier_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_targets(tmp_path / "a.jsonl")
    arguments = ["evaluate", "stance", "--data", str(path), "--model", str(tmp_path / "none")]
    assert main(arguments) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"demarche: error: {tmp_path / 'none'}")
    assert error.count("\n") == 1


def test_labels_of_names_are_no_matter_of_stance(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "stance", "--data", str(tmp_path), "--labels", "conll"]) == 2
    assert "stance has no labels of names" in capsys.readouterr().err


def test_the_floor_of_an_error_is_a_ceiling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(json.dumps({"a": {"sha256": "1", "macro_f1": 50.0, "ece": 4.0}}))
    monkeypatch.setattr(gate, "BASELINE", path)

    def below(macro_f1: float, ece: float) -> list[str]:
        return gate.below({"a": {"sha256": "1", "macro_f1": macro_f1, "ece": ece}})

    assert below(60.0, 1.0) == []
    assert below(49.7, 4.3) == []
    assert below(49.0, 4.5) == ["a: macro_f1 49.0 is below 50.0", "a: ece 4.5 is above 4.0"]


def test_the_gate_measures_stance_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "load_stance_model", lambda: Telling(TOLD_OF_TARGETS))
    monkeypatch.setattr(gate, "STANCE", ("a.jsonl",))
    path = write_targets(tmp_path / "a.jsonl")
    figures = gate.stance_figures(tmp_path)
    assert list(figures) == ["stance_version", "a.jsonl"]
    assert figures["a.jsonl"]["macro_f1"] == 77.78
    write_rows(path, TARGET)
    assert gate.stance_figures(tmp_path)["a.jsonl"]["sha256"] != figures["a.jsonl"]["sha256"]
