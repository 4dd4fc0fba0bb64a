import gzip
import json
from pathlib import Path

import pytest
from spacy.language import Language

from flows.cli.main import main
from flows.evaluation.extraction import scores
from flows.evaluation.labels import LABEL_SETS
from tasks.records import Annotations
from tests.evaluation.given import naming, reading_by_form, write_bio, write_conllu
from tests.evaluation.given_mentions import write_meantime
from tests.ingest.given import MORE, PROSE
from warehouse.tables import Article


def test_runs_of_four_words_count_as_often_as_they_occur() -> None:
    # marked: abcd bcde; found: abcd bcdx
    assert scores([("a b c d e", "a, b: c d x")]) == {"precision": 50, "recall": 50, "f1": 50}
    # marked: aaaa twice; found: aaaa once
    assert scores([("a a a a a", "a a a a")]) == {"precision": 100, "recall": 50, "f1": 66.67}


def test_pages_weigh_the_same_however_long_they_are() -> None:
    long, short = "a b c d e f g h", "one two"
    # recalls 1/5 and 1, precisions 1 and 1
    assert scores([(long, "a b c d"), (short, short)])["recall"] == 60


def test_a_page_on_which_nothing_was_found_has_no_precision() -> None:
    assert scores([("a b c d", ""), ("a b c d", "a b c d")]) == {
        "precision": 100,
        "recall": 50,
        "f1": 66.67,
    }
    assert scores([("a b c d", "")]) == {"precision": 0, "recall": 0, "f1": 0}


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    folder = tmp_path / "articles" / "html-extraction"
    (folder / "html").mkdir(parents=True)
    page = f"<html><body><article><h1>Title</h1><p>{PROSE}</p><p>{MORE}</p></article></body></html>"
    (folder / "html" / "p.html.gz").write_bytes(gzip.compress(page.encode()))
    truth = {"p": {"articleBody": f"{PROSE}\n\n{MORE}"}}
    (folder / "ground-truth.json").write_text(json.dumps(truth))
    return tmp_path


@pytest.mark.parametrize("below", [".", "articles", "articles/html-extraction"])
def test_extraction_is_measured_on_marked_pages(
    marked: Path, below: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "extraction", "--data", str(marked / below), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["task", "data", "items", "model_version", "seconds", "metrics"]
    assert (found["task"], found["items"]) == ("extraction", 1)
    assert found["metrics"] == {"precision": 100, "recall": 100, "f1": 100}


def test_people_get_lines(marked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "extraction", "--data", str(marked)]) == 0
    assert "f1         100.00" in capsys.readouterr().out


def test_an_unknown_task_names_those_there_are(
    marked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "juggling", "--data", str(marked)]) == 2
    assert "no 'juggling'; measured are: extraction" in capsys.readouterr().err


