from collections.abc import Sequence
from pathlib import Path

import pytest

from flows.evaluation.attributions import Attribution
from flows.evaluation.brat import MarkedText, read_brat
from flows.evaluation.errors import EvaluationError
from tests.evaluation.given_statements import TEXT, lines, offsets, write_marks, write_polnear


def read(folder: Path, marks: Sequence[str], text: str = TEXT) -> list[Attribution]:
    """What is read of one text, with text and annotation in one folder."""
    (folder / "a.txt").write_bytes(text.encode())
    write_marks(folder / "a.ann", marks)
    [one] = read_brat(folder)
    assert one.text == text
    [reading] = one.readings
    return reading


def words(attribution: Attribution, text: str = TEXT) -> list[list[str]]:
    return [
        [text[start:end] for start, end in spans]
        for spans in (attribution.source, attribution.cue, attribution.content)
    ]


def test_polnear_is_read(tmp_path: Path) -> None:
    [one] = read_brat(write_polnear(tmp_path))
    [reading] = one.readings
    assert [words(attribution) for attribution in reading] == [
        [["Anna Holm"], ["said"], ["that the mill will close"]],
        [["she"], ["added"], ['"We have lost,"', '"and we know it."']],
        [["Critics"], ["called"], ['the plan "a bad joke"']],
    ]


def test_each_reader_of_a_text_has_a_reading(tmp_path: Path) -> None:
    write_polnear(tmp_path, readers=("0a1b", "ffff"))
    write_polnear(tmp_path, name="also")
    assert [len(one.readings) for one in read_brat(tmp_path)] == [1, 2]


@pytest.mark.parametrize(("text", "marks"), [("a", "a"), ("a", "a_12ef"), ("a_12ef", "a_12ef")])
def test_texts_and_annotations_may_stand_side_by_side(
    tmp_path: Path, text: str, marks: str
) -> None:
    (tmp_path / f"{text}.txt").write_text(TEXT, encoding="utf-8")
    write_marks(tmp_path / f"{marks}.ann", [])
    assert list(read_brat(tmp_path)) == [MarkedText(TEXT, [[]])]


def test_offsets_count_line_ends_and_code_points(tmp_path: Path) -> None:
    text = "\U0001f600 Oh!\r\nOrin said it rained.\r\n"
    marks = lines([("Orin", "said", ("it rained",))], text=text)
    assert marks[0] == "T1\tCue 12 16\tsaid"
    [one] = read(tmp_path, marks, text)
    assert words(one, text) == [["Orin"], ["said"], ["it rained"]]


def test_numbered_roles_are_the_same_role(tmp_path: Path) -> None:
    marks = [
        f"T1\tContent {offsets('We have lost')}\tWe have lost",
        f"T2\tContent {offsets('we know it')}\twe know it",
        f"T3\tCue {offsets('added')}\tadded",
        "E1\tAttribution-no-source:T3 Content:T1 Content2:T2 Cue:T3",
    ]
    [one] = read(tmp_path, marks)
    assert words(one) == [[], ["added"], ["We have lost", "we know it"]]


def test_what_is_no_attribution_is_passed_over(tmp_path: Path) -> None:
    marks = [
        "E1\tAttribution:T1 Cue:T1 Holder:T9",  # before its span; a role that is not known
        f"T1\tCue {offsets('said')}\tsaid",
        f"T2\tDiscuss {offsets('Rain fell')}\tRain fell",
        f"T3\tDiscard {offsets('Monday', 'Rain')}\tMonday Rain",
        "E2\tQuestion:T2 Cue:T9",
        "E3\tAttribution:T2",
        "R1\tSame Arg1:T1 Arg2:T2",
        "#1\tAnnotatorNotes T2\tunsure",
        "",
    ]
    [one] = read(tmp_path, marks)
    assert words(one) == [[], ["said"], []]


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        ("T1\tCue 3 400\tx", r"a\.ann, line 1: 3 to 400 is no span of a text of \d+ characters; "),
        ("T1\tCue 5 5\tx", "line 1: 5 to 5 is no span"),
        ("T1\tCue -1 5\tx", "line 1: -1 to 5 is no span"),
        ("T1\tCue 1 2;400 401\tx", "line 1: 400 to 401 is no span"),
        ("T1\tCue\tx", "line 1: no offsets; wanted is"),
        ("T1\tCue 1 b\tx", "line 1: no offsets; wanted is"),
        ("T1", "line 1: no offsets; wanted is"),
        ("E1\tAttribution:T1 Cue:T8", "line 1: there is no T8 in this file; "),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, mark: str, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        read(tmp_path, [mark])


@pytest.mark.parametrize(
    ("there", "message"),
    [
        ([], "data: no such folder; give --data the folder with "),
        (["text/a.txt"], "attributions: no such folder; wanted is "),
        (["attributions/a.ann"], "text: no such folder; wanted is "),
        (["text/a.txt", "attributions/b.txt"], r"no file in it is named \*\.ann"),
        (["a.ann"], r"no file in it is named \*\.txt"),
        (["text/a.txt", "text/b.txt", "attributions/b.ann"], r"a\.txt: no annotation of it in "),
        (["text/a.txt", "attributions/a.ann", "attributions/b_12.ann"], r"no b_12\.txt in "),
        (["a.txt", "a.ann", "b_1234.ann"], r"b_1234\.ann: no b\.txt in "),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, there: list[str], message: str) -> None:
    for name in there:
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    with pytest.raises(EvaluationError, match=message):
        list(read_brat(tmp_path / "data"))


def test_a_file_is_no_folder_and_texts_are_utf_8(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("caf\xe9".encode("latin-1"))
    write_marks(tmp_path / "a.ann", [])
    with pytest.raises(EvaluationError, match=r"a\.txt: not a folder; "):
        list(read_brat(tmp_path / "a.txt"))
    with pytest.raises(EvaluationError, match=r"a\.txt: not UTF-8"):
        list(read_brat(tmp_path))
