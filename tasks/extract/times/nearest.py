"""Which year, week or month is meant where an expression leaves it out.

In news it is seen from the day of publication, and the tense decides whether it lies behind or
ahead; in a history it follows the last date told.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from tasks.extract.times.calendar import (
    SEASONS,
    Point,
    Span,
    point_of,
    point_on,
    season_at,
    season_value,
    shifted,
    span_of,
)
from tasks.extract.times.completion import complete
from tasks.extract.times.meanings import Calendar
from tasks.extract.times.tense import Tense

FARTHEST = 12
FARTHEST_QUARTER = 4
"""How many times farther than the nearest a date may lie for the tense to choose it. A quarter is
seldom told of by the verb of its sentence ("announced cuts in the fourth quarter")."""
MOST_AHEAD = 6
"""Months that a month of a history may lie after the last date rather than before it; swept from 4
to 11 on WikiWars: 90.0 % of the values with 6, 89.6 with 5 and 8, 86.0 with 11."""

Asked = Callable[[], Tense | None]
"""The tense, asked for only where the value hangs on it."""


def in_story(node: Calendar, last: Point) -> str | None:
    """Return the value that follows the story: nearest to its last date, rather later."""
    if _is_weekday(node):
        if last.on is None:
            return None
        ahead = ((node.weekday or 0) - last.on.weekday()) % 7
        # "The previous Thursday" lies before the last date, "the following" after it.
        move = {-1: ahead - 7, 1: ahead or 7}.get(node.shift or 0, ahead)
        return (last.on + timedelta(days=move)).isoformat()
    if node.day and not node.month:
        return complete(node, last.year, last.month)
    shift = node.shift or 0
    if node.season:
        return _season_of_story(node.season, last, shift)
    if last.month is None:
        return complete(node, last.year + shift, None)
    month = node.month or (node.quarter or 0) * 3 or (node.half or 0) * 6
    if shift:
        return complete(node, last.year + shift * ((month - last.month) * shift <= 0), None)
    if (month - last.month) % 12 <= MOST_AHEAD:
        return complete(node, last.year + (month < last.month), None)
    return complete(node, last.year - (month > last.month), None)


def after(node: Calendar, last: Point) -> str | None:
    """Return the value of a month or a day of it that is not before the date `last`."""
    month, day = node.month or 1, node.day or last.day or 1
    is_over = last.month is not None and (month, day) < (last.month, last.day or 1)
    return complete(node, last.year + is_over, None)


def _season_of_story(season: str, last: Point, shift: int) -> str:
    code = SEASONS.index(season)
    if last.month is None:
        return season_value((last.year + shift) * 4 + code)
    now = season_at(last)
    if shift:
        away = (shift * (code - now)) % 4 or 4
        return season_value(now + shift * away)
    ahead = (code - now) % 4
    return season_value(now + ahead if ahead < 3 else now - 1)


def in_news(node: Calendar, day: date, tense: Asked) -> str | None:
    """Return the value seen from the day of publication, by shift or by tense."""
    if _is_weekday(node):
        return _weekday(node, day, tense)
    if node.season:
        return _season(node, day, tense)
    if node.day and not node.month:
        return _day_of_month(node, day, tense)
    values = [complete(node, day.year + offset, None) for offset in (-1, 0, 1)]
    spans = [(value, days) for value in values if value and (days := span_of(value))]
    if not spans:
        return complete(node, day.year, None)
    if node.shift is not None:
        return _shifted(node.shift, spans, day)
    return _by_tense(spans, day, tense(), FARTHEST_QUARTER if node.quarter else FARTHEST)


def _is_weekday(node: Calendar) -> bool:
    return node.weekday is not None and node.day is None


def _shifted(shift: int, spans: Sequence[tuple[str, Span]], day: date) -> str | None:
    """Return the one of this year, the last that is over, or the next that has not begun."""
    if shift == 0:
        return next((value for value, days in spans if days[0].year == day.year), None)
    over = [value for value, days in spans if days[1] < day]
    ahead = [value for value, days in spans if days[0] > day]
    found = over[-1:] if shift < 0 else ahead[:1]
    return found[0] if found else None


def _by_tense(
    spans: Sequence[tuple[str, Span]], day: date, tense: Tense | None, farthest: int
) -> str:
    """Return the last that has begun (past), the next not over (future), or the nearest."""
    begun = [one for one in spans if one[1][0] <= day]
    running = [one for one in spans if one[1][1] >= day]
    nearest = min(spans, key=lambda one: _distance(one[1], day))
    wanted = begun[-1:] if tense == "past" else running[:1] if tense == "future" else []
    if not wanted:
        return nearest[0]
    limit = farthest * (_distance(nearest[1], day) + 1)
    return nearest[0] if _distance(wanted[0][1], day) > limit else wanted[0][0]


def _distance(days: Span, day: date) -> int:
    if days[0] <= day <= days[1]:
        return 0
    return min(abs((days[0] - day).days), abs((days[1] - day).days))


def _weekday(node: Calendar, day: date, tense: Asked) -> str | None:
    """Return the last such day, that of publication included, or the next in future tense."""
    back = (day.weekday() - (node.weekday or 0)) % 7
    ahead = -back % 7
    if node.shift is None:
        move = ahead if tense() in ("future", "present") else -back
    else:
        move = ahead if node.shift == 0 else (ahead or 7) if node.shift > 0 else -(back or 7)
    try:
        return (day + timedelta(days=move)).isoformat()
    except OverflowError:
        return None


def _season(node: Calendar, day: date, tense: Asked) -> str:
    code = SEASONS.index(node.season or "SP")
    now = season_at(point_on(day))
    # In January "this winter" is the one that began the year before.
    this = now if now % 4 == code else day.year * 4 + code
    behind, ahead = now - (now - code) % 4, now + (code - now) % 4
    if node.shift is None:
        told = tense()
        return season_value({"past": behind, "future": ahead}.get(told or "", this))
    if node.shift < 0:
        return season_value(behind - 4 * (behind == now))
    return season_value(ahead + 4 * (ahead == now) if node.shift else this)


def _day_of_month(node: Calendar, day: date, tense: Asked) -> str | None:
    """Return the last day of that number, or the next in future tense."""
    number, month = node.day or 1, Point(day.year, day.month)
    step = (number < day.day) if tense() == "future" else -(number > day.day)
    moved = point_of(shifted(month, "month", step) or "") or month
    return complete(node, moved.year, moved.month)
