"""The same utterance in several articles, through the whole pipeline."""

from pathlib import Path
from typing import Any

from flows import pipeline
from flows.settings import Settings
from tests.flows.given import ask, json_lines, table_digests

SAID = "We shall keep the border open for as long as the people on both sides need it"
ARTICLES = [
    ("https://gazette.example/1", "2021-10-21", "Gazette",
     f"“{SAID},” Sergei Lavrov said on Thursday after two days of talks with his guests."),
    ("https://herald.example/1", "2021-10-20", "Herald",
     f"The talks ended at noon. “{SAID},” Sergei Lavrov told reporters in the old harbour."),
    ("https://post.example/1", "2021-10-22", "Post",
     "Nobody signed anything. “We shall keep the border open,” Sergei Lavrov said, “for as long "
     "as the people on both sides need it.”"),
]  # fmt: skip


def rows(numbers: tuple[int, ...]) -> list[dict[str, Any]]:
    return [
        {"url": url, "published_at": day, "publisher": publisher, "title": f"Talks, {day}",
         "text": f"{text} The next round is to be held in spring, in a town yet to be named."}
        for url, day, publisher, text in (ARTICLES[number] for number in numbers)
    ]  # fmt: skip


def run(settings: Settings, path: Path) -> None:
    assert pipeline.run(settings, pipeline.sources_of(settings, [str(path)])).status == "succeeded"


def test_an_utterance_is_told_across_articles_in_whatever_order_they_come(
    settings: Settings, tmp_path: Path
) -> None:
    run(settings, json_lines(tmp_path / "late.jsonl", *rows((0, 2))))
    (first,) = ask(
        settings,
        "SELECT utterance_id, first_publisher, articles FROM utterances WHERE articles > 1",
    )
    assert first[1:] == ("Gazette", 2)
    run(settings, json_lines(tmp_path / "early.jsonl", *rows((1,))))
    found = ask(
        settings,
        """SELECT first_publisher, articles, outlets, wordings, largest_drift, speakers
        FROM utterances WHERE articles > 1""",
    )
    assert found == [("Herald", 3, 3, 1, 0.0, 1)]
    other = settings.model_copy(update={"data_dir": tmp_path / "other"})
    run(other, json_lines(tmp_path / "all.jsonl", *rows((1, 2, 0))))
    assert table_digests(other)["utterance_links"] == table_digests(settings)["utterance_links"]
