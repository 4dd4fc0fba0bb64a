"""Paths, settings and lakes that cannot be used: one line that names them and what to do."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.settings import Settings
from tests.flows.given import BODY, ask, command, json_lines, record, take_in, text_file
from warehouse.lake import open_lake


def error_of(*arguments: str | Path, status: int = 1) -> str:
    """Call a command that must fail, and return the one line that says why."""
    done = command(*arguments)
    assert (done.status, done.out) == (status, ""), done
    assert done.err.startswith("demarche: error: ")
    assert done.err.count("\n") == 1
    return done.err.removeprefix("demarche: error: ").rstrip()


def run_error(data: Path, source: Path | str, *options: str, status: int = 1) -> str:
    return error_of("run", source, "--data-dir", data, "--no-prefect", *options, status=status)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative paths start in a folder of the test's own."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "data", symlinks=True))


@pytest.fixture
def more(tmp_path: Path) -> Path:
    return text_file(tmp_path / "in", "more.txt", "Other matters", BODY.replace("Doha", "Rome"))


def articles(data: Path) -> list[tuple[object, ...]]:
    return ask(Settings(data_dir=data), "SELECT title FROM articles ORDER BY 1")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nowhere", "nowhere: no such file or folder; check the path"),
        ("", "a source has an empty name; give a file, folder or glob"),
        ("bare", "bare: no supported file found; supported: .txt"),
        ("*.txt", "*.txt: no supported file found; supported: .txt"),
        ("a.pdf", "a.pdf: this ending is not supported; supported: .txt"),
        ("n" * 300, "File name too long; check the path and its rights"),
        ("a\0b", "no such file or folder; check the path"),
    ],
)
def test_a_path_that_leads_nowhere_is_named_before_anything_is_made(
    tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "a.pdf").write_text("x")
    assert words in run_error(tmp_path / "data", name)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("DEMARCHE_BATCHSIZE", "5", "unknown setting 'batchsize' (environment); did you mean"),
        ("DEMARCHE_BATCH_SIZE", "five", "'batch_size' (environment): Input should be a valid int"),
        ("DEMARCHE_MEMORY_LIMIT", "lots", "got 'lots'; it is: memory that DuckDB may take"),
        ("DEMARCHE_LANGUAGES", "en,english", "got 'english'; it is: languages taken in"),
        ("DEMARCHE_LANGUAGES", "", "got ''; it is: languages taken in"),
        ("DEMARCHE_DATA_DIR", "a?b", "DuckDB takes no '?'"),
        ("DEMARCHE_CONFIG", "none.toml", "no settings file at none.toml"),
    ],
)
def test_a_wrong_setting_is_named_with_its_origin(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, words: str
) -> None:
    monkeypatch.setenv(variable, value)
    assert words in error_of("run", "in", "--no-prefect", status=2)


def test_a_wrong_setting_of_the_file_or_a_flag_is_named(tmp_path: Path, more: Path) -> None:
    config = tmp_path / "demarche.toml"
    config.write_text('colour = "red"')
    assert f"unknown setting 'colour' ({config.name})" in error_of("run", status=2)
    config.write_text("batch_size = [")
    assert "is not valid TOML" in error_of("run", status=2)
    config.unlink()
    assert "--colour" in error_of("run", more, "--colour", status=2)
    assert "'--batch-size'" in error_of("run", more, "--batch-size", "0", status=2)
    assert "'title' is not FIELD=COLUMN" in run_error(tmp_path, more, "--map", "title", status=2)
    assert "unknown field headline" in run_error(tmp_path / "d", more, "--map", "headline=title")
    assert not (tmp_path / "d").exists()


IN_THE_WAY = "; move what is in the way or choose another --data-dir"


@pytest.mark.parametrize("part", [".", "lake", "lake/data", "lake/writer.lock"])
def test_what_stands_in_the_way_of_a_lake_is_named(tmp_path: Path, more: Path, part: str) -> None:
    place = tmp_path / "data" / part
    place.parent.mkdir(parents=True, exist_ok=True)
    if part == "lake/writer.lock":
        place.mkdir()
    else:
        place.write_text("")
    line = run_error(tmp_path / "data", more)
    assert str(place) in line
    assert line.endswith(IN_THE_WAY)


def test_what_stands_in_the_way_of_raw_bytes_or_publication_is_named(
    data: Path, more: Path
) -> None:
    for part in ("raw", "publish"):
        (data / part).rename(data / f"{part}.aside")
        (data / part).write_text("")
    line = error_of("ingest", more, "--data-dir", data, "--no-prefect")
    assert line.startswith(f"cannot keep raw bytes in {data / 'raw'}")
    assert line.endswith(IN_THE_WAY)
    line = error_of("publish", "--data-dir", data, "--no-prefect")
    assert line == f"cannot publish to {data / 'publish'}: File exists{IN_THE_WAY}"
    for part in ("raw", "publish"):
        (data / part).unlink()
        (data / f"{part}.aside").rename(data / part)
    take_in(data, more, flow="ingest")
    assert articles(data) == [("Other matters",), ("Talks go on",)]


def test_a_data_folder_without_right_to_write_is_named_and_readable(data: Path, more: Path) -> None:
    bind = ["mount", "--bind", str(data), str(data)]
    if os.geteuid() or subprocess.run(bind, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a folder read-only")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(data)], check=True)
        assert "Read-only file system; give this user write permission" in run_error(data, more)
        answer = command("who", "Russia", "--data-dir", data)
        assert "reading the publication" in answer.err
        assert "state:rus" in answer.out
    finally:
        subprocess.run(["umount", str(data)], check=True)
    take_in(data, more, flow="ingest")
    assert articles(data) == [("Other matters",), ("Talks go on",)]


def newer(data: Path) -> None:
    with open_lake(Settings(data_dir=data).location) as lake:
        lake.con.execute("UPDATE lake.lake_info SET schema_version = 99")


def newer_format(data: Path) -> None:
    with sqlite3.connect(data / "lake/catalog.sqlite") as catalog:
        catalog.execute("UPDATE ducklake_metadata SET value = '9.0' WHERE key = 'version'")
    catalog.close()


def garbage(data: Path) -> None:
    (data / "lake/catalog.sqlite").write_bytes(b"garbage " * 1000)


def emptied(data: Path) -> None:
    (data / "lake/catalog.sqlite").write_bytes(b"")


def foreign(data: Path) -> None:
    (data / "lake/catalog.sqlite").unlink()
    with sqlite3.connect(data / "lake/catalog.sqlite") as other:
        other.execute("CREATE TABLE foo (x)")
    other.close()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (newer, "written by a newer demarche (schema 99, this one knows"),
        (newer_format, "written by another version of DuckLake"),
        (garbage, "catalog.sqlite cannot be read (file is not a database)"),
        (emptied, "no catalogue of them: bring it back from a backup"),
        (foreign, "is an SQLite database of something else; choose another catalog"),
    ],
)
def test_a_lake_that_is_not_ours_to_write_is_left_alone_and_the_publication_read(
    data: Path, more: Path, spoil: Callable[[Path], None], words: str
) -> None:
    spoil(data)
    before = (data / "lake/catalog.sqlite").read_bytes()
    assert words in run_error(data, more)
    assert (data / "lake/catalog.sqlite").read_bytes() == before
    answer = command("sql", "SELECT title FROM articles", "--csv", "--data-dir", data)
    assert answer.out == "title\r\nTalks go on\r\n"
    assert answer.err.startswith("demarche: reading the publication ")


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"PAR1" * 99)])
def test_a_lost_data_file_is_named_by_whoever_needs_it(
    data: Path, harm: Callable[[Path], object]
) -> None:
    (file,) = (data / "lake/data/main/articles").glob("*.parquet")
    kept = file.read_bytes()
    harm(file)
    for line in (
        error_of("sql", "SELECT text FROM articles", "--data-dir", data),
        error_of("publish", "--force", "--data-dir", data, "--no-prefect"),
    ):
        assert file.name in line
        assert "bring it back from a backup" in line
    file.write_bytes(kept)
    assert articles(data) == [("Talks go on",)]


def test_a_broken_publication_is_made_anew(data: Path) -> None:
    current = data / "publish/current"
    (current / "manifest.json").write_text('{"rows": {}}')
    for _ in range(2):
        done = command("publish", "--no-prefect", "--data-dir", data)
        assert done.out.startswith("published snapshot ")
        (current / "demarche.duckdb").unlink()


def test_the_publication_of_another_lake_is_replaced(data: Path, more: Path) -> None:
    shutil.rmtree(data / "lake")
    assert take_in(data, more)["published"]["is_new"]
    (data / "lake/catalog.sqlite").unlink()
    answer = command("sql", "SELECT title FROM articles", "--csv", "--data-dir", data)
    assert answer.out == "title\r\nOther matters\r\n"


def test_lost_raw_bytes_refuse_one_item_and_spoil_none(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = json_lines(tmp_path / "in.jsonl", record(1, language="fr"), record(2, language="fr"))
    take_in(data, file, flow="ingest")
    refs = ask(Settings(data_dir=data), "SELECT raw_ref FROM rejections ORDER BY item_ref")
    (data / "raw" / refs[0][0][:2] / f"{refs[0][0]}.zst").write_bytes(b"")
    monkeypatch.setenv("DEMARCHE_LANGUAGES", "en, fr")
    assert command("retry", "--data-dir", data).status == 0
    assert articles(data) == [("Report 2",), ("Talks go on",)]


ODD = "it's a \"q\" 100% ü; DROP -- 😀 {x} $HOME *[a] #1&='"


def test_odd_characters_in_paths_do_no_harm(tmp_path: Path) -> None:
    folder = tmp_path / ODD
    text_file(folder, f"{ODD[:20]}\n.txt", "Talks go on")
    (folder / os.fsdecode(b"\xff.txt")).write_text(f"Other\n\n{BODY.replace('Doha', 'Rome')}")
    data = folder / "data"
    assert take_in(data, folder)["counts"]["processed"] == 2
    assert command("maintain", "--data-dir", data).status == 0
    assert command("who", "Russia", "--data-dir", data).err == ""


def test_our_own_data_are_no_source(data: Path, more: Path) -> None:
    summary = take_in(data, data.parent, flow="ingest")
    assert summary["counts"]["items"] == 1
    assert more.is_file()
