from pathlib import Path

import pytest

from flows.evaluation.conllu import read_conllu
from flows.evaluation.errors import EvaluationError
from tests.evaluation.given import write_conllu


def test_ranges_give_their_words_the_spacing(tmp_path: Path) -> None:
    path = write_conllu(
        tmp_path / "a.conllu",
        "1-2 don't _ _ _ _ _ SpaceAfter=No",
        "1 do do AUX VBP 0 root",
        "2 n't not PART RB 1 advmod",
        "2.1 ask ask VERB VB _ _",
        "3-4 ain't _ _ _ _ _",
        "3 ai be AUX VBP 1 dep SpaceAfter=Yes",
        "4 n't not PART RB 3 advmod",
        "5 ? ? PUNCT . 1 punct Gloss=x|SpaceAfter=No",
    )
    (sentence,) = read_conllu(path)
    assert [word.form for word in sentence.words] == ["do", "n't", "ai", "n't", "?"]
    assert [word.space_after for word in sentence.words] == [False, False, False, True, False]
    assert [word.head for word in sentence.words] == [0, 1, 1, 3, 1]


def test_documents_and_paragraphs_start_at_sentences(tmp_path: Path) -> None:
    path = write_conllu(
        tmp_path / "a.conllu",
        "# newdoc id = one",
        "# newpar",
        "1 Yes yes INTJ UH 0 root",
        "",
        "# newpar_block",
        "1 No no INTJ UH 0 root",
        "",
        "# newpar id = p2",
        "1 So so ADV RB 0 root",
    )
    found = [(one.starts_document, one.starts_paragraph) for one in read_conllu(path)]
    assert found == [(True, True), (False, False), (False, True)]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["# one", "1\tx"], "line 2: 2 columns where CoNLL-U has 10"),
        (["1 x x X X _ root"], "line 1: the head '_' is no number"),
        (["1 x x X X 0 root", "3 y y Y Y 1 dep"], "line 2: word 3 where word 2 is due"),
        (["one x x X X 0 root"], "line 1: the number 'one' is no number"),
        (["1-x xy _ _ _ _ _"], "line 1: the number 'x' is no number"),
        (["1 x x X X 2 dep", "", "1 y y Y Y 0 root"], "line 2: the head 2 in the sentence before"),
        (["1 x x X X 2 dep"], "line 1: the head 2 in the sentence before, of 1 words"),
    ],
)
def test_what_is_not_conllu_is_named_with_its_line(
    tmp_path: Path, lines: list[str], message: str
) -> None:
    path = tmp_path / "bad.conllu"
    if "\t" in lines[-1]:
        path.write_text("\n".join(lines))
    else:
        write_conllu(path, *lines)
    with pytest.raises(EvaluationError, match=message) as caught:
        list(read_conllu(path))
    assert str(path) in str(caught.value)


def test_other_encodings_are_refused_and_a_byte_order_mark_passed_over(tmp_path: Path) -> None:
    row = "1\tÅse\tÅse\tPROPN\tNNP\t_\t0\troot\t_\t_\n"
    path = tmp_path / "a.conllu"
    path.write_text(row, encoding="utf-8-sig")
    assert [word.form for one in read_conllu(path) for word in one.words] == ["Åse"]
    path.write_text(row, encoding="latin-1")
    with pytest.raises(EvaluationError, match="not UTF-8"):
        list(read_conllu(path))
