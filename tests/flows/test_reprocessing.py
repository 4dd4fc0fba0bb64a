"""Stored articles read again: staged, compared, promoted, discarded; and the way back."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows import pipeline, reprocessing
from flows.annotating.extraction import annotator
from flows.settings import Settings
from tasks.extract import annotate
from tasks.extract.steps import keys_text
from tests.flows.given import ask, command, json_lines, record, table_digests
from warehouse.difference import DERIVED, KEYS
from warehouse.errors import LakeError
from warehouse.lake import open_lake
from warehouse.schema import columns
from warehouse.staging import Scope
from warehouse.tables import ARTICLE_ROWS

ENTITIES = "entity_id,name,type,country_iso3,wikidata_id,description\n"
EARLIER = (
    "Iran invaded Iraq on 4 October 2021, and Turkey met Qatar in Geneva the next morning. "
    "Officials in Ankara praised the talks in Doha and called for restraint near the frontier, "
    "while the harvest failed in three provinces along the river."
)
OTHER = (
    "Berlin sent an envoy to Kabul on 18 October 2021. France condemned the Taliban, and Paris "
    "imposed sanctions on two banks that had moved gold abroad. Teachers went back to school in "
    "the north after months without pay, their union announced on the radio."
)


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a lake with three articles of two sources, made once; to be copied."""
    folder = tmp_path_factory.mktemp("taken-in")
    settings = Settings(data_dir=folder / "data", entities_folder=folder / "none", lock_timeout=30)
    first = json_lines(folder / "in.jsonl", record(1), record(2, text=EARLIER))
    late = json_lines(folder / "late.jsonl", record(3, text=OTHER, published_at="2021-11-02"))
    sources = pipeline.sources_of(settings, [str(first), str(late)])
    pipeline.ingest(settings, sources)
    return settings


@pytest.fixture
def lake(taken_in: Settings, tmp_path: Path) -> Settings:
    data = tmp_path / "data"
    shutil.copytree(taken_in.data_dir, data)
    return taken_in.model_copy(update={"data_dir": data, "entities_folder": tmp_path / "entities"})


def another_entity(settings: Settings) -> None:
    """Have the registry know what no article was read with: a registry of another digest."""
    settings.entities_folder.mkdir()
    text = f"{ENTITIES}format:doha-talks,the talks in Doha,format,,,\n"
    (settings.entities_folder / "entities.csv").write_text(text)


def rows_of(settings: Settings, table: str) -> list[dict[str, Any]]:
    names = [c.name for c in columns(table) if c.name != "run_id"]
    with open_lake(settings.location, read_only=True) as lake:
        return [
            dict(zip(names, row, strict=True))
            for row in lake.rows(f"SELECT {', '.join(names)} FROM lake.main.{table}")
        ]


def counted(old: Settings, new: Settings, table: str) -> tuple[int, int, int]:
    """Return how many rows of `table` were added, removed and changed, told by plain Python."""
    before, after = rows_of(old, table), rows_of(new, table)
    key = KEYS.get(table)
    if key is None:
        was, now = (sorted(map(repr, rows)) for rows in (before, after))
        removed = list(was)
        for row in now:
            if row in removed:
                removed.remove(row)
        return len(now) - len(was) + len(removed), len(removed), 0
    one, other = ({tuple(r[k] for k in key): r for r in rows} for rows in (before, after))
    changed = sum(one[name] != other[name] for name in one.keys() & other.keys())
    return len(other.keys() - one.keys()), len(one.keys() - other.keys()), changed


def test_the_difference_and_the_promotion_are_those_of_a_fresh_build(
    lake: Settings, taken_in: Settings, tmp_path: Path
) -> None:
    another_entity(lake)
    before = table_digests(lake)
    done = reprocessing.reprocess(lake, scope=Scope())
    assert (done.articles, done.up_to_date) == (3, 0)
    assert "times" not in done.steps  # the registry has no say there
    assert done.steps["events"] == 3
    assert table_digests(lake) == before
    state, told = reprocessing.compare(lake)
    assert (state.articles, state.overtaken) == (3, 0)
    assert table_digests(lake) == before

    fresh = lake.model_copy(update={"data_dir": tmp_path / "fresh"})
    names = [str(taken_in.data_dir.parent / name) for name in ("in.jsonl", "late.jsonl")]
    pipeline.ingest(fresh, pipeline.sources_of(fresh, names))
    wanted = {t: counted(taken_in, fresh, t) for t in {*ARTICLE_ROWS, *DERIVED}}
    assert {t.name: (t.added, t.removed, t.changed) for t in told.tables} == {
        table: counts for table, counts in wanted.items() if any(counts)
    }
    assert wanted["mentions"][0] > 0
    assert "format:doha-talks" in {one.name for one in told.entities}
    assert {one.name for one in told.sources} == {"local"}

    reprocessing.promote(lake)
    ours, theirs = table_digests(lake), table_digests(fresh)
    del ours["quality"], theirs["quality"]  # figures of the run that took the articles in
    assert ours == theirs
    again = reprocessing.reprocess(lake, scope=Scope())
    assert (again.articles, again.up_to_date) == (0, 3)


@pytest.fixture
def fewer_events(monkeypatch: pytest.MonkeyPatch) -> Callable[[Settings], None]:
    """Have a new code of one step: no event is found, and no other step that could be skipped."""

    def change(settings: Settings) -> None:
        extraction = annotator(None, settings.entities_folder)
        monkeypatch.setitem(extraction.step_keys, "events", "new-code")
        monkeypatch.setattr(extraction, "step_versions", keys_text(extraction.step_keys))
        monkeypatch.setattr(annotate, "find_events", lambda *_: [])
        for name in ("find_stances", "find_citations"):
            monkeypatch.setattr(annotate, name, lambda *_, name=name, **__: pytest.fail(name))

    return change


