import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from flows.cli.main import main
from flows.evaluation.assignment import best_pairs
from flows.evaluation.attributions import ROLES, Attribution, stated
from flows.evaluation.statements import Find, Placed, evaluate, outermost, paired
from tasks.records import Annotations
from tests.evaluation.given_statements import (
    FOUND,
    MARKED,
    TEXT,
    Marked,
    lines,
    rows,
    write_marks,
    write_polnear,
)
from warehouse.tables import Article

RIGHT = MARKED[1]


def finding(*found: Marked) -> Find:
    def find(article: Article) -> list[Attribution]:
        assert article.text == TEXT
        return stated(rows(found))

    return find


# Words marked: source 4, cue 3, content 4 + 7 + 5; found: source 3, cue 3, content 4 + 7 + 2 + 3.
SCORES = {
    "source_exact_f1": 33.33,  # she
    "source_exact_precision": 33.33,
    "source_exact_recall": 33.33,
    "source_overlap_f1": 57.14,  # Holm, she
    "source_overlap_precision": 66.67,
    "source_overlap_recall": 50,
    "cue_exact_f1": 66.67,  # said, added
    "cue_exact_precision": 66.67,
    "cue_exact_recall": 66.67,
    "cue_overlap_f1": 66.67,
    "cue_overlap_precision": 66.67,
    "cue_overlap_recall": 66.67,
    "content_exact_f1": 57.14,  # 2 of 4 and 3
    "content_exact_precision": 50,
    "content_exact_recall": 66.67,
    "content_overlap_f1": 87.5,  # 14 of 16 and 16
    "content_overlap_precision": 87.5,
    "content_overlap_recall": 87.5,
    "direct_content_exact": 100,
    "direct_speaker": 100,
}
BY_KIND = {  # items, matched, content exact, content overlap, source overlap
    "direct": [1, 100, 100, 100, 100],
    "indirect": [1, 100, 100, 100, 50],
    "mixed": [1, 100, 0, 60, 0],
}
NO_SHARES = {"by_kind", "nested_left_out"}


def test_source_cue_and_content_are_scored_apart(tmp_path: Path) -> None:
    items, metrics = evaluate(write_polnear(tmp_path), finding(*FOUND))
    assert items == 1
    by_kind = metrics.pop("by_kind")
    assert metrics.pop("nested_left_out") == 0
    assert metrics == SCORES
    assert {kind: list(scores.values()) for kind, scores in by_kind.items()} == BY_KIND
    assert list(by_kind["mixed"]) == [
        "items",
        "matched",
        "content_exact_recall",
        "content_overlap_recall",
        "source_overlap_recall",
    ]


def test_all_found_as_marked_is_a_hundred(tmp_path: Path) -> None:
    metrics = evaluate(write_polnear(tmp_path), finding(*MARKED))[1]
    assert {value for name, value in metrics.items() if name not in NO_SHARES} == {100}
    assert metrics["by_kind"]["mixed"]["content_exact_recall"] == 100


def test_found_inside_what_another_says_is_left_out_where_the_data_mark_none(
    tmp_path: Path,
) -> None:
    inner = Attribution(cue=((20, 24),), content=((30, 40),))
    outer = Attribution(cue=((5, 9),), content=((10, 50),))
    beside = Attribution(content=((60, 70),))
    assert outermost([outer, inner, beside]) == [outer, beside]
    word = MARKED[1][2][0].split()[0]
    found = finding(*MARKED, (MARKED[1][0], word, (MARKED[1][2][0].split()[-1],)))
    metrics = evaluate(write_polnear(tmp_path), found)[1]
    assert metrics["nested_left_out"] == 1
    assert metrics["cue_exact_precision"] == 100


def test_nothing_found_is_zero(tmp_path: Path) -> None:
    metrics = evaluate(write_polnear(tmp_path), finding())[1]
    assert {value for name, value in metrics.items() if name not in NO_SHARES} == {0}
    assert metrics["by_kind"]["direct"]["items"] == 1
    assert metrics["by_kind"]["direct"]["matched"] == 0


def test_texts_are_summed_before_they_are_divided(tmp_path: Path) -> None:
    write_polnear(tmp_path, readers=("0a1b", "ffff"))
    write_marks(tmp_path / "attributions" / "post_ffff.ann", [])  # the other marked nothing
    items, metrics = evaluate(tmp_path, finding(RIGHT))
    assert items == 2
    assert metrics["content_overlap_precision"] == 50  # 7 words right, 14 found
    assert metrics["content_overlap_recall"] == 43.75  # 7 of 16
    assert metrics["cue_exact_precision"] == 50


def test_a_speaker_of_quoted_words_is_right_where_a_word_is(tmp_path: Path) -> None:
    quoted = ('"We have lost,"', '"and we know it."')
    metrics = evaluate(write_polnear(tmp_path), finding(("Critics", "added", quoted)))[1]
    assert (metrics["direct_content_exact"], metrics["direct_speaker"]) == (100, 0)
    metrics = evaluate(write_polnear(tmp_path), finding(("she", "added", quoted[:1])))[1]
    assert (metrics["direct_content_exact"], metrics["direct_speaker"]) == (0, 100)
    metrics = evaluate(write_polnear(tmp_path), finding(("she", "fell", ("on Monday",))))[1]
    assert (metrics["direct_content_exact"], metrics["direct_speaker"]) == (0, 0)


