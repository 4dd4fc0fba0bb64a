"""Calendar arithmetic for TIMEX3 values (ISO-TimeML): the days a value covers, and its shifts."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from tasks.extract.times.meanings import Unit
from warehouse.tables import Granularity

_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
"""Meteorological seasons of the northern hemisphere, as news in English uses them."""
SEASONS = ("SP", "SU", "FA", "WI")
_PLAIN = re.compile(r"(BC)?(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_YEARS = {"year": 1, "fiscal": 1, "decade": 10, "century": 100, "millennium": 1000}
_MONTHS = {"month": 1, "quarter": 3, "half": 6}
_CLOCK = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(.*)")
_CLOCK_UNITS: dict[Unit, timedelta] = {
    "hour": timedelta(hours=1), "minute": timedelta(minutes=1), "second": timedelta(seconds=1),
}  # fmt: skip

Span = tuple[date, date, Granularity]


class Point(NamedTuple):
    """A date whose month and day may be missing; years before Christ are below zero."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def on(self) -> date | None:
        """The day, where there is one that the calendar of Python has."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day) if 0 < self.year < 10000 else None


def point_of(value: str) -> Point | None:
    """Return where the time that `value` covers begins; None where it says no year."""
    plain = _PLAIN.match(value)
    if plain:
        sign = -1 if plain[1] else 1
        year, month, day = sign * int(plain[2]), plain[3], plain[4]
        if month:
            return Point(year, int(month), int(day) if day else None)
        days = span_of(value) if "-" in value and not plain[1] else None
        if days is None:
            return Point(year)
        return Point(days[0].year, days[0].month, days[0].day if days[2] == "week" else None)
    if value.startswith("FY") and value[2:6].isdigit():
        return Point(int(value[2:6]))
    if re.fullmatch(r"\d{2,3}", value):
        return Point(int(value.ljust(4, "0")))
    return None


def point_on(day: date) -> Point:
    """Return the point of a day."""
    return Point(day.year, day.month, day.day)


def year_value(year: int) -> str:
    """Return the value of a year; 490 BC, which is -490, is "BC0490"."""
    return f"BC{-year:04d}" if year < 0 else f"{year:04d}"


def value_at(point: Point) -> str:
    """Return the value of a year, month or day."""
    value = year_value(point.year)
    if point.month is not None:
        value += f"-{point.month:02d}"
        if point.day is not None:
            value += f"-{point.day:02d}"
    return value


def is_day(year: int | None, month: int, day: int) -> bool:
    """Tell whether the calendar has the day; without a year, whether some year has it."""
    if not 1 <= month <= 12 or day < 1:
        return False
    # Years before Christ and those without a number are taken for leap years.
    return day <= monthrange(year if year is not None and 0 < year < 10000 else 2000, month)[1]


def span_of(value: str) -> Span | None:
    """Return first day, last day and unit of a TIMEX3 value; None where it names no days.

    None, too, for years before Christ and business years, whose days the words do not tell.
    """
    try:
        return _span_of(value)
    except (ValueError, OverflowError):
        return None


def _span_of(value: str) -> Span | None:
    day, _, time = value.partition("T")
    if re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        on = date.fromisoformat(day)
        return on, on, _time_unit(time) if time else "day"
    if time:
        return None
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
    return _unit_span(int(year), unit) if re.fullmatch(r"\d{4}", year) else None


def _unit_span(year: int, unit: str) -> Span | None:
    if re.fullmatch(r"W\d\d(-WE)?", unit):
        monday = date.fromisocalendar(year, int(unit[1:3]), 1)
        first = 5 if unit.endswith("WE") else 0
        return monday + timedelta(days=first), monday + timedelta(days=6), "week"
    if re.fullmatch(r"Q[1-4]", unit):
        return (*_months(year, int(unit[1:]) * 3 - 2, int(unit[1:]) * 3), "quarter")
    if re.fullmatch(r"H[12]", unit):
        return (*_months(year, int(unit[1:]) * 6 - 5, int(unit[1:]) * 6), "half_year")
    if unit in _SEASON_MONTHS:
        return (*_months(year, *_SEASON_MONTHS[unit]), "season")
    return None


def _time_unit(time: str) -> Granularity:
    if ":" in time:
        return "minute"
    return "hour" if time[:2].isdigit() else "part_of_day"


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    """Return the first day of month `first` and the last of `last`, in the next year if smaller."""
    end_year = year + (last < first)
    return date(year, first, 1), date(end_year, last, monthrange(end_year, last)[1])


def week_value(day: date) -> str:
    """Return the value of the ISO week of `day`."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def season_at(point: Point) -> int:
    """Return the number of the season at `point`, counted through the years; spring is 0.

    January and February lie in the winter that began the year before.
    """
    month = point.month or 7
    return point.year * 4 + (month - 3) // 3 if month >= 3 else point.year * 4 - 1


