"""The loop of `demarche serve`: wait until something is due, do it, tell it in a line, go on."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.jobs import JOBS, ChecksFailedError, Done, first_begun, has_lake, last_begun
from flows.logs import LOG
from flows.settings import Settings, SettingsError, load_settings
from flows.timetable import Cron, Due, Entry, Every, Job, Rhythm, Timetable, before
from tasks.errors import DemarcheError
from tasks.registry import SeedError
from warehouse.errors import WarehouseError

LOOK = 5.0
"""Seconds after which the clock is looked at again, in case it was set meanwhile."""

EXPECTED = (ChecksFailedError, DemarcheError, SeedError, SettingsError, WarehouseError)
"""Errors whose text says what to do; all others are bugs, and leave their traceback in the log."""

Do = Callable[[Due], Done]


def now_utc() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def pause(seconds: float) -> None:
    """Sleep, but not for long at a time."""
    time.sleep(min(seconds, LOOK))


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """What the loop works with; the clock and the wait are given by tests.

    `is_stopping` is asked after each job, in case the exception of a signal was lost in it.
    """

    timetable: Timetable
    do: Do
    tell: Callable[[str], None]
    is_stopping: Callable[[], bool] = lambda: False
    clock: Callable[[], datetime] = now_utc
    wait: Callable[[float], None] = pause

    def once(self) -> list[Exception]:
        """Do all that is due now, and return what went wrong."""
        errors = [self._attempt(due) for due in self._due()]
        return [error for error in errors if error is not None]

    def forever(self) -> None:
        """Do what is due whenever it is, until a KeyboardInterrupt or `is_stopping`."""
        is_told = False
        while not self.is_stopping():
            if found := self._due():
                is_told = False
                for due in found:
                    self._attempt(due)
                    if self.is_stopping():
                        return
                continue
            if not is_told:
                self._tell_next()
                is_told = True
            now = self.clock()
            if (left := (self.timetable.next_due(now)[1] - now).total_seconds()) > 0:
                self.wait(left)

    def _due(self) -> list[Due]:
        found = self.timetable.due(self.clock())
        if back := self.timetable.went_back:
            self.timetable.went_back = None
            self.tell(f"the clock went back by {back.total_seconds():.0f} s; going on from here")
        return found

    def _tell_next(self) -> None:
        job, at = self.timetable.next_due(self.clock())
        self.tell(f"next: {job} at {at:%Y-%m-%d %H:%M:%S} UTC")

    def _attempt(self, due: Due) -> Exception | None:
        """Do one job and tell what became of it; return what went wrong."""
        begun = time.monotonic()
        missed = f" (stands in for {due.missed} missed before it)" if due.missed else ""
        head = f"{due.job} due {due.at:%H:%M:%S}{missed}"
        told = {
            "job": due.job,
            "due_at": due.at.isoformat(),
            "late_seconds": round((self.clock() - due.at).total_seconds(), 3),
        }
        try:
            done = self.do(due)
        except Exception as error:
            is_bug = not isinstance(error, (*EXPECTED, OSError))
            text = " ".join(str(error).split()) or "no message"
            if is_bug:
                text = f"{type(error).__name__}: {text}; its traceback is in the log"
            LOG.info("job failed", extra=told | {"error_text": text}, exc_info=is_bug)
            after = "" if isinstance(error, ChecksFailedError) else self._after(begun)
            self.tell(f"{head} {after}{text}")
            return error
        LOG.info("job done", extra=told | {"run_id": done.run_id, "is_skipped": done.is_skipped})
        self.tell(f"{head} {done.line}")
        return None

    @staticmethod
    def _after(begun: float) -> str:
        return f"failed after {time.monotonic() - begun:.1f} s: "


def plainly(config: Path | None, data_dir: Path | None) -> Do:
    """Return what does a job with the plain functions; settings are read anew each time."""

    def do(due: Due) -> Done:
        return JOBS[due.job](load_settings(config=config, data_dir=data_dir), due=due.at)

    return do


def timetable_of(settings: Settings, *, every: float | None = None) -> Timetable:
    """Return the timetable of `settings`, with a run each `every` seconds where that is given.

    What was missed while nothing served is due at once: a run that did not begin since its last
    time, and maintenance of a lake that was there then.
    """
    from zoneinfo import ZoneInfo

    zone, plan = ZoneInfo(settings.schedule.timezone), settings.schedule
    rhythms: dict[Job, Rhythm] = {
        "run": Every(timedelta(seconds=every)) if every else Cron(plan.run, zone),
        "maintain": Cron(plan.maintain, zone),
    }
    now = now_utc()
    return Timetable(
        [
            Entry(job, rhythm, _settled(settings, job, rhythm, now))
            for job, rhythm in rhythms.items()
        ]
    )


def _settled(settings: Settings, job: Job, rhythm: Rhythm, now: datetime) -> datetime:
    if not has_lake(settings):
        return before(rhythm, now) if job == "run" else rhythm.latest(now)
    last = last_begun(settings, job)
    if last is None and job == "maintain":
        last = first_begun(settings)  # a lake younger than that time has missed nothing
    if last is None or last > now:
        return before(rhythm, now) if job == "run" else rhythm.latest(now)
    return last
