from pathlib import Path

import pytest

from benchmarks.generated import WORDS, articles, write_articles
from benchmarks.result import Options, Result, SkippedError, given_file, show
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
