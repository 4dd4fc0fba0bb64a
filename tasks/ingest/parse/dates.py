"""Dates as news prints them: whole strings, and full dates within a text."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from tasks.months import MONTHS

FIRST_YEAR = 1800
"""Earlier years are taken for misreadings in a publication date."""

MONTH = rf"(?P<month>{'|'.join(MONTHS)})\b\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>\d{4})"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s+)?"
TIME = (
    r"(?:[,\s]\s*(?:at\s+|[-|\u2013\u2014]\s*)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::\d{2})?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*\(?(?P<zone>[a-z]{1,5}|[+-]\d{2}:?\d{2})?\)?)?"
)
DATE_FORMS = (
    rf"{DAY}(?:\s+of)?\s+{MONTH},?\s+{YEAR}",
    rf"{MONTH}\s+{DAY},?\s+{YEAR}",
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
)
WHOLE = tuple(re.compile(WEEKDAY + form + TIME, re.IGNORECASE) for form in DATE_FORMS)
WITHIN = tuple(re.compile(rf"(?<![\w-]){form}(?![\w-])", re.IGNORECASE) for form in DATE_FORMS)
NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})")
URL_DATE = re.compile(
    r"/((?:19|20)\d{2})[/-](\d{1,2}|[a-z]{3,9})[/-](\d{1,2})(?=[/-])", re.IGNORECASE
)
TIME_FIRST = re.compile(
    r"(\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\b\.?)?(?:\s+[A-Z]{1,5})?),?\s+(?:on\s+)?(\S.*\d{4})",
    re.IGNORECASE,
)

ZONES = {"gmt": 0, "utc": 0, "z": 0, "bst": 1, "cet": 1, "cest": 2, "msk": 3, "ist": 5.5}
ZONES |= {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
"""Hours east of UTC; a name not listed leaves the day known and the time unknown."""


def parse_date(text: str) -> tuple[date, datetime | None] | None:
    """Return the day, and the UTC time where one is given, that the whole of `text` names.

    Reads ISO 8601, RFC 2822, English dates and unambiguous numeric ones. A time without a zone
    is taken as UTC; the day is that of the UTC time.
    """
    text = " ".join(text.split())
    if not 6 <= len(text) <= 60:
        return None
    if match := TIME_FIRST.fullmatch(text):
        text = f"{match[2]} {match[1]}"
    found = _iso(text) or _english(text) or _rfc2822(text) or _numeric(text)
    return found if found and found[0].year >= FIRST_YEAR else None


def latest_full_date(text: str, *, not_after: date) -> date | None:
    """Return the latest day, month and year named in `text` that is not after `not_after`."""
    return max((day for day in _full_dates(text) if day <= not_after), default=None)


def url_date(url: str) -> date | None:
    """Return the day in an address such as `/2021/06/03/headline` or `/2021/jun/03/headline`."""
    match = URL_DATE.search(url)
    return _day(match[1], MONTHS.get(match[2].casefold(), match[2]), match[3]) if match else None


def _full_dates(text: str) -> Iterator[date]:
    for form in WITHIN:
        for match in form.finditer(text):
            day = _matched_day(match)
            if day and day.year >= FIRST_YEAR:
                yield day


def _matched_day(match: re.Match[str]) -> date | None:
    month = match["month"].casefold()
    return _day(match["year"], MONTHS.get(month, month), match["day"])


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _iso(text: str) -> tuple[date, datetime | None] | None:
    if not text[:4].isdecimal():
        return None
    try:
        moment = datetime.fromisoformat(text)
        if len(text) <= 10 and ":" not in text:
            return moment.date(), None
        return _utc(moment)
    except (ValueError, OverflowError):
        return None


def _rfc2822(text: str) -> tuple[date, datetime | None] | None:
    try:
        return _utc(parsedate_to_datetime(text))
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _english(text: str) -> tuple[date, datetime | None] | None:
    for form in WHOLE:
        match = form.fullmatch(text)
        day = _matched_day(match) if match else None
        if match and day:
            offset = _offset(match["zone"])
            if match["hour"] is None or offset is None:
                return day, None
            hour = int(match["hour"])
            if match["half"]:
                hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
            if hour > 23 or int(match["minute"]) > 59:
                return None
            moment = datetime(day.year, day.month, day.day, hour, int(match["minute"]), tzinfo=UTC)
            try:
                return _utc(moment - offset)
            except OverflowError:
                return day, None
    return None


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return timedelta()
    if zone[0] in "+-":
        sign = -1 if zone[0] == "-" else 1
        return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    hours = ZONES.get(zone.casefold())
    return None if hours is None else timedelta(hours=hours)


def _numeric(text: str) -> tuple[date, datetime | None] | None:
    """Read 2021/06/03, 03.06.2021, and 13/06/2021 or 06/13/2021, but not 03/06/2021."""
    match = NUMERIC.fullmatch(text)
    if not match:
        return None
    first, mark, second, third = match.groups()
    if len(first) == 4:
        day = _day(first, second, third)
    elif mark == "." or int(first) > 12 or first == second:
        day = _day(third, second, first)
    elif int(second) > 12:
        day = _day(third, first, second)
    else:
        day = None
    return (day, None) if day else None


def _utc(moment: datetime) -> tuple[date, datetime]:
    at = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return at.date(), at
