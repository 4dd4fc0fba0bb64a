"""Corrections through the pipeline: taken up, told, no longer holding, and undone."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from flows import pipeline
from flows.settings import Settings
from tests.corrections.given import corrections_file
from tests.flows.given import ask, command, json_lines, record, text_file
from warehouse.checks import run_checks
from warehouse.lake import open_lake


@pytest.fixture
def lake(settings: Settings, tmp_path: Path) -> Settings:
    """Settings with a folder of the user's own, and two articles in the lake."""
    settings = settings.model_copy(update={"entities_folder": tmp_path / "entities"})
    source = json_lines(tmp_path / "in.jsonl", record(1), record(2, published_at="2021-10-18"))
    pipeline.ingest(settings, pipeline.sources_of(settings, [str(source)]))
    return settings


def one(settings: Settings, sql: str) -> Any:
    ((value,),) = ask(settings, sql)
    return value


def states(settings: Settings) -> dict[str, tuple[str, str | None]]:
    rows = ask(settings, "SELECT correction_id, state, found FROM corrections")
    return {name: (state, found) for name, state, found in rows}


REPORT = "SELECT article_id FROM articles WHERE title = 'Report 1'"
HEAD = """SELECT published_on::VARCHAR, published_method, revision FROM articles
    WHERE title = 'Report 1'"""
MONDAY = f"""SELECT from_on::VARCHAR FROM time_expressions
    WHERE article_id = ({REPORT}) AND surface = 'Monday'"""


def test_a_corrected_day_moves_what_is_reckoned_from_it_and_goes_back(lake: Settings) -> None:
    article = one(lake, REPORT)
    assert one(lake, MONDAY) == "2021-10-18"
    path = corrections_file(
        lake.entities_folder,
        f"k1,set_value,{article},articles.published_on,2021-10-20,2021-10-27,A Lee,page",
    )
    pipeline.annotate(lake)
    assert one(lake, MONDAY) == "2021-10-25"
    assert ask(lake, HEAD) == [("2021-10-27", "correction", 1)]
    assert states(lake)["k1"][0] == "applied"
    # Its source tells it the old way still, and that is no revision.
    source = lake.data_dir.parent / "in.jsonl"
    json_lines(source, record(1, extra="x"), record(2, published_at="2021-10-18"))
    pipeline.ingest(lake, pipeline.sources_of(lake, [str(source)]))
    assert ask(lake, HEAD) == [("2021-10-27", "correction", 1)]
    path.unlink()
    pipeline.annotate(lake)
    assert ask(lake, HEAD) == [("2021-10-20", "record", 1)]
    assert one(lake, MONDAY) == "2021-10-18"
    assert states(lake) == {}


def test_rows_are_corrected_in_every_run_and_why_tells(lake: Settings) -> None:
    stance, polarity = ask(
        lake,
        f"SELECT stance_id, polarity FROM stances WHERE article_id = ({REPORT}) "
        "ORDER BY start_char LIMIT 1",
    )[0]
    other = "oppose" if polarity == "support" else "support"
    mention, surface = ask(
        lake, f"SELECT mention_id, surface FROM mentions WHERE article_id = ({REPORT}) LIMIT 1"
    )[0]
    corrections_file(
        lake.entities_folder,
        f"k1,set_value,{stance},stances.polarity,{polarity},{other},Ann Lee,read by hand",
        f'k2,reject_row,{mention},mentions,"{surface}",,Bo Ek,no name',
    )
    for _ in range(2):
        pipeline.annotate(lake)
        assert one(lake, f"SELECT polarity FROM stances WHERE stance_id = '{stance}'") == other
        assert one(lake, f"SELECT count(*) FROM mentions WHERE mention_id = '{mention}'") == 0
        assert states(lake) == {"k1": ("applied", polarity), "k2": ("applied", surface)}
    with open_lake(lake.location, as_of=_snapshot(lake)) as opened:
        assert not [one for one in run_checks(opened) if one.severity == "fail"]
    told = command("why", stance, "--data-dir", lake.data_dir).out
    assert f"k1: stances.polarity: {polarity} -> {other}; Ann Lee: read by hand" in told
    found = json.loads(command("why", stance, "--data-dir", lake.data_dir, "--json").out)
    assert [row["correction_id"] for row in found[0]["corrections"]] == ["k1"]
    gone = command("why", mention, "--data-dir", lake.data_dir)
    assert gone.status == 1
    assert f"row {mention} of mentions was rejected by correction 'k2' (Bo Ek): no name" in gone.err
    corrections_file(lake.entities_folder)
    pipeline.annotate(lake)
    assert one(lake, f"SELECT polarity FROM stances WHERE stance_id = '{stance}'") == polarity
    assert one(lake, f"SELECT count(*) FROM mentions WHERE mention_id = '{mention}'") == 1


