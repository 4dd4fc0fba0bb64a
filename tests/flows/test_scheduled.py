"""Scheduled jobs over a real lake: late and corrected articles, maintenance, Prefect's record."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from flows import jobs
from flows.settings import Settings
from tests.flows.given import BODY, ask, json_lines, record
from warehouse.checks import CheckResult
from warehouse.lake import Lake

ROOT = Path(__file__).parents[2]


@pytest.fixture
def wire(settings: Settings, tmp_path: Path) -> Settings:
    """Settings with one source, whose only file is still to be written."""
    (tmp_path / "in").mkdir()
    source = {"id": "wire", "location": str(tmp_path / "in")}
    return Settings(data_dir=settings.data_dir, lock_timeout=30, sources=(source,))  # type: ignore[arg-type]


def days_of_russia(settings: Settings) -> dict[str, int]:
    rows = ask(
        settings,
        """SELECT d.day, d.articles FROM entity_daily AS d
        JOIN entities AS e USING (entity_id) WHERE e.name = 'Russia' ORDER BY day""",
    )
    return {str(day): articles for day, articles in rows}


def test_late_and_corrected_articles_land_on_their_own_days(wire: Settings, tmp_path: Path) -> None:
    def deliver(name: str, *rows: dict[str, Any]) -> str:
        json_lines(tmp_path / "in" / name, *rows)
        return jobs.take_in(wire).line

    deliver("monday.jsonl", record(1, published_at="2021-10-18"))
    # Two days on: an article of Sunday comes late, and one of Wednesday in time.
    late = BODY.replace("Doha", "Geneva") + " It rained all Sunday."
    new = BODY.replace("Doha", "Vienna") + " It snowed on Wednesday."
    line = deliver(
        "wednesday.jsonl",
        record(2, published_at="2021-10-17", text=late),
        record(3, published_at="2021-10-20", text=new),
    )
    assert line.startswith("succeeded: 3 items (2 processed, 1 unchanged")
    assert days_of_russia(wire) == {"2021-10-17": 1, "2021-10-18": 1, "2021-10-20": 1}
    # The outlet corrects the date and the text of the first: its rows leave the old day.
    line = deliver("monday.jsonl", record(1, published_at="2021-10-19", text=f"{BODY} Corrected."))
    assert line.startswith("succeeded: 3 items (0 processed, 2 unchanged, 0 duplicates, 1 revised")
    assert days_of_russia(wire) == {"2021-10-17": 1, "2021-10-19": 1, "2021-10-20": 1}


def test_maintenance_is_a_run_of_its_own_with_figures(wire: Settings, tmp_path: Path) -> None:
    json_lines(tmp_path / "in" / "a.jsonl", record(1), record(2, text="Too short."))
    jobs.take_in(wire)
    done = jobs.maintain(wire)
    assert re.match(r"succeeded: data files \d+ -> \d+, 0 snapshots let go, ", done.line)
    assert ask(wire, "SELECT flow, status FROM runs ORDER BY started_at") == [
        ("scheduled", "succeeded"),
        ("maintain", "succeeded"),
    ]
    figures = ask(
        wire,
        f"SELECT task, dataset, metric, value FROM quality WHERE run_id = '{done.run_id}'",
    )
    assert ("ledger", "wire", "rejected_percent", 50.0) in figures
    assert ("lake", "lake", "articles", 1.0) in figures


def test_a_failed_check_is_an_error_of_the_job(
    wire: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(_lake: Lake) -> list[CheckResult]:
        return [CheckResult("unique_ids", "fail", "one key that is there twice", 2, [{"id": 1}])]

    json_lines(tmp_path / "in" / "a.jsonl", record(1))
    monkeypatch.setattr("flows.publishing.run_checks", find)
    monkeypatch.setattr("flows.upkeep.run_checks", find)
    with pytest.raises(jobs.ChecksFailedError, match=r"checks failed: 1 items .*; not published"):
        jobs.take_in(wire)
    with pytest.raises(jobs.ChecksFailedError, match=r"checks: unique_ids 2 \(fail\)"):
        jobs.maintain(wire)
    assert ask(wire, "SELECT DISTINCT status FROM runs") == [("checks_failed",)]
    assert ask(wire, "SELECT dataset, metric, value FROM quality WHERE task = 'checks'") == [
        ("fail", "unique_ids", 2.0)
    ]


def settings_file(folder: Path, location: Path) -> Path:
    path = folder / "demarche.toml"
    path.write_text(f'[[sources]]\nid = "wire"\nlocation = "{location}"\n', encoding="utf-8")
    return path


def test_prefect_keeps_artifacts_of_each_job_and_an_event_of_each_failure(
    flows: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.client.orchestration import get_client

    from flows import prefect_scheduled

    assert flows
    events: list[tuple[str, dict[str, str], dict[str, str]]] = []
    monkeypatch.setattr(
        prefect_scheduled,
        "emit_event",
        lambda event, resource, payload: events.append((event, resource, payload)),
    )
    source = tmp_path / "in.jsonl"
    config = settings_file(tmp_path, source)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Exception, match="no such file or folder"):
        prefect_scheduled.take_in(config=config)
    json_lines(source, record(1), "no object")
    done = prefect_scheduled.take_in(config=config)
    upkeep = prefect_scheduled.maintain(config=config)
    with get_client(sync_client=True) as client:
        left = {(str(a.description), str(a.key)): str(a.data) for a in client.read_artifacts()}
    ours = {key: data for (about, key), data in left.items() if about == f"run {done.run_id}"}
    assert set(ours) == {
        "demarche-run",
        "demarche-sources",
        "demarche-rejections",
        "demarche-quality",
    }
    assert '"items": 1' in ours["demarche-rejections"].replace("'", '"')
    assert (f"run {upkeep.run_id}", "demarche-maintenance") in left
    assert [(event, resource["prefect.resource.id"]) for event, resource, _ in events] == [
        ("demarche.run.failed", "demarche.job.run")
    ]
    assert events[0][2]["text"].endswith("no such file or folder; check the path")


@pytest.fixture
def serving(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """`demarche serve` with a run each second, over a source that is not there yet."""
    config = settings_file(tmp_path, tmp_path / "in")
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.cli.main", "serve", "--no-prefect", "--every", "1",
         "--config", str(config), "--data-dir", str(tmp_path / "data")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    with process:
        yield process
        if process.poll() is None:
            process.kill()


def line_with(process: "subprocess.Popen[str]", words: str) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if words in line:
            return line
    pytest.fail(f"the program ended before it said {words!r}")


def test_serve_outlives_a_failure_is_alone_and_stops_at_sigterm(
    serving: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    from tests.flows.given import command

    failed = line_with(serving, "failed after")
    assert "no such file or folder; check the path" in failed
    other = command(
        "serve", "--config", tmp_path / "demarche.toml", "--data-dir", tmp_path / "data"
    )
    assert other.status == 1
    assert "another `demarche serve` is at work" in other.err
    (tmp_path / "in").mkdir()
    json_lines(tmp_path / "in" / "a.jsonl", record(1))
    assert "1 processed" in line_with(serving, "succeeded")
    begun = time.monotonic()
    serving.send_signal(signal.SIGTERM)
    out, err = serving.communicate(timeout=30)
    assert serving.returncode == 0
    assert out.splitlines()[-1].endswith(" stopped")
    assert err == ""
    assert time.monotonic() - begun < 20
    # The lock is free again, and --once ends by itself.
    again = command(
        "serve", "--once", "--every", "1", "--no-prefect",
        "--config", tmp_path / "demarche.toml", "--data-dir", tmp_path / "data",
    )  # fmt: skip
    assert (again.status, again.err) == (0, "")
    assert "1 unchanged" in again.out