def season_value(number: int) -> str:
    """Return the value of a season by the number of `season_at`."""
    return f"{year_value(number // 4)}-{SEASONS[number % 4]}"


def shifted(point: Point, unit: Unit, count: int) -> str | None:
    """Return the value of the `unit` that lies `count` units after the one at `point`.

    What is finer than `point` is X, as in "1915-XX". None where it lies outside the calendar.
    """
    try:
        return _shifted(point, unit, count)
    except (ValueError, OverflowError):
        return None


def _shifted(point: Point, unit: Unit, count: int) -> str | None:
    if unit in _YEARS:
        # There is no year 0: the year after 1 BC, which is -1, is 1.
        plain = point.year + (point.year < 0) + count * _YEARS[unit]
        return _years(plain if plain > 0 else plain - 1, unit)
    if unit == "season":
        return season_value(season_at(point) + count)
    if unit in ("hour", "minute", "second") and point.on is None:
        return None
    if point.month is None:
        return f"{year_value(point.year)}-{'XX-XX' if unit not in _MONTHS else 'XX'}"
    if unit in _MONTHS:
        size = _MONTHS[unit]
        year, index = divmod(
            point.year * 12 // size + (point.month - 1) // size + count, 12 // size
        )
        letter = {"month": "", "quarter": "Q", "half": "H"}[unit]
        return f"{year_value(year)}-{letter}{index + 1:0{2 if unit == 'month' else 1}d}"
    return _days(point, unit, count)


def _years(year: int, unit: Unit) -> str | None:
    if not -10000 < year < 10000:
        return None
    if unit == "fiscal":
        return f"FY{year:04d}"
    value = year_value(year)
    return {"year": value, "decade": value[:-1], "century": value[:-2]}.get(unit, value[:-3])


def _days(point: Point, unit: Unit, count: int) -> str | None:
    day = point.on
    if day is None:
        return f"{value_at(Point(point.year, point.month))}-XX"
    if unit in ("week", "fortnight", "weekend"):
        week = week_value(day + timedelta(weeks=count * (2 if unit == "fortnight" else 1)))
        return f"{week}-WE" if unit == "weekend" else week
    if unit == "night":
        return f"{day + timedelta(days=count)}TNI"
    return (day + timedelta(days=count)).isoformat() if unit == "day" else f"{day}TXX"


def on_clock(value: str, unit: Unit, count: int) -> str | None:
    """Return the time `count` hours, minutes or seconds after the time of the clock `value`.

    None where `value` is no such time or `unit` another: half an hour after 2020-06-03T21:42 it
    is 2020-06-03T22:12.
    """
    match, size = _CLOCK.match(value), _CLOCK_UNITS.get(unit)
    if match is None or size is None:
        return None
    try:
        told = datetime.fromisoformat(match[1]).replace(tzinfo=UTC) + count * size
    except (ValueError, OverflowError):
        return None
    return f"{told:%Y-%m-%dT%H:%M}{match[2]}"
