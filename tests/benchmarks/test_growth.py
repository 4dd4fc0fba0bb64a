from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.growth import annotated
from benchmarks.growth.annotated import read_templates
from benchmarks.growth.clones import RUN_ID, clones, hexed
from benchmarks.growth.filling import fill, next_batch, reading
from benchmarks.growth.million import _rows
from benchmarks.growth.template import Templates
from benchmarks.growth.timing import Log, Taken
from flows.settings import Settings
from tests.rows import article
from warehouse.commit import replace_articles
from warehouse.lake import open_lake
from warehouse.sqlfiles import read_folder
from warehouse.tables import Event, Mention, Sentence, TextBand

TEXT = (
    "Iskra Tervonen praised Russia in wonderful words. "
    "Nobody followed afterwards, somebody answered eventually."
)


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """One article that names a person whom the registry lacks and a state that it has."""
    data_dir = tmp_path_factory.mktemp("template")
    head = article("00000000000000aa", text=TEXT, annotated_with="x", language="en")
    rows: dict[str, list[Any]] = {
        "sentences": [_sentence(0, 0, 49), _sentence(1, 50, len(TEXT))],
        "mentions": [
            _mention(0, 14, "person:iskra-tervonen", "PERSON"),
            _mention(23, 29, "state:rus", "GPE"),
        ],
        "events": [
            Event(
                event_id="00000000000000e0",
                article_id="00000000000000aa",
                sentence_id="0000000000000050",
                actor_id="person:iskra-tervonen",
                actor="Iskra Tervonen",
                action="praised",
                action_code="SUPPORT",
                quad_class="verbal_cooperation",
                target_id="state:rus",
                target="Russia",
                happened_to=date(2021, 8, 15),
                evidence="Iskra Tervonen praised Russia",
                start_char=0,
                end_char=29,
                confidence=0.9,
            )
        ],
        "text_bands": [TextBand(article_id="00000000000000aa", band=band) for band in (10, 11)],
    }
    with open_lake(Settings(data_dir=data_dir).location) as lake, lake.write() as con:
        now = datetime(2026, 1, 1, tzinfo=UTC)
        replace_articles(con, [head], [], rows, run_id="r", now=now)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(annotated, "PLAIN", 0)
        return read_templates(data_dir)


def _sentence(position: int, start: int, end: int) -> Sentence:
    return Sentence(
        sentence_id=f"000000000000005{position}",
        article_id="00000000000000aa",
        position=position,
        paragraph=0,
        start_char=start,
        end_char=end,
        text=TEXT[start:end],
        voice="author",
    )


def _mention(start: int, end: int, entity_id: str, label: str) -> Mention:
    return Mention(
        mention_id=f"000000000000b0{start:02x}",
        article_id="00000000000000aa",
        sentence_id="0000000000000050",
        start_char=start,
        end_char=end,
        surface=TEXT[start:end],
        label=label,  # type: ignore[arg-type]
        kind="name",
        entity_id=entity_id,
        method="model",
        confidence=0.9,
    )


def test_clones_have_the_layout_of_their_template_and_words_of_their_own(
    templates: Templates,
) -> None:
    (tables,) = clones(templates, 300, seed=1)
    heads = tables["articles"].to_pylist()
    originals = [head for head in heads if head["duplicate_of"] is None]
    assert {len(head["text"]) for head in heads} == {len(TEXT)}
    assert len({head["text"] for head in originals}) > 250
    assert all(" Russia in " in head["text"] for head in heads)  # short words and known names stay
    assert 1 <= len(heads) - len(originals) <= 20
    assert len(tables["sentences"]) == len(tables["mentions"]) == 2 * len(originals)
    assert len(tables["events"]) == len(originals)
    assert len(tables["text_bands"]) == 2 * len(originals)