def test_quoted_words_without_a_marked_source_do_not_count_for_speakers(tmp_path: Path) -> None:
    path = write_polnear(tmp_path) / "attributions" / "post_0a1b.ann"
    write_marks(path, lines([RIGHT, ("", "called", ('"a bad joke"',))]))
    metrics = evaluate(tmp_path, finding(RIGHT))[1]
    assert (metrics["direct_content_exact"], metrics["direct_speaker"]) == (50, 100)


def said(source: str, cue: str, content: str) -> Placed:
    """An attribution whose words are letters."""
    words = dict(zip(ROLES, map(frozenset, (source, cue, content)), strict=True))
    numbers = {role: frozenset(map(ord, letters)) for role, letters in words.items()}
    return Placed(dict.fromkeys(ROLES, ()), numbers)


@pytest.mark.parametrize(
    ("marked", "found", "pairs"),
    [
        ([("a", "b", "c")], [("a", "b", "c")], {0: 0}),
        ([("a", "b", "c")], [("a", "x", "y")], {}),  # the same person alone
        ([("a", "b", "c")], [("x", "c", "b")], {}),  # the same words in other roles
        ([("", "", "cd")], [("", "", "de")], {0: 0}),
        # 1 and 2/3 are less than twice 6/7
        ([("", "", "abcd"), ("", "", "bcd")], [("", "", "abcd"), ("", "", "abc")], {0: 1, 1: 0}),
        # 1 is more than twice 2/9, and the others share nothing
        ([("", "", "abcd"), ("", "", "dwxyz")], [("", "", "abcd"), ("", "", "apqrs")], {0: 0}),
        # one within the other, found once: the cue decides
        ([("", "r", "abs"), ("", "s", "ab")], [("", "s", "ab")], {1: 0}),
        ([("", "s", "ab")], [("x", "r", "ab"), ("", "s", "ab")], {0: 1}),
        # the source decides
        ([("a", "", "bc")], [("x", "", "bc"), ("a", "", "bc")], {0: 1}),
    ],
)
def test_pairs_are_one_to_one_and_the_best_in_all(
    marked: Sequence[tuple[str, str, str]],
    found: Sequence[tuple[str, str, str]],
    pairs: dict[int, int],
) -> None:
    assert paired([said(*one) for one in marked], [said(*one) for one in found]) == pairs


def test_a_long_text_is_paired_group_by_group() -> None:
    many = [said("", chr(number), "") for number in range(3_000)]  # at once, 27,000 million steps
    assert paired(many, many[::-1]) == {at: 2_999 - at for at in range(3_000)}


def test_the_best_pairing_names_rows_and_columns() -> None:
    assert sorted(best_pairs([[3.0, 2.0], [2.0, 0.0]])) == [(0, 1), (1, 0)]
    assert best_pairs([[1.0], [5.0], [2.0]]) == [(1, 0)]
    assert best_pairs([[1.0, 5.0]]) == [(0, 1)]
    assert best_pairs([]) == []


@pytest.fixture
def annotators(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The models that are asked for; whichever it is, FOUND is found."""
    asked: list[str | None] = []

    class Fixed:
        """An annotator that finds FOUND."""

        model_version = "fixed-1"

        def __init__(self, *, model: str | None) -> None:
            asked.append(model)

        def annotate(self, _: Article) -> Annotations:
            return Annotations(statements=rows(FOUND))

    monkeypatch.setattr("tasks.extract.annotate.Annotator", Fixed)
    return asked


def test_statements_are_measured_on_marked_texts(
    tmp_path: Path, annotators: list[str | None], capsys: pytest.CaptureFixture[str]
) -> None:
    write_polnear(tmp_path)
    arguments = ["evaluate", "statements", "--data", str(tmp_path)]
    assert main([*arguments, "--json", "--model", "en_x"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert list(found) == ["task", "data", "items", "model_version", "seconds", "metrics"]
    assert (found["task"], found["items"], found["model_version"]) == ("statements", 1, "fixed-1")
    assert {name: found["metrics"][name] for name in SCORES} == SCORES
    assert annotators == ["en_x"]


@pytest.mark.usefixtures("annotators")
def test_people_get_a_table_by_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "statements", "--data", str(write_polnear(tmp_path))]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert "content_overlap_f1         87.50" in shown
    assert shown[-4].split()[:3] == ["kind", "items", "matched"]
    assert shown[-1].split() == ["mixed", "1", "100.0", "0.0", "60.0", "0.0"]


@pytest.mark.usefixtures("annotators")
def test_data_that_are_not_as_expected_are_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_polnear(tmp_path) / "attributions" / "post_0a1b.ann"
    write_marks(path, ["T1\tCue 0 4\tAnna", "T2\tSource 90 9000\tx"])
    assert main(["evaluate", "statements", "--data", str(tmp_path)]) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"demarche: error: {path}, line 2: 90 to 9000 is no span")
    assert error.count("\n") == 1
