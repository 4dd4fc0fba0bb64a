"""`demarche report`: the file it writes, and what it says where it cannot."""

from pathlib import Path

import pytest

from tests.cli.conftest import call
from tests.reporting.given import Given, content_of, rows_of


def write(given: Given, file: Path, *arguments: str) -> str:
    outcome = call("report", str(file), *arguments, "--data-dir", str(given.data_dir))
    assert outcome.status == 0, outcome.err
    assert f"in {file}" in outcome.err
    assert outcome.out == ""
    return file.read_text(encoding="utf-8")


def test_an_old_file_gives_way_and_nothing_is_left_beside(given: Given, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text("old")
    page = write(given, file)
    assert page.startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_the_same_publication_gives_the_same_bytes(
    given: Given, written: Path, tmp_path: Path
) -> None:
    assert write(given, tmp_path / "again.html") == written.read_text(encoding="utf-8")


def test_since_counts_from_that_day_on(given: Given, tmp_path: Path) -> None:
    page = write(given, tmp_path / "a.html", "--since", "2024-03-07")
    assert "All that was read, since 2024-03-07" in page
    marks = rows_of(content_of(page), "stance")
    (ruritania,) = [mark for mark in marks if mark["holder"] == "Ruritania"]
    assert ruritania["label"] == "Ruritania on Freedonia: mean -0.89, 6 positions"
    assert len(rows_of(content_of(page), "timeline")) == 8  # events, and the change of that day


def test_about_leaves_out_what_is_not_about_it(given: Given, tmp_path: Path) -> None:
    page = write(given, tmp_path / "a.html", "--about", "state:syl")
    content = content_of(page)
    assert [mark["target"] for mark in rows_of(content, "stance")] == ["Freedonia"]
    assert "Ruritania on Freedonia" not in page
    assert "of all items, whoever they are about" in page.lower()


def test_a_name_without_any_article_makes_a_page_that_says_so(given: Given, tmp_path: Path) -> None:
    page = write(given, tmp_path / "a.html", "--since", "2030-01-01")
    for words in (
        "0 articles",
        "No sentence names two entities.",
        "No position is sure enough to be counted.",
        "Nothing has a day.",
        "No statement was found.",
    ):
        assert words in page


def test_an_unknown_name_is_an_error(given: Given, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    outcome = call("report", str(file), "--about", "Ruritanai", "--data-dir", str(given.data_dir))
    assert outcome.status == 1
    assert "Ruritania" in outcome.err
    assert not file.exists()


def test_without_a_publication_the_error_says_what_to_do(tmp_path: Path) -> None:
    outcome = call("report", str(tmp_path / "a.html"), "--data-dir", str(tmp_path))
    assert outcome.status == 1
    assert "nothing is published" in outcome.err
    assert "demarche publish" in outcome.err
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize("name", ["report", "report.pdf", "report.html/.."])
def test_only_html_is_written(given: Given, tmp_path: Path, name: str) -> None:
    outcome = call("report", str(tmp_path / name), "--data-dir", str(given.data_dir))
    assert outcome.status == 2
    assert "not named as an .html file" in outcome.err


def test_a_folder_that_is_not_there_is_an_error(given: Given, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "report.html"
    outcome = call("report", str(file), "--data-dir", str(given.data_dir))
    assert outcome.status == 1
    assert "No such file or directory" in outcome.err


def test_a_folder_of_that_name_stays(given: Given, tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    outcome = call("report", str(tmp_path / "report.html"), "--data-dir", str(given.data_dir))
    assert outcome.status == 1
    assert "irectory" in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
