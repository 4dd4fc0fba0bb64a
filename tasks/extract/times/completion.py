"""The value of a calendar date once its year, and where it needs one its month, are known."""

from datetime import date, timedelta

from tasks.extract.times.calendar import (
    SEASONS,
    is_day,
    season_value,
    span_of,
    week_value,
    year_value,
)
from tasks.extract.times.meanings import Calendar


def complete(node: Calendar, year: int | None, month: int | None) -> str | None:
    """Return the TIMEX3 value of `node` in `year`; X where a part is not known.

    `month` is that of the period it lies in, for a day by its number alone. None where the
    calendar has no such day.
    """
    head = "XXXX" if year is None else year_value(year)
    if node.is_fiscal:
        head = f"FY{head}"
    if node.season:
        if year is None:
            return f"{head}-{node.season}"
        return season_value(year * 4 + SEASONS.index(node.season))
    if node.quarter:
        return f"{head}-Q{node.quarter}"
    if node.half:
        return f"{head}-H{node.half}"
    if node.weekday is not None and node.day is None:
        return f"{head}-WXX-{node.weekday + 1}" if year is None else None
    month = node.month or month
    if node.day is None:
        return f"{head}-{month:02d}" if month else head
    if month is None:
        return f"{head}-XX-{node.day:02d}"
    return f"{head}-{month:02d}-{node.day:02d}" if is_day(year, month, node.day) else None


def nth_within(node: Calendar, value: str | None) -> str | None:
    """Return the nth day, week, weekend or month of the period `value`; from its end below zero."""
    days = span_of(value) if value else None
    if days is None:
        return None
    first, last, _ = days
    if node.unit == "month":
        index = node.nth - 1 if node.nth > 0 else 12 + node.nth
        found = f"{first.year:04d}-{(first.month - 1 + index) % 12 + 1:02d}"
        inside = span_of(found)
        return found if inside and inside[0] <= last and index < 12 else None
    if node.unit == "day":
        day = (
            first + timedelta(days=node.nth - 1)
            if node.nth > 0
            else last + timedelta(days=node.nth + 1)
        )
        return day.isoformat() if first <= day <= last else None
    week = _week(node.nth, first, last)
    return f"{week}-WE" if week and node.unit == "weekend" else week


def _week(nth: int, first: date, last: date) -> str | None:
    """The first week holds the first Thursday, as in ISO 8601; the last one ends in the period."""
    if nth > 0:
        thursday = first + timedelta(days=(3 - first.weekday()) % 7 + 7 * (nth - 1))
        return week_value(thursday) if thursday <= last else None
    return week_value(last - timedelta(days=(last.weekday() + 1) % 7))