@pytest.mark.parametrize("truth", [None, "{", "[1]", '{"q": {"articleBody": "x"}}', '{"p": 1}'])
def test_data_that_are_not_there_or_broken_are_one_line(
    marked: Path, truth: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = marked / "articles" / "html-extraction" / "ground-truth.json"
    path.unlink()
    if truth is not None:
        path.write_text(truth)
    assert main(["evaluate", "extraction", "--data", str(marked)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("demarche: error: ")
    assert error.count("\n") == 1


@pytest.fixture
def pipelines(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The names that are asked for; whichever it is, Oslo is a GPE and its own root."""
    asked: list[str | None] = []

    def load(model: str | None, *, as_is: bool) -> Language:
        assert as_is
        asked.append(model)
        nlp = naming({"Oslo": "GPE"})
        reading = ("PROPN", "NNP", "Oslo", 0, "ROOT")
        nlp.add_pipe("test_by_form", config={"readings": {"Oslo": reading}, "starts": ["Oslo"]})
        return nlp

    monkeypatch.setattr("tasks.language.load_language", load)
    monkeypatch.setattr("tasks.language.language_version", lambda _: "oslo-1")
    return asked


def test_syntax_is_measured_on_treebanks(
    tmp_path: Path, pipelines: list[str | None], capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_conllu(tmp_path / "a.conllu", "1 Oslo Oslo PROPN NNP 0 root")
    assert main(["evaluate", "syntax", "--data", str(path), "--json", "--model", "en_x"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["task", "data", "items", "model_version", "seconds", "metrics"]
    assert (found["task"], found["items"], found["model_version"]) == ("syntax", 1, "oslo-1")
    assert set(found["metrics"].values()) == {100}
    assert pipelines == ["en_x"]


def test_names_are_measured_and_shown_by_label(
    tmp_path: Path, pipelines: list[str | None], capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_bio(tmp_path / "a.txt", "Oslo/B-TOWN Riga/B-LOC")
    arguments = ["evaluate", "ner", "--data", str(path), "--labels", "conll"]
    assert main([*arguments, "--labels", "TOWN=LOC"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"ner on 1 items of {path}, ")
    assert lines[1:5] == [
        "precision       100.00",
        "recall           50.00",
        "f1               66.67",
        "f1_without_misc  66.67",
    ]
    assert lines[5:7] == ["", "label  precision  recall     f1  items"]
    assert lines[9] == "LOC        100.0    50.0  66.67      2"
    assert pipelines == [None]
    assert main(arguments) == 1
    assert "no common label for 'TOWN'" in capsys.readouterr().err


def test_a_pipeline_that_has_names_only_is_measured_by_its_own_labels(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    naming({"Monday": "DATE", "Oslo": "FAC"}).to_disk(tmp_path / "model")
    path = write_bio(tmp_path / "a.txt", "Monday/B-DATE Oslo/B-GPE")
    arguments = ["evaluate", "ner", "--data", str(path), "--labels", "ontonotes", "--json"]
    assert main([*arguments, "--model", str(tmp_path / "model")]) == 0
    scores = json.loads(capsys.readouterr().out)["metrics"]["per_label"]
    assert {label: row["f1"] for label, row in scores.items() if row["items"]} == {
        "DATE": 100,
        "GPE": 0,
    }


def test_a_measure_of_what_a_pipeline_does_not_set_is_shown_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readings = {"Oslo": ("", "NNP", "Oslo", 0, "ROOT")}
    nlp = reading_by_form(readings, starts=["Oslo"])
    monkeypatch.setattr("tasks.language.load_language", lambda _, as_is: nlp)  # noqa: ARG005
    monkeypatch.setattr("tasks.language.language_version", lambda _: "x")
    path = write_conllu(tmp_path / "a.conllu", "1 Oslo Oslo PROPN NNP 0 root")
    assert main(["evaluate", "syntax", "--data", str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[1:3] == [
        "upos_acc     not set",
        "xpos_acc     100.00",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extraction", "--model", "en_x"], "extraction has no model"),
        (["extraction", "--labels", "conll"], "extraction has no labels"),
        (["syntax", "--labels", "conll"], "syntax has no labels"),
    ],
)
def test_options_of_another_task_are_refused(
    marked: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", *arguments, "--data", str(marked)]) == 2
    assert message in capsys.readouterr().err


def test_the_help_lists_the_sets_of_labels(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--help"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert [name for name in LABEL_SETS if name not in shown] == []


def test_entities_are_measured_on_marked_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str | None] = []

    class Nothing:
        """An annotator that finds no mention."""

        model_version = "none-1"

        def __init__(self, *, model: str | None) -> None:
            asked.append(model)

        def annotate(self, _: Article) -> Annotations:
            return Annotations()

    monkeypatch.setattr("tasks.extract.annotate.Annotator", Nothing)
    path = write_meantime(tmp_path / "a.xml")
    assert main(["evaluate", "entities", "--data", str(path), "--json", "--model", "en_x"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["task", "data", "items", "model_version", "seconds", "metrics"]
    assert (found["task"], found["items"], found["model_version"]) == ("entities", 1, "none-1")
    assert {"mention_f1", "coref_conll_f1", "pronoun_f1", "nominal_f1"} <= set(found["metrics"])
    assert set(found["metrics"].values()) == {0}
    assert asked == ["en_x"]
