"""What the schedule does: take in what is new, and look after the lake. No Prefect here.

One scheduled job at a time works on a data folder. A job that finds another at work waits for it,
for `lock_timeout` seconds, and is then left to the next time. A job is skipped where one that
began after it was due has done its work already.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from flows import pipeline
from flows.publishing import Summary
from flows.settings import Settings
from flows.summaries import summary_line
from flows.timetable import Job
from flows.upkeep import Upkeep, look_after, upkeep_line
from tasks.errors import SourceError
from warehouse.disk import refused
from warehouse.errors import LakeError
from warehouse.lake import Lake, open_lake
from warehouse.runs import first_run, last_done

T = TypeVar("T")

FLOWS: dict[Job, str] = {"run": "scheduled", "maintain": "maintain"}
"""Job to the `flow` of its rows in `runs`."""


class ChecksFailedError(Exception):
    """A `fail` check found rows; its text is one line that says which and what became of it."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a job: one line to read, and the id of its run, where there was one."""

    line: str
    run_id: str | None = None
    is_skipped: bool = False


def take_in(
    settings: Settings,
    *,
    due: datetime | None = None,
    run: Callable[..., Summary] = pipeline.run,
    report: pipeline.Report = lambda _: None,
) -> Done:
    """Read all sources that are enabled, annotate, check and publish.

    Raises ChecksFailedError, SourceError, OutageError, LakeError.
    """
    with _turn(settings, "run", due) as skipped:
        if skipped:
            return skipped
        sources = pipeline.sources_of(settings, [])
        if not sources:
            raise SourceError("no source is enabled: `demarche source add` adds one")
        summary = run(settings, sources, report=report, flow=FLOWS["run"])
    line = summary_line(summary)
    if summary.status == "checks_failed":
        raise ChecksFailedError(line)
    return Done(line, summary.run_id)


def maintain(
    settings: Settings,
    *,
    due: datetime | None = None,
    upkeep: Callable[[Settings], Upkeep] = look_after,
) -> Done:
    """Compact the lake, let go of what is old, check all rows and measure.

    Raises ChecksFailedError, OutageError, LakeError.
    """
    with _turn(settings, "maintain", due) as skipped:
        if skipped:
            return skipped
        done = upkeep(settings)
    line = upkeep_line(done)
    if done.has_failed:
        raise ChecksFailedError(line)
    return Done(line, done.run_id)


def last_begun(settings: Settings, job: Job) -> datetime | None:
    """Return when `job` last began and was done; None: never. Raises LakeError, OutageError."""
    found = _last_done(settings, job)
    return found[1] if found else None


def first_begun(settings: Settings) -> datetime | None:
    """Return when the first run of all began; None: there was none. Raises OutageError."""
    return _asked(settings, first_run)


def has_lake(settings: Settings) -> bool:
    """Whether there is a lake: a catalogue on a server is taken to be there."""
    file = settings.location.catalog_file
    return file is None or file.is_file()


@contextmanager
def _turn(settings: Settings, job: Job, due: datetime | None) -> Iterator[Done | None]:
    """Hold the lock of scheduled jobs; yield the reason where the job is to be skipped."""
    lock = FileLock(lock_file(settings.runs_folder))
    try:
        settings.runs_folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=settings.lock_timeout)
    except Timeout:
        waited = f"{settings.lock_timeout:g} s"
        yield Done(
            f"skipped: another scheduled job has been at work for {waited}; "
            "the next takes in what is new",
            is_skipped=True,
        )
        return
    except OSError as error:
        raise refused(f"cannot write {settings.runs_folder}", error) from error
    try:
        yield _covered(settings, job, due) if due else None
    finally:
        lock.release()


def _covered(settings: Settings, job: Job, due: datetime) -> Done | None:
    found = _last_done(settings, job)
    if found is None or not due <= found[1] <= datetime.now(UTC):
        return None
    run_id, begun = found
    return Done(
        f"skipped: run {run_id}, begun at {begun:%H:%M:%S}, did what was due at {due:%H:%M:%S} UTC",
        is_skipped=True,
    )


def _last_done(settings: Settings, job: Job) -> tuple[str, datetime] | None:
    if not has_lake(settings):
        return None
    return _asked(settings, lambda lake: last_done(lake, FLOWS[job]))


def _asked(settings: Settings, question: Callable[[Lake], T | None]) -> T | None:
    """Return the answer of the lake; None where the first run has yet to make its tables."""
    try:
        with open_lake(settings.location, read_only=True) as lake:
            return question(lake)
    except LakeError:
        return None


def lock_file(folder: Path) -> Path:
    """Return the lock that a scheduled job holds while it works."""
    return folder / "scheduled.lock"


JOBS: dict[Job, Callable[..., Done]] = {"run": take_in, "maintain": maintain}
