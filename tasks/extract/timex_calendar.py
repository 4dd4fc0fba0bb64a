"""Calendar arithmetic for TIMEX3 values (ISO-TimeML): the days that a value covers."""

import re
from calendar import monthrange
from datetime import date, timedelta

from warehouse.tables import Granularity

WEEKDAYS = {
    name: number
    for number, name in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
}
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
"""Meteorological seasons of the northern hemisphere, as news in English uses them."""

Span = tuple[date, date, Granularity]


def span_of(value: str) -> Span | None:
    """Return first day, last day and unit of a TIMEX3 date value; None for references.

    Raises nothing: a value that is no day of the calendar gives None.
    """
    try:
        return _span_of(value)
    except ValueError:
        return None


def _span_of(value: str) -> Span | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        day = date.fromisoformat(value)
        return day, day, "day"
    if re.fullmatch(r"\d{4}-\d\d", value):
        return (*_months(int(value[:4]), int(value[5:]), int(value[5:])), "month")
    if re.fullmatch(r"\d{4}", value):
        return date(int(value), 1, 1), date(int(value), 12, 31), "year"
    if re.fullmatch(r"\d{3}", value):
        return date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31), "decade"
    if re.fullmatch(r"\d{2}", value):
        # The nth century runs from its year 01 to the next hundred: the 21st, 2001 to 2100.
        first = int(value) * 100 + 1
        return date(first, 1, 1), date(first + 99, 12, 31), "century"
    year, _, unit = value.partition("-")
    if unit.startswith("W"):
        monday = date.fromisocalendar(int(year), int(unit[1:]), 1)
        return monday, monday + timedelta(days=6), "week"
    if unit.startswith("Q"):
        last = int(unit[1:]) * 3
        return (*_months(int(year), last - 2, last), "quarter")
    if unit.startswith("H"):
        last = int(unit[1:]) * 6
        return (*_months(int(year), last - 5, last), "half_year")
    if unit in _SEASON_MONTHS:
        return (*_months(int(year), *_SEASON_MONTHS[unit]), "season")
    return None


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    """Return the first day of month `first` and the last of `last`, in the next year if smaller."""
    end_year = year + (last < first)
    return date(year, first, 1), date(end_year, last, monthrange(end_year, last)[1])


def shifted_month(anchor: date, months: int) -> str:
    """Return the value of the month `months` after that of `anchor`."""
    index = anchor.year * 12 + anchor.month - 1 + months
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def week_value(day: date) -> str:
    """Return the value of the ISO week of `day`."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def season_value(season: str, anchor: date, shift: int) -> str:
    """Return the value of a season of the anchor's year, `shift` years on.

    In January and February 'this winter' is the one that began the year before.
    """
    year = anchor.year + shift
    if season == "WI" and anchor.month <= 2:
        year -= 1
    return f"{year:04d}-{season}"


def nearest_weekday(anchor: date, weekday: int, direction: int) -> date:
    """Return the day of that name before `anchor` (-1) or after it (1); 0: on it or before."""
    back = (anchor.weekday() - weekday) % 7
    if direction == 0:
        return anchor - timedelta(days=back)
    if direction < 0:
        return anchor - timedelta(days=back or 7)
    return anchor + timedelta(days=(weekday - anchor.weekday()) % 7 or 7)
