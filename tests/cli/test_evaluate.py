import gzip
import json
from pathlib import Path

import pytest

from flows.cli.main import main
from flows.evaluation.extraction import scores
from tests.ingest.given import MORE, PROSE


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
