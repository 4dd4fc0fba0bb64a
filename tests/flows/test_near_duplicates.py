"""Near duplicates from files to tables: one original, its copies, and what moves between them."""

from pathlib import Path
from random import Random

import pytest

from flows import pipeline
from flows.settings import Settings
from tasks.ingest.similarity import may_repeat
from tests.flows.given import ask, json_lines, record, table_digests
from warehouse.checks import run_checks
from warehouse.commit import append
from warehouse.lake import open_lake
from warehouse.tables import ARTICLE_ROWS, TextBand
from warehouse.text_index import near_originals

TEXT = (
    "Russia said on Monday that it supports the talks in Doha and that Moscow respects the wish "
    "of Pakistan and China to keep the border open. The Taliban praised the decision, while "
    "Germany criticised the Taliban and warned against quick steps of any kind.\n\n"
    "Ministers of five states will meet in Tashkent before the end of the month. Uzbekistan has "
    "offered to host a standing office for trade across the river, and Kazakhstan wants to send "
    "grain by rail once the bridge has been repaired. Iran has not yet answered the invitation."
)
CREDITED = f"DOHA (Example Wire) - {TEXT}\n\nAdditional reporting by staff in Tashkent."
CUT = TEXT.rpartition(" Iran has not")[0]
OTHER = (
    "The harbour of Riga will be dredged from spring on, the city council decided after two "
    "years of quarrel. Fishermen fear for their nets and want the work to pause while herring "
    "spawn. The council promised to pay for losses, though it named no sum, and asked the "
    "university to count the fish before and after. Work is to begin at the northern pier, where "
    "ships of more than ten metres draught cannot land at present."
)
LINKS = """SELECT a.title, o.title, a.similarity, c.title
    FROM articles AS a
    LEFT JOIN articles AS o ON o.article_id = a.duplicate_of
    JOIN articles AS c ON c.article_id = a.cluster_id ORDER BY 1"""
SHARE = round(92 / 95, 4)
"""Words of `CREDITED` that `TEXT` has; the line on reporting is no part of an article's text."""


def take_in(settings: Settings, path: Path, *rows: dict[str, object]) -> dict[str, int]:
    """Take in `rows` without publishing, and return the states of its run."""
    sources = pipeline.sources_of(settings, [str(json_lines(path, *rows))])
    run_id = pipeline.ingest(settings, sources)
    return dict(
        ask(settings, f"SELECT state, count(*) FROM ledger WHERE run_id = '{run_id}' GROUP BY 1")
    )


def owners(settings: Settings, table: str) -> list[str]:
    """Return the titles of the articles that have rows in `table`."""
    rows = ask(settings, f"SELECT title FROM articles SEMI JOIN {table} USING (article_id)")
    return sorted(title for (title,) in rows)


