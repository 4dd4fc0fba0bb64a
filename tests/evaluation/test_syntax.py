from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from flows.evaluation.errors import EvaluationError
from flows.evaluation.syntax import boundaries, evaluate, read
from tests.evaluation.given import Reading, reading_by_form, write_conllu

TREEBANK = (
    "# newdoc",
    "# newpar",
    "1 Ministers minister NOUN NNS 4 nsubj",
    "2-3 don't _ _ _ _ _",
    "2 do do AUX VBP 4 aux",
    "3 n't not PART RB 4 advmod",
    "4 agree agree VERB VB 0 root SpaceAfter=No",
    "5 . . PUNCT . 4 punct",
    "",
    "# newpar",
    "1 Talks talk NOUN NNS 2 nsubj",
    "2 resume _ VERB VBP 0 root",
    "3 today today NOUN NN 2 obl:tmod",
)
READINGS: dict[str, Reading] = {
    "Ministers": ("NOUN", "NNS", "minister", 3, "nsubj"),
    "do": ("AUX", "VBP", "do", 2, "cop"),  # relation
    "n't": ("PART", "RB", "n't", 1, "advmod"),  # lemma
    "agree": ("VERB", "VBP", "agree", 0, "ROOT"),  # XPOS
    ".": ("PUNCT", ".", ".", -1, "punct"),
    "Talks": ("NOUN", "NNS", "Talks", 2, "nsubj"),  # lemma, head
    "resume": ("NOUN", "VBP", "resumed", 0, "ROOT"),  # UPOS; the lemma is open in the treebank
    "today": ("NOUN", "NNP", "Today", -1, "obl"),  # XPOS, lemma, subtype of the relation
}


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    return write_conllu(tmp_path / "a.conllu", *TREEBANK)


def test_each_measure_counts_its_own_errors_of_eight_words(treebank: Path) -> None:
    nlp = reading_by_form(READINGS, starts=["Ministers", "Talks"])
    assert evaluate(treebank, nlp) == (
        2,
        {
            "upos_acc": 87.5,
            "xpos_acc": 75,
            "lemma_acc": 62.5,
            "uas": 87.5,
            "las": 75,
            "las_subtypes": 62.5,
            "sentence_f1": 100,
            "tokens_f1": 100,
        },
    )


def test_a_root_is_its_own_head_and_none_other(treebank: Path) -> None:
    readings = READINGS | {"today": ("NOUN", "NN", "today", 0, "ROOT")}
    metrics = evaluate(treebank, reading_by_form(readings, starts=["Ministers"]))[1]
    assert metrics["uas"] == 75
    only_today = READINGS | {"resume": ("VERB", "VBP", "resume", 1, "ROOT")}
    assert evaluate(treebank, reading_by_form(only_today, starts=["Ministers"]))[1]["uas"] == 75


def test_a_sentence_counts_where_both_its_ends_agree(treebank: Path) -> None:
    readings = {"agree": READINGS["agree"]}  # heads would join sentences again
    # found: 'Ministers don't agree.', 'Talks resume', 'today'; right is the first of the two
    nlp = reading_by_form(readings, starts=["Ministers", "Talks", "today"])
    assert evaluate(treebank, nlp)[1]["sentence_f1"] == 40
    # found: all as one
    nlp = reading_by_form(readings, starts=["Ministers"])
    assert evaluate(treebank, nlp)[1]["sentence_f1"] == 0


def test_tokens_are_compared_in_raw_text_and_given_for_the_rest(tmp_path: Path) -> None:
    path = write_conllu(
        tmp_path / "a.conllu",
        "1 post-war post-war ADJ JJ 2 amod",
        "2 talks talk NOUN NNS 0 root",
    )
    readings: dict[str, Reading] = {
        "post-war": ("ADJ", "JJ", "post-war", 1, "amod"),
        "talks": ("NOUN", "NNS", "talk", 0, "ROOT"),
    }
    metrics = evaluate(path, reading_by_form(readings, starts=["post"]))[1]
    # spaCy: post - war talks; one of two tokens is among these four
    assert (metrics["tokens_f1"], metrics["sentence_f1"]) == (33.33, 100)
    assert (metrics["las"], metrics["upos_acc"]) == (100, 100)


