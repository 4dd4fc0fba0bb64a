"""A clock that jumps: nothing is lost, doubled or skipped, and the newest state is in force."""

import importlib
import json
import os
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from flows.settings import Settings
from tasks.ingest.web.gathered import Entry, is_fresh
from tests.flows.given import Outcome, ask, command, record
from tests.flows.test_serving import START, jobs_due, put
from warehouse.checks import run_checks
from warehouse.lake import open_lake
from warehouse.publication import current
from warehouse.tables import Fetch

BACK = timedelta(days=-400)


def jump(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Set the clock of all that tells the time in a run."""

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + by

    for name in ("recording", "batches", "processing", "publishing", "pipeline"):
        monkeypatch.setattr(importlib.import_module(f"flows.{name}"), "datetime", Shifted)


def take_in(settings: Settings, folder: Path, *records: dict[str, object]) -> Outcome:
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in records))
    done = command("ingest", path, "--data-dir", settings.data_dir, "--no-prefect")
    assert done.status == 0, done
    done_too = command("publish", "--data-dir", settings.data_dir, "--no-prefect")
    assert done_too.status == 0, done_too
    return done


def test_a_clock_that_goes_back_between_runs_changes_nothing_but_times(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(settings, tmp_path, record(1), record(2))
    before = current(settings.publish_folder)
    jump(monkeypatch, BACK)
    revised = record(1, text=f"{record(1)['text']} Moscow denied it.")
    done = take_in(settings, tmp_path, revised, record(2), record(3))
    assert "the clock is behind run " in done.err
    after = current(settings.publish_folder)
    assert before is not None
    assert after is not None
    assert after.snapshot_id > before.snapshot_id
    assert after.rows["articles"] == 3
    heads = "SELECT title, revision, ends_with(text, 'denied it.') FROM articles ORDER BY 1"
    assert ask(settings, heads) == [
        ("Report 1", 2, True),
        ("Report 2", 1, False),
        ("Report 3", 1, False),
    ]
    assert ask(settings, "SELECT revision FROM article_revisions") == [(1,)]
    states = "SELECT state, count(*) FROM ledger GROUP BY 1 ORDER BY 1"
    assert ask(settings, states) == [("processed", 3), ("revised", 1), ("unchanged", 1)]
    with open_lake(settings.location, read_only=True) as lake:
        assert [found for found in run_checks(lake) if found.severity == "fail"] == []


def test_the_last_publications_stay_whatever_their_files_say_of_the_time(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMARCHE_KEEP_PUBLICATIONS", "3")
    folder = settings.publish_folder
    names = []
    for number in (1, 2, 3):
        take_in(settings, tmp_path, record(number))
        names.append((folder / "current").readlink().name)
    for age, name in enumerate(names):
        os.utime(folder / name, (1e9 - age, 1e9 - age))  # the newer, the older
    done = command("publish", "--force", "--no-prefect", "--data-dir", settings.data_dir)
    assert done.status == 0
    left = sorted(path.name for path in folder.glob("0*"))
    assert left == [names[1], names[2], (folder / "current").readlink().name]


def test_a_page_that_was_asked_in_the_future_is_asked_again() -> None:
    now = datetime.now(UTC)
    page = Fetch(
        source_id="wire",
        item_ref="https://wire.example/1",
        url="https://wire.example/1",
        kind="page",
        fetched_at=now - timedelta(days=100),
        checked_at=now + timedelta(days=300),
    )
    assert not is_fresh(Entry(url=page.url, ref=page.item_ref), page)


def test_a_run_begun_in_the_future_keeps_no_job_from_its_times(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(settings, "scheduled", START + timedelta(days=365))
    put(settings, "maintain", START + timedelta(days=365))
    now = START + timedelta(hours=6, minutes=30)
    assert [due.job for due in jobs_due(settings, now, monkeypatch)] == ["run"]
