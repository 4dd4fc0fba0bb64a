import json
import os
from pathlib import Path

import pytest
import spacy

from benchmarks.generated import WORDS, articles, write_articles
from benchmarks.result import Options, Result, SkippedError, given_file, show
from benchmarks.speed.crew import Task, Worker
from benchmarks.speed.samples import OURS, SPEED, THEIRS, Samples
from benchmarks.speed.texts import texts
from benchmarks.tables import RUN_COLUMNS, differing
from warehouse.schema import columns
from warehouse.tables import TABLES


def test_an_article_depends_on_its_number_and_the_seed_alone() -> None:
    few = list(articles(3, seed=1))
    many = list(articles(10, seed=1))
    later = list(articles(2, seed=1, first=1))
    assert few == many[:3]
    assert later == many[1:3]
    assert few[0] != next(articles(1, seed=2))


def test_articles_are_long_enough_distinct_and_within_two_years() -> None:
    made = list(articles(300, seed=1))
    assert len({article["text"] for article in made}) == 300
    assert len({article["url"] for article in made}) == 300
    assert min(len(article["text"].split()) for article in made) >= WORDS
    assert max(len(article["text"].split()) for article in made) < 450
    days = [article["published_at"] for article in made]
    assert min(days) < "2023-02-01"
    assert max(days) > "2024-12-01"
    assert max(days) <= "2024-12-31"


def test_no_slot_of_a_pattern_stays_open() -> None:
    text = "".join(article["text"] for article in articles(100, seed=1))
    assert "{" not in text
    assert "}" not in text


def test_articles_are_written_as_json_lines(tmp_path: Path) -> None:
    path = write_articles(tmp_path / "in.jsonl", 5, seed=1)
    assert len(path.read_text(encoding="utf-8").splitlines()) == 5


def test_columns_left_out_of_comparisons_exist() -> None:
    assert {c.name for table in TABLES for c in columns(table)} >= RUN_COLUMNS


def test_differing_names_the_tables() -> None:
    one = {"articles": (2, "a"), "events": (3, "b")}
    assert differing(one, {"articles": (2, "a"), "events": (3, "c")}) == ["events"]
    assert differing(one, {"articles": (1, "a"), "events": (3, "b")}) == ["articles"]


def test_missing_input_is_a_reason_to_skip(tmp_path: Path) -> None:
    with pytest.raises(SkippedError, match="give the folder that holds it with --data"):
        given_file(Options(work=tmp_path), "articles/news.jsonl")
    with pytest.raises(SkippedError, match=r"no articles/news\.jsonl"):
        given_file(Options(work=tmp_path, data=tmp_path), "articles/news.jsonl")


def test_results_show_rows_figures_and_failures() -> None:
    result = Result(
        rows=[{"step": "parse", "s": 1.5}, {"step": "commit", "s": 12000}],
        figures={"articles": 2000},
        failures=["events differs"],
    )
    assert show("scale", result) == (
        "scale:\n"
        "  step    s\n"
        "  parse      1.5\n"
        "  commit  12,000\n"
        "  articles: 2,000\n"
        "  FAILED: events differs"
    )


def test_invented_texts_are_articles_of_500_words_and_of_the_seed() -> None:
    origin, few = texts(Options(work=Path()), 3)
    assert origin == "invented"
    assert all(500 <= len(text.split()) < 600 for text in few)
    assert texts(Options(work=Path()), 5)[1][:3] == few
    assert texts(Options(work=Path(), seed=2), 1)[1] != few[:1]


def test_given_texts_are_read_again_where_there_are_too_few(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    given = ["one " * 100, "too short", "two " * 100]
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in given), encoding="utf-8")
    origin, found = texts(Options(work=tmp_path, data=path), 3)
    assert origin == "news.jsonl"
    assert [text[:3] for text in found] == ["one", "two", "one"]


def test_texts_are_invented_where_the_folder_given_has_none(tmp_path: Path) -> None:
    assert texts(Options(work=tmp_path, data=tmp_path), 1)[0] == "invented"
    with pytest.raises(SkippedError, match="there is no "):
        texts(Options(work=tmp_path, data=tmp_path / "typo"), 1)


def test_given_texts_that_are_all_short_are_a_reason_to_skip(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"text": "Nothing new."}\n', encoding="utf-8")
    with pytest.raises(SkippedError, match=r"no text of 100 words in news\.jsonl"):
        texts(Options(work=tmp_path, data=path), 3)


def test_samples_become_medians_and_parts_have_shares() -> None:
    samples = Samples()
    for ours, theirs in ((100.0, 200.0), (300.0, 400.0), (200.0, 100.0)):
        samples.add("whole", SPEED, OURS, ours)
        samples.add("whole", SPEED, THEIRS, theirs)
    for system in (OURS, THEIRS):
        samples.add_part("slow", system, 100.0)
        samples.add_part("quick", system, 300.0)
    whole, slow, quick = samples.rows()
    assert (whole[OURS], whole[THEIRS], whole["ratio"], whole["spread %"]) == (200, 200, 0.75, 100)
    assert (slow[f"% of {OURS}"], quick[f"% of {OURS}"]) == (75, 25)


def test_a_worker_counts_the_words_of_the_texts_it_is_told_to_read(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "model")
    path = tmp_path / "texts.json"
    path.write_text(json.dumps(["Not this one.", "They agreed.\n\nNobody left.", "Yes."]))
    with Worker(tmp_path / "model", path, sorted(os.sched_getaffinity(0))[:1]) as worker:
        singly, batched, parts = (
            worker.read(Task(way=way, first=1, end=3)) for way in ("singly", "batched", "parts")
        )
        assert 10 < worker.peak_mb < 1_000
    assert singly["words"] == batched["words"] == parts["words"] == 8
    assert parts["sentences"] == 3
    assert list(parts["seconds"]) == ["tokenizer", "sentencizer"]
