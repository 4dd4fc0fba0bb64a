"""`demarche diff`: what changed between two revisions."""

import json
from pathlib import Path

import pytest

from tests.flows.given import BODY, command, json_lines, record, take_in

ADDED = "Turkey condemned the decision on Tuesday."


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("diff")
    for text, title in ((BODY, "Talks"), (f"{BODY} {ADDED}", "Talks go on"), (BODY, "Talks end")):
        path = json_lines(folder / "news.jsonl", record(1, text=text, title=title), record(2))
        take_in(folder / "data", path, flow="ingest")
    return folder / "data"


def test_the_last_two_revisions_are_compared(data_dir: Path) -> None:
    done = command("diff", "https://news.example/1", "--data-dir", data_dir, "--json")
    (found,) = json.loads(done.out)
    assert (found["from_revision"], found["to_revision"]) == (2, 3)
    assert found["head"] == {"title": ["Talks go on", "Talks end"]}
    assert f"-{ADDED}" in found["text"]
    stances = [row for row in found["rows"] if row["table"] == "stances"]
    assert [(s["change"], s["row"]["holder"], s["row"]["polarity"]) for s in stances] == [
        ("removed", "Turkey", "oppose")
    ]


def test_revisions_can_be_named_and_rows_that_only_moved_are_no_change(data_dir: Path) -> None:
    arguments = ("diff", "https://news.example/1", "--from", "1", "--to", "3")
    done = command(*arguments, "--data-dir", data_dir)
    assert done.out.splitlines() == ["title: Talks -> Talks end"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("https://news.example/2",), "has one revision"),
        (("https://news.example/9",), "there is none"),
        (("https://news.example/1", "--from", "7"), "has no revision 7; it has 1, 2, 3"),
    ],
)
def test_what_is_not_there_is_said(data_dir: Path, arguments: tuple[str, ...], told: str) -> None:
    done = command("diff", *arguments, "--data-dir", data_dir)
    assert (done.status, done.out) == (1, "")
    assert told in done.err
