"""The date that a news item has just gone back to, of which bare months and days near it are."""

from datetime import timedelta
from typing import NamedTuple

from tasks.extract.times.anchors import Anchors
from tasks.extract.times.calendar import Point, point_of
from tasks.extract.times.scan import Scan

_MOST_WORDS = 60
"""Words of the same paragraph for which "on Feb. 22" is still of the year of "Feb. 21, 1994"."""
_LEAST = timedelta(days=400)
"""How far back such a date lies: prices and orders are often compared with those of a year ago."""
_LEADING_TOKENS = 3


class Told(NamedTuple):
    """A date, the word it ends before, and whether it leads its sentence."""

    point: Point
    end: int
    leads: bool


def told_at(scan: Scan, start: int, end: int, value: str) -> Told | None:
    """Return the date `value` that words `start` to `end` tell; None where it has no year."""
    point, first = point_of(value), scan.token(start)
    if point is None or first is None or len(value) < len("2021"):
        return None
    return Told(point, end, first.i - first.sent.start < _LEADING_TOKENS)


def near(told: Told | None, scan: Scan, at: int, anchors: Anchors) -> Point | None:
    """Return the date that word `at` of a news item is told beside, if it is another year's.

    A year holds for the sentence that it leads ("Last year, in May"), a month or day for the next
    words of its paragraph.
    """
    if told is None or anchors.speech is None or anchors.is_history:
        return None
    before, here = scan.token(told.end - 1), scan.token(at)
    if told.point.month is None:
        same = before is not None and here is not None and before.sent.start == here.sent.start
        return told.point if same and told.leads else None
    on = told.point.on or told.point._replace(day=1).on
    is_back = on is not None and anchors.speech - on > _LEAST
    return told.point if is_back and scan.is_near(told.end, at, _MOST_WORDS) else None