def _snapshot(settings: Settings) -> int:
    with open_lake(settings.location, read_only=True) as lake:
        return lake.snapshot_id()


def test_one_that_no_longer_applies_warns_and_changes_nothing(
    lake: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    article = one(lake, REPORT)
    stance = one(lake, f"SELECT min(stance_id) FROM stances WHERE article_id = '{article}'")
    unmarked = "SELECT * EXCLUDE run_id FROM stances ORDER BY stance_id"
    before = ask(lake, unmarked)
    corrections_file(
        lake.entities_folder,
        f"k1,set_value,{article},articles.published_on,2021-10-19,2021-10-27,Ann Lee,of the day",
        f"k2,reject_row,{stance},stances,words of another text,,Ann Lee,not said",
        "k3,reject_row,0123456789abcdef,stances,never met,,Ann Lee,not said",
        "k4,merge_entities,state:rus,,Ruritania,state:chn,Ann Lee,not said",
    )
    pipeline.annotate(lake)
    assert ask(lake, unmarked) == before
    assert ask(lake, HEAD) == [("2021-10-20", "record", 1)]
    assert {name: state for name, (state, _) in states(lake).items()} == {
        "k1": "stale", "k2": "stale", "k3": "absent", "k4": "stale",
    }  # fmt: skip
    lines = [line for line in caplog.messages if "no longer applies" in line]
    assert len(lines) == 3
    assert (
        f"correction 'k1' no longer applies: articles.published_on of {article} was to be "
        "'2021-10-19', found '2021-10-20'; mend or delete the row"
    ) in lines
    with open_lake(lake.location, as_of=_snapshot(lake)) as opened:
        (stale,) = [found for found in run_checks(opened) if found.name == "corrections_stale"]
    assert (stale.severity, stale.offending) == ("warn", 4)


def test_entities_are_merged_and_split_by_corrections(lake: Settings) -> None:
    article = one(lake, REPORT)
    corrections_file(
        lake.entities_folder,
        "k1,merge_entities,state:deu,,Germany,state:fra,Ann Lee,for the test",
        f"k2,split_entity,state:pak,{article},,state:ind,Bo Ek,the other one",
    )
    for _ in range(2):  # a merged entity is not in the table of entities any more
        pipeline.annotate(lake)
        assert states(lake)["k1"][0] == states(lake)["k2"][0] == "applied"
        links = "SELECT entity_id, article_id, linked_id FROM entity_links ORDER BY 1"
        assert ask(lake, links) == [
            ("state:deu", None, "state:fra"),
            ("state:pak", article, "state:ind"),
        ]
    mention = one(
        lake,
        f"SELECT mention_id FROM mentions WHERE article_id = '{article}' AND surface = 'Pakistan'",
    )
    told = command("why", mention, "--data-dir", lake.data_dir).out
    assert "k2: state:pak is state:ind here; Bo Ek: the other one" in told
    assert "for the test" not in told
    (lake.entities_folder / "corrections.csv").unlink()
    pipeline.annotate(lake)
    assert ask(lake, "FROM entity_links") == []


def test_the_users_decision_stands_against_a_correction(lake: Settings) -> None:
    corrections_file(
        lake.entities_folder, "k1,merge_entities,state:deu,,,state:fra,Ann Lee,for the test"
    )
    (lake.entities_folder / "entity_decisions.csv").write_text(
        "decision,entity_id,other_id,article_id,decided_on,note\n"
        "apart,state:deu,state:fra,,2021-10-20,\n"
    )
    pipeline.annotate(lake)
    assert ask(lake, "FROM entity_links") == []
    assert states(lake)["k1"][0] == "stale"


def test_a_wrong_file_is_told_and_nothing_is_lost(prepared: Path, tmp_path: Path) -> None:
    data, entities = tmp_path / "data", tmp_path / "entities"
    shutil.copytree(prepared, data, symlinks=True)
    corrections_file(entities, "k1,set_value,0123456789abcdef,papers.title,a,b,Ann Lee,c")
    config = tmp_path / "demarche.toml"
    config.write_text('entities_folder = "entities"\n')
    new = text_file(tmp_path / "in", "second.txt", "Other talks go on")
    before = ask(Settings(data_dir=data), "SELECT count(*) FROM runs")
    done = command("run", new, "--data-dir", data, "--no-prefect", "--config", config)
    assert (done.status, done.err) == (
        1,
        f"demarche: error: {entities / 'corrections.csv'}, line 2, column field: unknown table "
        "'papers'; it takes articles, citations, events, mentions, stances, statements\n",
    )
    assert ask(Settings(data_dir=data), "SELECT count(*) FROM runs") == before
