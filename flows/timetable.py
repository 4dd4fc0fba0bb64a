"""When jobs are due: cron expressions or even intervals, on a clock that may jump."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal, Protocol

from cronsim import CronSim, CronSimError

Job = Literal["run", "maintain"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


class Rhythm(Protocol):
    """A rule that says when something is due; all times are aware."""

    def latest(self, now: datetime) -> datetime:
        """Return the last time due at or before `now`."""

    def following(self, now: datetime) -> datetime:
        """Return the first time due after `now`."""


@dataclass(frozen=True, slots=True)
class Cron:
    """A cron expression of five fields, or of six with seconds first, in a time zone.

    Where the clocks change, a fixed hour that is left out is due right after the gap, and one
    that comes twice is due once, as in Debian's cron.
    """

    expression: str
    zone: tzinfo = UTC

    def __post_init__(self) -> None:
        """Raise ValueError where the expression is none, or names no day that ever comes."""
        try:
            next(CronSim(self.expression, datetime.now(self.zone)))
        except CronSimError as error:
            raise ValueError(f"no cron expression ({error}): {self.expression!r}") from error
        except StopIteration:
            raise ValueError(f"names no day that ever comes: {self.expression!r}") from None

    def latest(self, now: datetime) -> datetime:
        """Return the last time due at or before `now`, in UTC."""
        # CronSim leaves out the moment that it starts from.
        begin = now.astimezone(self.zone) + timedelta(seconds=1)
        while True:
            moment = next(CronSim(self.expression, begin, reverse=True)).astimezone(UTC)
            if moment <= now:
                return moment
            begin = moment.astimezone(self.zone)

    def following(self, now: datetime) -> datetime:
        """Return the first time due after `now`, in UTC."""
        return next(CronSim(self.expression, now.astimezone(self.zone))).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Every:
    """An even interval, counted from midnight UTC of 1 January 1970 so that restarts keep step."""

    interval: timedelta

    def latest(self, now: datetime) -> datetime:
        """Return the last time due at or before `now`."""
        return now - (now - EPOCH) % self.interval

    def following(self, now: datetime) -> datetime:
        """Return the first time due after `now`."""
        return self.latest(now) + self.interval


@dataclass(slots=True)
class Entry:
    """A job of the timetable; times up to `settled` have been seen to."""

    job: Job
    rhythm: Rhythm
    settled: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A job to do now: when it was due, and how many earlier times it stands in for."""

    job: Job
    at: datetime
    missed: int = 0


MANY = 1000
"""Missed times are counted this far."""


@dataclass(slots=True)
class Timetable:
    """What is due, job by job: however many times were missed, a job is due once.

    That is enough since each run takes in all that is new, whenever it appeared.
    """

    entries: Sequence[Entry]
    went_back: timedelta | None = field(default=None)
    """By how much the clock was found to have gone back, for the caller to tell and to clear."""

    def due(self, now: datetime) -> list[Due]:
        """Return the jobs due at `now`, in the order of the timetable; each counts as seen to."""
        found = []
        for entry in self.entries:
            if entry.settled > now:  # set back: go on from here, and repeat nothing
                self.went_back = max(self.went_back or timedelta(), entry.settled - now)
                entry.settled = entry.rhythm.latest(now)
            at = entry.rhythm.latest(now)
            if at > entry.settled:
                found.append(Due(entry.job, at, _missed(entry, at)))
                entry.settled = at
        return found

    def next_due(self, now: datetime) -> tuple[Job, datetime]:
        """Return the job that is due next after `now`, and when."""
        return min(
            ((entry.job, entry.rhythm.following(now)) for entry in self.entries),
            key=lambda pair: pair[1],
        )


def _missed(entry: Entry, at: datetime) -> int:
    count, moment = 0, entry.rhythm.following(entry.settled)
    while moment < at and count < MANY:
        count, moment = count + 1, entry.rhythm.following(moment)
    return count


def before(rhythm: Rhythm, now: datetime) -> datetime:
    """Return a time to settle on so that the last time due counts as missed."""
    return rhythm.latest(now) - INSTANT