def test_a_changed_step_is_done_alone_within_the_scope_and_promotion_is_undone(
    lake: Settings, fewer_events: Callable[[Settings], None]
) -> None:
    ((events, late),) = ask(
        lake,
        "SELECT count(*), count(*) FILTER (published_on > '2021-11-01') "
        "FROM events JOIN articles USING (article_id)",
    )
    assert 0 < late < events
    before = table_digests(lake)
    fewer_events(lake)
    done = reprocessing.reprocess(lake, scope=Scope(since=None, source_id="nobody"))
    assert (done.articles, done.up_to_date, done.steps) == (0, 0, {})
    done = reprocessing.reprocess(lake, scope=Scope(since=date(2021, 11, 1)), step="events")
    assert (done.articles, done.steps) == (1, {"events": 1})
    _, told = reprocessing.compare(lake)
    (events_told,) = [one for one in told.tables if one.name == "events"]
    assert (events_told.added, events_told.removed, events_told.changed) == (0, late, 0)
    assert {one.table for one in told.samples} <= {"events", "story_links"}
    promoted = reprocessing.promote(lake)
    assert (promoted.articles, promoted.overtaken) == (1, 0)
    assert ask(lake, "SELECT count(*) FROM events") == [(events - late,)]
    versions = "SELECT count(*) FROM articles WHERE step_versions LIKE '%events=new-code%'"
    assert ask(lake, versions) == [(1,)]

    reprocessing.rollback(lake, promoted.snapshot_before)
    assert table_digests(lake) == before
    assert ask(lake, "SELECT flow, status FROM runs ORDER BY started_at") == [
        ("run", "succeeded"),
        ("reprocess", "succeeded"),
        ("reprocess", "succeeded"),
        ("rollback", "succeeded"),
    ]


def test_what_another_run_wrote_since_stays_as_that_run_left_it(
    lake: Settings, fewer_events: Callable[[Settings], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context():
        fewer_events(lake)
        reprocessing.reprocess(lake, scope=Scope())
    with open_lake(lake.location) as opened, opened.write() as con:
        con.execute("UPDATE lake.articles SET run_id = 'other' WHERE title = 'Report 1'")
    kept = ask(lake, "SELECT count(*) FROM events JOIN articles USING (article_id) "
               "WHERE title = 'Report 1'")  # fmt: skip
    state, _ = reprocessing.compare(lake)
    assert (state.articles, state.overtaken) == (3, 1)
    promoted = reprocessing.promote(lake)
    assert (promoted.articles, promoted.overtaken) == (2, 1)
    assert ask(lake, "SELECT count(*) FROM events") == kept
    with pytest.raises(reprocessing.NothingStagedError, match="run `demarche reprocess` first"):
        reprocessing.promote(lake)


def test_an_interrupted_reprocessing_goes_on_where_it_was(
    lake: Settings, fewer_events: Callable[[Settings], None]
) -> None:
    fewer_events(lake)
    one_by_one = lake.model_copy(update={"batch_size": 1})

    def stop(_: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reprocessing.reprocess(one_by_one, scope=Scope(), report=stop)
    assert ask(lake, "SELECT status FROM runs WHERE flow = 'reprocess'") == [("interrupted",)]
    assert reprocessing.reprocess(lake, scope=Scope()).articles == 2
    assert reprocessing.discard(lake) == 3
    with pytest.raises(reprocessing.NothingStagedError):
        reprocessing.compare(lake)


def test_a_stage_that_goes_meanwhile_ends_the_reprocessing_in_words(
    lake: Settings, fewer_events: Callable[[Settings], None]
) -> None:
    fewer_events(lake)
    one_by_one = lake.model_copy(update={"batch_size": 1})
    with pytest.raises(LakeError, match="discarded or rolled back meanwhile: run `demarche repr"):
        reprocessing.reprocess(
            one_by_one, scope=Scope(), report=lambda _: print(reprocessing.discard(lake))
        )
    assert ask(lake, "SELECT status FROM runs WHERE flow = 'reprocess'") == [("failed",)]


def test_a_snapshot_that_is_not_kept_is_told(lake: Settings) -> None:
    for wanted, problem in ((999, "there is no snapshot 999; the lake keeps 0 to "),
                            (0, "from before the lake had tables")):  # fmt: skip
        with pytest.raises(LakeError, match=problem):
            reprocessing.rollback(lake, wanted)


def test_the_commands_show_differences_and_tell_wrong_words(
    lake: Settings, fewer_events: Callable[[Settings], None]
) -> None:
    data = ("--data-dir", lake.data_dir)
    for given, problem in (
        (("--step", "magic"), "'magic' is no step; steps are language, times, names"),
        (("--source", "nobody"), "no article is of source 'nobody'; sources are local"),
        (("--since", "soon"), "'soon' is not a day like"),
    ):
        done = command("reprocess", *given, *data)
        assert done.status == 2
        assert problem in done.err
    nothing = command("reprocess", "promote", *data)
    assert (nothing.status, nothing.err) == (
        1, "demarche: error: nothing waits to be promoted: run `demarche reprocess` first\n"
    )  # fmt: skip
    fewer_events(Settings())
    found = json.loads(command("reprocess", "--json", *data).out)
    assert found["run"]["steps"] == {"events": 3}
    assert found["staged"] == {"articles": 3, "overtaken": 0}
    shown = command("reprocess", "show", "--table", "events", "--samples", "1", *data).out
    assert "staged: 3 articles\n" in shown
    assert "0 added" in shown
    assert "\n- events [" in shown
    assert shown.count("\n- ") == 1
    assert "let go of the new rows of 3 articles" in command("reprocess", "discard", *data).out