def test_a_later_copy_is_kept_and_not_extracted(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    first = record(1, text=TEXT, published_at="2021-10-20")
    assert take_in(settings, file, first) == {"processed": 1}
    later = [
        record(2, text=CREDITED, published_at="2021-10-21"),
        record(3, text=OTHER, published_at="2021-10-21"),
    ]
    assert take_in(settings, file, first, *later) == {
        "unchanged": 1,
        "duplicate": 1,
        "processed": 1,
    }
    assert ask(settings, LINKS) == [
        ("Report 1", None, None, "Report 1"),
        ("Report 2", "Report 1", SHARE, "Report 1"),
        ("Report 3", None, None, "Report 3"),
    ]
    assert owners(settings, "sentences") == ["Report 1", "Report 3"]
    assert owners(settings, "text_bands") == ["Report 1", "Report 3"]
    assert owners(settings, "blocks") == ["Report 1", "Report 2", "Report 3"]
    assert take_in(settings, file, first, *later) == {"unchanged": 3}


def test_an_earlier_publication_takes_the_role_with_all_its_rows(
    settings: Settings, tmp_path: Path
) -> None:
    rows = [
        record(1, text=CUT, published_at="2021-10-22"),
        record(2, text=CUT, published_at="2021-10-23"),
        record(3, text=TEXT, published_at="2021-10-20"),
    ]
    assert take_in(settings, tmp_path / "a.jsonl", *rows[:2]) == {"processed": 1, "duplicate": 1}
    assert owners(settings, "sentences") == ["Report 1"]
    assert take_in(settings, tmp_path / "b.jsonl", rows[2]) == {"processed": 1}
    assert ask(settings, LINKS) == [
        ("Report 1", "Report 3", 1.0, "Report 3"),
        ("Report 2", "Report 3", 1.0, "Report 3"),
        ("Report 3", None, None, "Report 3"),
    ]
    for table in (*ARTICLE_ROWS, "text_bands"):
        assert owners(settings, table) in ([], ["Report 3"]), table
    assert owners(settings, "sentences") == ["Report 3"]
    assert owners(settings, "blocks") == ["Report 1", "Report 2", "Report 3"]
    waiting = "SELECT title, annotated_with IS NULL FROM articles ORDER BY 1"
    assert ask(settings, waiting) == [("Report 1", True), ("Report 2", True), ("Report 3", False)]
    with open_lake(settings.location) as lake:
        assert [check for check in run_checks(lake) if check.severity == "fail"] == []


def test_a_copy_whose_original_turns_to_something_else_is_extracted(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "in.jsonl"
    copies = [
        record(2, text=CREDITED, published_at="2021-10-21"),
        record(3, text=CUT, published_at="2021-10-22"),
    ]
    take_in(settings, file, record(1, text=TEXT), *copies)
    assert owners(settings, "sentences") == ["Report 1"]
    assert take_in(settings, file, record(1, text=OTHER), *copies) == {
        "revised": 1,
        "unchanged": 2,
    }
    assert ask(settings, LINKS) == [
        ("Report 1", None, None, "Report 1"),
        ("Report 2", None, None, "Report 2"),
        ("Report 3", "Report 2", 1.0, "Report 2"),
    ]
    assert owners(settings, "sentences") == ["Report 1", "Report 2"]
    assert owners(settings, "text_bands") == ["Report 1", "Report 2"]
    new = record(4, text=TEXT, published_at="2021-10-25")
    assert take_in(settings, tmp_path / "more.jsonl", new) == {"duplicate": 1}


@pytest.mark.usefixtures("all_threads")
def test_batches_of_one_give_the_same_tables(settings: Settings, tmp_path: Path) -> None:
    rows = [
        record(1, text=CUT, published_at="2021-10-22"),
        record(2, text=CREDITED, published_at="2021-10-21"),
        record(3, text=OTHER, published_at="2021-10-22"),
        record(4, text=TEXT, published_at="2021-10-20"),
        record(5, text=OTHER, published_at="2021-10-19"),
    ]
    single = settings.model_copy(update={"data_dir": tmp_path / "other", "batch_size": 1})
    for one in (settings, single):
        assert take_in(one, tmp_path / "in.jsonl", *rows) == {"processed": 5}
    assert ask(settings, LINKS) == ask(single, LINKS)
    assert [original for _, original, *_ in ask(settings, LINKS)] == [
        "Report 4",
        "Report 4",
        "Report 5",
        None,
        None,
    ]
    ours, theirs = table_digests(settings), table_digests(single)
    assert {name for name in ours if ours[name] != theirs[name]} == set()


def test_the_lake_finds_what_the_comparison_of_keys_finds(settings: Settings) -> None:
    rng = Random(3)
    stored = {f"a{n:02}": rng.sample(range(-40, 40), rng.randint(1, 12)) for n in range(40)}
    asked = {f"t{n}": rng.sample(range(-40, 40), rng.randint(0, 12)) for n in range(20)}
    with open_lake(settings.location) as lake:
        rows = [
            TextBand(article_id=name, band=key) for name, keys in stored.items() for key in keys
        ]
        with lake.write() as con:
            append(con, "text_bands", rows, run_id="r")
        found = near_originals(lake, asked, shared=0.25, limit=100)
        first = near_originals(lake, asked, shared=0.25, limit=2)
        assert near_originals(lake, {}, shared=0.25, limit=2) == {}
    expected = {
        text: {name for name in stored if may_repeat(keys, stored[name])}
        for text, keys in asked.items()
    }
    assert {text: set(found.get(text, ())) for text in asked} == expected
    assert first == {text: names[:2] for text, names in found.items()}
    ranked = [len(set(asked["t1"]) & set(stored[name])) for name in found["t1"]]
    assert ranked == sorted(ranked, reverse=True)


def test_originals_from_before_the_index_are_found_too(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    take_in(settings, tmp_path / "a.jsonl", record(1, text=TEXT))
    with open_lake(settings.location) as lake, lake.write() as con:
        con.execute("DELETE FROM lake.text_bands")
    assert take_in(settings, tmp_path / "b.jsonl", record(2, text=CREDITED)) == {"duplicate": 1}
