"""The same event in several articles, through the whole pipeline."""

from pathlib import Path
from typing import Any

from flows import pipeline
from flows.settings import Settings
from tests.flows.given import ask, json_lines, table_digests

ARTICLES = [
    ("https://gazette.example/1", "2021-10-21", "Gazette",
     "The United States imposed sanctions on Iran on Tuesday over its drones."),
    ("https://herald.example/1", "2021-10-20", "Herald",
     "Washington imposed new sanctions on Tehran yesterday, and named four firms."),
    ("https://post.example/1", "2021-10-23", "Post",
     "Iran was sanctioned by the United States on 19 October."),
    ("https://post.example/2", "2021-12-02", "Post",
     "The United States imposed sanctions on Iran on 1 December."),
]  # fmt: skip


def rows(numbers: tuple[int, ...]) -> list[dict[str, Any]]:
    return [
        {"url": url, "published_at": day, "publisher": publisher, "title": f"News of {day}",
         "text": f"{text} The lamps in the old hall by the {publisher} stayed lit until the "
                 "early morning, as neighbours who could not sleep saw from their windows."}
        for url, day, publisher, text in (ARTICLES[number] for number in numbers)
    ]  # fmt: skip


def run(settings: Settings, path: Path) -> None:
    assert pipeline.run(settings, pipeline.sources_of(settings, [str(path)])).status == "succeeded"


TOLD = """
    SELECT f.publisher, count(DISTINCT e.article_id), count(DISTINCT a.publisher)
    FROM events AS e
    JOIN articles AS a USING (article_id)
    JOIN events AS first ON first.event_id = e.story_id
    JOIN articles AS f ON f.article_id = first.article_id
    WHERE e.action_code = 'SANCTION'
    GROUP BY e.story_id, f.publisher ORDER BY 2"""


def test_a_story_is_told_across_articles_in_whatever_order_they_come(
    settings: Settings, tmp_path: Path
) -> None:
    run(settings, json_lines(tmp_path / "late.jsonl", *rows((0, 2))))
    assert ask(settings, TOLD) == [("Gazette", 2, 2)]
    run(settings, json_lines(tmp_path / "early.jsonl", *rows((3, 1))))
    assert ask(settings, TOLD) == [("Post", 1, 1), ("Herald", 3, 3)]
    other = settings.model_copy(update={"data_dir": tmp_path / "other"})
    run(other, json_lines(tmp_path / "all.jsonl", *rows((1, 2, 0, 3))))
    assert table_digests(other)["story_links"] == table_digests(settings)["story_links"]