def test_words_become_tokens_with_spaces_paragraphs_and_sentence_starts(treebank: Path) -> None:
    (document,) = read(treebank, spacy.blank("en").vocab)
    assert document.doc.text.strip(" ") == "Ministers don't agree.\n\nTalks resume today"
    assert [token.text for token in document.doc][4:7] == [".", "\n\n", "Talks"]
    assert [token.i for token in document.doc if token.is_sent_start] == [0, 6]
    assert document.positions == (0, 1, 2, 3, 4, 6, 7, 8)
    assert document.heads == (3, 3, 3, 3, 3, 7, 7, 7)
    # MinistersandTheRest: 9 + 2 + 3 + 5 + 1 characters, then 5 + 6 + 5
    assert boundaries(document.doc) == (
        {(0, 20), (20, 36)},
        {(0, 9), (9, 11), (11, 14), (14, 19), (19, 20), (20, 25), (25, 31), (31, 36)},
    )


def test_white_space_is_neither_token_nor_sentence() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["So", "\n\n", "no"], sent_starts=[True] * 3)
    assert boundaries(doc) == ({(0, 2), (2, 4)}, {(0, 2), (2, 4)})


@pytest.mark.parametrize(
    ("marks", "texts"),
    [
        (["# newdoc", "", "# newpar"], ["a b\n\nc"]),
        (["# newdoc", "", "# newdoc"], ["a b", "c"]),
        (["", "", "# newdoc"], ["a b", "c"]),
        (["# newpar", "# newpar", ""], ["a", "b c"]),
        (["", "", ""], ["a b c"]),
    ],
)
def test_documents_else_paragraphs_else_all(
    tmp_path: Path, marks: list[str], texts: list[str]
) -> None:
    lines: list[str] = []
    for form, mark in zip("abc", marks, strict=True):
        lines += [*([mark] if mark else []), f"1 {form} {form} X X 0 root", ""]
    path = write_conllu(tmp_path / "a.conllu", *lines)
    found = [document.doc.text.strip(" ") for document in read(path, spacy.blank("en").vocab)]
    assert found == texts


def test_a_folder_is_measured_as_one(treebank: Path) -> None:
    write_conllu(treebank.with_name("b.conllu"), "1 Talks talk NOUN NNS 0 root")
    treebank.with_name("c.txt").write_text("no treebank")
    # the one word more has everything right but its lemma: heads 8 of 9, lemmas 5 of 9
    readings = READINGS | {"Talks": ("NOUN", "NNS", "Talks", 0, "ROOT")}
    items, metrics = evaluate(treebank.parent, reading_by_form(readings, starts=["Talks"]))
    assert items == 3
    assert (metrics["uas"], metrics["lemma_acc"]) == (88.89, 55.56)


def test_a_text_may_be_longer_than_spacy_takes(treebank: Path) -> None:
    nlp = reading_by_form(READINGS, starts=["Ministers", "Talks"])
    nlp.max_length = 10
    assert evaluate(treebank, nlp)[1]["tokens_f1"] == 100


def test_what_a_pipeline_does_not_set_is_no_zero(treebank: Path) -> None:
    readings = {form: ("", "", "", *reading[3:]) for form, reading in READINGS.items()}
    metrics = evaluate(treebank, reading_by_form(readings, starts=["Ministers"]))[1]
    assert (metrics["upos_acc"], metrics["xpos_acc"], metrics["lemma_acc"]) == (None, None, None)
    assert metrics["uas"] == 87.5


def test_a_pipeline_without_parser_is_told_what_it_lacks(treebank: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    with pytest.raises(EvaluationError, match=r"sets heads.*`parser`; it has: sentencizer"):
        evaluate(treebank, nlp)


def test_a_pipeline_that_joins_tokens_is_refused(treebank: Path) -> None:
    nlp = reading_by_form(READINGS, starts=[])
    nlp.add_pipe("test_joins")
    with pytest.raises(EvaluationError, match="en_pipeline parts or joins"):
        evaluate(treebank, nlp)


def test_missing_and_empty_files_are_named(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    with pytest.raises(EvaluationError, match=r"no file in it is named \*\.conllu"):
        evaluate(tmp_path, nlp)
    with pytest.raises(EvaluationError, match="gone: no such file or folder"):
        evaluate(tmp_path / "gone", nlp)
    (tmp_path / "empty.conllu").write_text("\n# newdoc\n\n")
    with pytest.raises(EvaluationError, match=r"empty\.conllu: no sentence in it"):
        evaluate(tmp_path, nlp)
