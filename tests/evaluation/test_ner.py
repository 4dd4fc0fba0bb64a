from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from flows.evaluation.errors import EvaluationError
from flows.evaluation.ner import evaluate
from tests.evaluation.given import naming, write_bio

MARKED = (
    "Anna/B-PER Berg/I-PER saw/O Oslo/B-LOC ./O",
    "The/O Northern/B-ORG Guild/I-ORG met/O Swedish/B-MISC envoys/O",
)
NAMES = {
    "Anna Berg": "PERSON",
    "Oslo": "GPE",
    "Guild": "ORG",  # one token short
    "Swedish": "NORP",
    "envoys": "DATE",  # of no label of the file
}
ALL = {"precision": 100, "recall": 100, "f1": 100}
NONE = {"precision": 0, "recall": 0, "f1": 0}


def test_names_count_with_exact_span_and_label(tmp_path: Path) -> None:
    path = write_bio(tmp_path / "a.txt", *MARKED)
    items, metrics = evaluate(path, naming(NAMES))
    assert items == 2
    # right: 3 of 4 marked and 4 found; without MISC 2 of 3 and 3
    assert metrics == {
        "precision": 75,
        "recall": 75,
        "f1": 75,
        "f1_without_misc": 66.67,
        "per_label": {
            "PER": ALL | {"items": 1},
            "ORG": NONE | {"items": 1},
            "LOC": ALL | {"items": 1},
            "MISC": ALL | {"items": 1},
        },
    }


def test_a_wrong_label_costs_precision_of_one_and_recall_of_the_other(tmp_path: Path) -> None:
    path = write_bio(tmp_path / "a.txt", "Oslo/B-LOC met/O Riga/B-LOC Bank/B-ORG")
    metrics = evaluate(path, naming({"Oslo": "GPE", "Riga": "ORG", "Bank": "ORG"}))[1]
    assert metrics["per_label"]["LOC"] == {
        "precision": 100,
        "recall": 50,
        "f1": 66.67,
        "items": 2,
    }
    assert metrics["per_label"]["ORG"] == {
        "precision": 50,
        "recall": 100,
        "f1": 66.67,
        "items": 1,
    }


def test_labels_that_the_file_does_not_mark_cost_nothing(tmp_path: Path) -> None:
    path = write_bio(tmp_path / "a.txt", "Swedish/O envoys/O saw/O Oslo/B-LOC")
    metrics = evaluate(path, naming(NAMES))[1]
    assert list(metrics["per_label"]) == ["PER", "ORG", "LOC"]
    assert metrics["precision"] == 100
    assert "f1_without_misc" not in metrics


def test_options_choose_and_change_the_labels(tmp_path: Path) -> None:
    path = write_bio(tmp_path / "a.txt", "Oslo/B-PORT saw/O Swedish/B-MISC envoys/O")
    with pytest.raises(EvaluationError, match=r"a\.txt: no common label for 'PORT'"):
        evaluate(path, naming(NAMES))
    metrics = evaluate(path, naming(NAMES), labels=["PORT=LOC"])[1]
    assert metrics["per_label"]["LOC"] == ALL | {"items": 1}
    metrics = evaluate(path, naming(NAMES), labels=["conll", "PORT="])[1]
    # Oslo is found as LOC and not marked
    assert (metrics["precision"], metrics["recall"]) == (50, 100)


def test_a_folder_is_searched_to_its_bottom(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    write_bio(tmp_path / "a.txt", MARKED[0])
    write_bio(tmp_path / "below" / "b.conll", MARKED[1])
    write_bio(tmp_path / "below" / "c.iob2", "Riga/B-LOC")
    write_bio(tmp_path / "below" / "d.bio", "No/O")
    (tmp_path / "README.md").write_text("not marked")
    items, metrics = evaluate(tmp_path, naming(NAMES))
    # four are found, three of them right, of five that are marked
    assert (items, metrics["precision"], metrics["recall"]) == (4, 75, 60)
    write_bio(tmp_path / "below" / "d.bio", "Vasa/B-SHIP")
    with pytest.raises(EvaluationError, match=r"below/d\.bio: no common label for 'SHIP'"):
        evaluate(tmp_path, naming(NAMES))


def test_the_text_of_the_file_gives_the_spacing_else_a_guess(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("test_leaning_names")
    rows = "1\tA\tB-ORG\t-\t-\n2\t-\tB-ORG\t-\t-\n3\tB\tO\t-\t-\n"
    path = tmp_path / "a.iob2"
    path.write_text(f"# text = A-B\n{rows}")
    assert evaluate(path, nlp)[1]["f1"] == 100
    path.write_text(rows)  # a dash between words is taken to be spaced
    assert evaluate(path, nlp)[1]["f1"] == 0
    path.write_text(f"# text = A-Z\n{rows}")  # of another sentence
    assert evaluate(path, nlp)[1]["f1"] == 0


def test_a_sentence_of_the_file_is_one_whatever_the_pipeline_makes_of_it(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("test_first_names")
    path = write_bio(tmp_path / "a.txt", "No/B-ORG ./O Yes/O ./O", "Oslo/B-ORG")
    assert evaluate(path, nlp)[1]["f1"] == 100


def test_a_pipeline_without_ner_is_told_what_it_lacks(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    path = write_bio(tmp_path / "a.txt", *MARKED)
    with pytest.raises(EvaluationError, match=r"en_pipeline sets names.*`ner`; it has: none"):
        evaluate(path, nlp)


def test_missing_and_empty_files_are_named(tmp_path: Path) -> None:
    nlp = naming(NAMES)
    with pytest.raises(EvaluationError, match=r"named \*\.txt, \*\.conll, \*\.iob2, \*\.bio"):
        evaluate(tmp_path, nlp)
    (tmp_path / "empty.txt").write_text("\n")
    with pytest.raises(EvaluationError, match=r"empty\.txt: no sentence in it"):
        evaluate(tmp_path, nlp)


@Language.component("test_first_of_document")
def name_the_first_token(doc: Doc) -> Doc:
    """Make a name of the first token of the document."""
    doc.ents = [Span(doc, 0, 1, "ORG")]
    return doc


def test_documents_are_read_whole_where_the_file_marks_them(tmp_path: Path) -> None:
    text = "# newdoc\nRiga\tB-ORG\nmet\tO\n\nIt\tO\nled\tO\n\n# newdoc\nOslo\tB-ORG\n"
    path = tmp_path / "a.iob2"
    path.write_text(text, encoding="utf-8")
    nlp = spacy.blank("en")
    nlp.add_pipe("test_first_of_document")
    items, metrics = evaluate(path, nlp)
    assert (items, metrics["f1"]) == (3, 100)
    path.write_text(text.replace("# newdoc\n", ""), encoding="utf-8")
    assert evaluate(path, nlp)[1]["precision"] == 66.67