def test_words_of_rows_stand_in_the_text_and_ids_lead_to_their_rows(templates: Templates) -> None:
    (tables,) = clones(templates, 100, seed=1)
    texts = {head["article_id"]: head["text"] for head in tables["articles"].to_pylist()}
    sentences = {row["sentence_id"]: row["article_id"] for row in tables["sentences"].to_pylist()}
    for table, words in (("mentions", "surface"), ("events", "evidence"), ("sentences", "text")):
        for row in tables[table].to_pylist():
            text = texts[row["article_id"]]
            assert text[row["start_char"] : row["end_char"]] == row[words]
            assert sentences[row["sentence_id"]] == row["article_id"]
    assert all(row["actor"] in row["evidence"] for row in tables["events"].to_pylist())


def test_found_names_are_spelt_anew_and_registered_ones_stand_for_others(
    templates: Templates,
) -> None:
    (tables,) = clones(templates, 300, seed=1)
    named = {row["surface"]: row["entity_id"] for row in tables["mentions"].to_pylist()}
    people = {name: entity_id for name, entity_id in named.items() if name != "Russia"}
    assert people["Iskra Tervonen"] == "person:iskra-tervonen"
    assert 20 < len(people) < 250
    for name, entity_id in people.items():
        assert entity_id == f"person:{name.lower().replace(' ', '-')}"
    states: list[str] = tables["events"]["target_id"].to_pylist()
    assert 0.4 < states.count("state:rus") / len(states) < 0.7
    assert {one.partition(":")[0] for one in states} == {"state"}


def test_days_go_on_and_dates_with_them(templates: Templates) -> None:
    (tables,) = clones(templates, 600, seed=1)
    days = tables["articles"]["published_on"].to_pylist()
    assert (days[0], days[547], days[548]) == (
        date(2020, 1, 1),
        *[date(2020, 1, 1)],
        date(2020, 1, 2),
    )
    assert set(tables["events"]["happened_to"].to_pylist()) == {date(2020, 1, 1), date(2020, 1, 2)}


def test_what_is_made_follows_from_the_seed(templates: Templates) -> None:
    (one,), (same,), (other,) = (list(clones(templates, 50, seed=s)) for s in (1, 1, 2))
    assert all(one[table].equals(same[table]) for table in one)
    assert not one["articles"].equals(other["articles"])


def test_a_filled_lake_passes_the_checks_and_takes_the_next_batch(
    templates: Templates, tmp_path: Path
) -> None:
    fill(tmp_path, templates, 40)
    wanted = {"evidence_verbatim", "unique_ids", "orphan_rows", "ledger_reconciles", "run_exists"}
    with reading(tmp_path) as lake:
        for check in read_folder("checks/fail"):
            if check.name in wanted:
                assert lake.rows(check.body) == [], check.name
        assert lake.rows("SELECT run_id, items FROM lake.main.runs") == [(RUN_ID, 40)]
    pairs, extracted = next_batch(templates, 40, 5)
    assert len(pairs) == len(extracted) == 5
    (annotations, *_) = extracted.values()
    assert [len(annotations.sentences), len(annotations.mentions)] == [2, 2]


def test_numbers_become_ids() -> None:
    import numpy as np

    assert hexed(np.array([0xAA, 2**64 - 1], np.uint64)).tolist() == [
        "00000000000000aa",
        "ffffffffffffffff",
    ]


def test_what_fails_is_noted_and_shown() -> None:
    log = Log("checks")
    assert log.time("good", sum, [1, 2]) == 3
    assert log.time("bad", _fail) is None
    assert log.taken[1].problem == "no room"
    taken = [Taken("a", "b", 1.5, 1.0, 200), Taken("a", "c", value=7.0)]
    assert _rows({10_000: taken, 100_000: taken[:1]}) == [
        {
            "part": "a",
            "what": "b",
            "10,000": 1.5,
            "10,000: CPU s": 1.0,
            "10,000: peak MB": 200,
            "100,000": 1.5,
            "100,000: CPU s": 1.0,
            "100,000: peak MB": 200,
        },
        {"part": "a", "what": "c", "10,000": 7.0},
    ]


def _fail() -> None:
    raise MemoryError("no room")
