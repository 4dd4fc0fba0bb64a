"""The loop of `demarche serve`, with a clock of the test's own."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows import jobs
from flows.jobs import ChecksFailedError, Done
from flows.serving import Loop, timetable_of
from flows.settings import Settings
from flows.timetable import Due, Entry, Every, Timetable
from tests.flows.given import ask, command, json_lines, record
from warehouse.errors import OutageError
from warehouse.lake import open_lake
from warehouse.runs import put_run
from warehouse.tables import Run

START = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class World:
    """A clock that only waiting and working move, and what was done and told."""

    def __init__(self, *outcomes: Exception | float) -> None:
        self.now = START
        self.outcomes = list(outcomes)
        self.begun: list[datetime] = []
        self.told: list[str] = []
        self.jumps: dict[int, timedelta] = {}

    def do(self, _due: Due) -> Done:
        self.begun.append(self.now)
        outcome = self.outcomes[len(self.begun) - 1]
        self.now += self.jumps.get(len(self.begun), timedelta())
        if isinstance(outcome, Exception):
            raise outcome
        self.now += timedelta(seconds=outcome)
        return Done("succeeded", "run-1")

    def wait(self, seconds: float) -> None:
        assert seconds > 0
        self.now += timedelta(seconds=min(seconds, 5.0))

    def serve(self) -> None:
        loop = Loop(
            timetable=Timetable([Entry("run", Every(MINUTE), START)]),
            do=self.do,
            tell=self.told.append,
            is_stopping=lambda: len(self.begun) == len(self.outcomes),
            clock=lambda: self.now,
            wait=self.wait,
        )
        loop.forever()


def minutes(*numbers: float) -> list[datetime]:
    return [START + number * MINUTE for number in numbers]


def test_each_run_begins_when_it_is_due_and_is_told_in_a_line() -> None:
    world = World(1.0, 1.0, 1.0)
    world.serve()
    assert world.begun == minutes(1, 2, 3)
    assert world.told[:3] == [
        "next: run at 2026-11-27 03:01:00 UTC",
        "run due 03:01:00 succeeded",
        "next: run at 2026-11-27 03:02:00 UTC",
    ]


def test_a_run_that_takes_long_is_followed_by_one_for_all_that_were_missed() -> None:
    world = World(150.0, 1.0, 1.0)
    world.serve()
    assert world.begun == minutes(1, 3.5, 4)
    assert world.told[2] == "run due 03:03:00 (stands in for 1 missed before it) succeeded"


def test_runs_go_on_after_one_that_fails_whatever_the_reason() -> None:
    world = World(
        OutageError("the disk\nis full"),
        ChecksFailedError("checks failed: 1 items"),
        ZeroDivisionError("division by zero"),
        1.0,
    )
    world.serve()
    assert world.begun == minutes(1, 2, 3, 4)
    assert world.told[1] == "run due 03:01:00 failed after 0.0 s: the disk is full"
    assert world.told[3] == "run due 03:02:00 checks failed: 1 items"
    assert world.told[5] == (
        "run due 03:03:00 failed after 0.0 s: ZeroDivisionError: division by zero; "
        "its traceback is in the log"
    )


def test_a_clock_that_is_set_back_or_on_is_told_and_followed() -> None:
    world = World(1.0, 1.0, 1.0)
    world.jumps = {1: timedelta(hours=-1), 2: timedelta(hours=5)}
    world.serve()
    assert world.begun[1] == START + 2 * MINUTE - timedelta(hours=1)
    assert world.begun[2] - world.begun[1] == timedelta(hours=5, seconds=1)
    assert [line for line in world.told if "clock" in line] == [
        "the clock went back by 3599 s; going on from here"
    ]
    assert any("stands in for 299 missed" in line for line in world.told)


def test_once_does_what_is_due_and_gives_back_what_went_wrong() -> None:
    error = OutageError("the disk is full")
    world = World(error, 1.0)
    loop = Loop(
        timetable=Timetable(
            [Entry("run", Every(MINUTE), START - MINUTE), Entry("maintain", Every(MINUTE), START)]
        ),
        do=world.do,
        tell=world.told.append,
        clock=lambda: world.now,
    )
    assert loop.once() == [error]
    assert loop.once() == []
    assert len(world.told) == 1


def put(settings: Settings, flow: str, started: datetime, status: str = "succeeded") -> None:
    run = Run(
        flow=flow,
        started_at=started,
        status=status,  # type: ignore[arg-type]
        code_version="0",
        model_version="none",
        settings_sha256="0",
    )
    with open_lake(settings.location) as lake:
        put_run(lake, f"{flow}-{started:%dT%H%M}", run)


def jobs_due(settings: Settings, now: datetime, monkeypatch: pytest.MonkeyPatch) -> list[Due]:
    monkeypatch.setattr("flows.serving.now_utc", lambda: now)
    return timetable_of(settings).due(now)


def test_what_was_missed_while_nothing_served_is_due_at_the_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = START + timedelta(hours=6, minutes=30)  # 09:30; due are 17 past and 03:40
    assert [due.job for due in jobs_due(settings, now, monkeypatch)] == ["run"]  # no lake yet
    put(settings, "scheduled", START)  # 03:00
    found = jobs_due(settings, now, monkeypatch)
    assert [(due.job, due.missed) for due in found] == [("run", 6), ("maintain", 0)]
    put(settings, "scheduled", START + timedelta(hours=6, minutes=17), status="failed")
    put(settings, "maintain", START + timedelta(hours=1))
    assert [due.job for due in jobs_due(settings, now, monkeypatch)] == ["run"]
    put(settings, "scheduled", START + timedelta(hours=6, minutes=18))
    assert jobs_due(settings, now, monkeypatch) == []


def test_a_lake_that_was_killed_before_it_had_tables_is_made_by_the_first_run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("warehouse.lake.make_or_update", killed)
        with pytest.raises(KeyboardInterrupt):
            open_lake(settings.location)
    assert jobs.has_lake(settings)
    assert [due.job for due in jobs_due(settings, START, monkeypatch)] == ["run"]


def test_a_run_by_hand_does_not_stand_in_for_a_scheduled_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(settings, "run", START)
    now = START + timedelta(minutes=30)
    assert [due.job for due in jobs_due(settings, now, monkeypatch)] == ["run"]


def with_source(settings: Settings, path: Path) -> Settings:
    source = {"id": "wire", "location": str(path)}
    return Settings(data_dir=settings.data_dir, lock_timeout=0.2, sources=(source,))  # type: ignore[arg-type]


def test_a_job_is_skipped_where_one_begun_later_did_its_work(
    settings: Settings, tmp_path: Path
) -> None:
    wire = with_source(settings, json_lines(tmp_path / "in.jsonl", record(1)))
    due = datetime.now(UTC)
    done = jobs.take_in(wire, due=due)
    assert done.line.startswith("succeeded: 1 items (1 processed, 0 unchanged")
    again = jobs.take_in(wire, due=due)
    assert again.is_skipped
    assert again.line.startswith(f"skipped: run {done.run_id}, begun at ")
    assert not jobs.take_in(wire, due=datetime.now(UTC)).is_skipped
    assert ask(wire, "SELECT flow, status FROM runs") == [("scheduled", "succeeded")] * 2


def test_a_job_waits_for_another_and_is_then_left_to_the_next_time(
    settings: Settings, tmp_path: Path
) -> None:
    from filelock import FileLock

    wire = with_source(settings, json_lines(tmp_path / "in.jsonl", record(1)))
    wire.runs_folder.mkdir(parents=True)
    with FileLock(jobs.lock_file(wire.runs_folder)):
        done = jobs.take_in(wire, due=START)
    assert done.is_skipped
    assert done.line == (
        "skipped: another scheduled job has been at work for 0.2 s; the next takes in what is new"
    )
    assert not jobs.has_lake(wire)


def test_once_waits_for_another_that_serves_and_leaves_it_to_the_next_time(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    monkeypatch.setenv("DEMARCHE_LOCK_TIMEOUT", "0.2")
    config = tmp_path / "demarche.toml"
    config.write_text('[[sources]]\nid = "wire"\nlocation = "in.jsonl"\n')
    settings.runs_folder.mkdir(parents=True)
    with FileLock(settings.runs_folder / "serve.lock"):
        done = command("serve", "--once", "--config", config, "--data-dir", settings.data_dir)
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith(
        " skipped: another `demarche serve` has been at work for 0.2 s; "
        "the next takes in what is new\n"
    )
    assert not jobs.has_lake(settings)
