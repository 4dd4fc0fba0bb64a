"""Expressions of time as patterns, each with the function that gives its TIMEX3 value.

After the TIMEX3 guidelines of ISO-TimeML. A rule returns None for a match that is no time.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.extract.timex_calendar import (
    SEASONS,
    WEEKDAYS,
    nearest_weekday,
    season_value,
    shifted_month,
    week_value,
)
from tasks.months import MONTHS
from warehouse.tables import TimexMethod, TimexType


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression means: TIMEX3 type and value, and how it was found.

    `is_anchored` is true where the value was reckoned from the anchor, or would have been.
    """

    type: TimexType
    value: str | None
    method: TimexMethod
    is_anchored: bool = False


Rule = Callable[["re.Match[str]", date | None], Meaning | None]

_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|"
    r"December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_SEASON_NAMES = "spring|summer|autumn|fall|winter"
_SEASON = rf"(?P<season>{_SEASON_NAMES})"
_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_COUNT = r"(?P<count>\d{1,4}|" + "|".join(w for w in _WORDS if w not in ("a", "an")) + r"|an?)"
_UNIT = r"(?P<unit>minute|hour|day|week|month|year|decade|century|centurie)s?"
_UNITS = {
    "minute": "PT{}M", "hour": "PT{}H", "day": "P{}D", "week": "P{}W", "month": "P{}M",
    "year": "P{}Y", "decade": "P{}DE", "century": "P{}CE", "centurie": "P{}CE",
}  # fmt: skip
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_SHIFT = {"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1, "coming": 1}


def _month(match: re.Match[str]) -> int:
    return MONTHS[match["month"].rstrip(".").lower()]


def _explicit(value: str) -> Meaning:
    return Meaning("DATE", value, "explicit")


def _anchored(value: str | None) -> Meaning:
    return Meaning("DATE", value, "none", is_anchored=True)


def _date(match: re.Match[str], _: date | None) -> Meaning:
    return _explicit(f"{match['year']}-{_month(match):02d}-{int(match['day']):02d}")


def _iso(match: re.Match[str], _: date | None) -> Meaning:
    return _explicit(match.group())


def _numeric(match: re.Match[str], _: date | None) -> Meaning | None:
    first, second = int(match["first"]), int(match["second"])
    if not (first == second or (first > 12) != (second > 12)):
        return None
    day, month = (first, second) if first > 12 else (second, first)
    return _explicit(f"{match['year']}-{month:02d}-{day:02d}")


def _day_month(match: re.Match[str], anchor: date | None) -> Meaning:
    """The year nearest to the anchor: 'December 30', read in January, was last month."""
    if anchor is None:
        return _anchored(f"XXXX-{_month(match):02d}-{int(match['day']):02d}")
    year = _nearest_year(anchor, _month(match))
    return _anchored(f"{year:04d}-{_month(match):02d}-{int(match['day']):02d}")


def _nearest_year(anchor: date, month: int) -> int:
    return min(
        (anchor.year - 1, anchor.year, anchor.year + 1),
        key=lambda year: abs((year - anchor.year) * 12 + month - anchor.month),
    )


def _month_year(match: re.Match[str], _: date | None) -> Meaning:
    return _explicit(f"{match['year']}-{_month(match):02d}")


def _month_alone(match: re.Match[str], anchor: date | None) -> Meaning:
    if anchor is None:
        return _anchored(f"XXXX-{_month(match):02d}")
    shift = (match["shift"] or "").lower()
    year = _nearest_year(anchor, _month(match))
    if (
        match.string[max(match.start() - 6, 0) : match.start()].endswith(("until ", "by "))
        and _month(match) > anchor.month
    ):
        year = anchor.year
    if shift in ("last", "past", "previous") and (year, _month(match)) >= (
        anchor.year,
        anchor.month,
    ):
        year -= 1
    elif shift in ("next", "coming") and (year, _month(match)) <= (anchor.year, anchor.month):
        year += 1
    return _anchored(f"{year:04d}-{_month(match):02d}")


def _year(match: re.Match[str], _: date | None) -> Meaning:
    return _explicit(match["year"])


def _decade(match: re.Match[str], _: date | None) -> Meaning:
    return _explicit(match["decade"][:3])


def _century(match: re.Match[str], _: date | None) -> Meaning:
    return _explicit(f"{int(match['nth']) - 1:02d}")


def _quarter(match: re.Match[str], anchor: date | None) -> Meaning:
    number = match["number"] or str(_ORDINALS[match["nth"].lower()])
    if match["year"]:
        return _explicit(f"{match['year']}-Q{number}")
    return _anchored(f"{anchor.year:04d}-Q{number}" if anchor else f"XXXX-Q{number}")


def _season(match: re.Match[str], anchor: date | None) -> Meaning:
    """A season with its year, or shifted from the anchor."""
    if match["year2"]:
        return _explicit(f"{match['year2']}-{SEASONS[match['season2'].lower()]}")
    season = SEASONS[match["season"].lower()]
    if anchor is None:
        return _anchored(f"XXXX-{season}")
    return _anchored(season_value(season, anchor, _SHIFT[match["shift"].lower()]))


def _near_day(match: re.Match[str], anchor: date | None) -> Meaning:
    shift = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}[match.group().lower()]
    return _anchored((anchor + timedelta(days=shift)).isoformat() if anchor else None)


def _weekday(match: re.Match[str], anchor: date | None) -> Meaning:
    """'On Wednesday' is the last one, the day of the anchor included; 'next' is ahead."""
    if anchor is None:
        return _anchored(None)
    direction = _SHIFT.get((match["shift"] or "this").lower(), 0)
    day = nearest_weekday(anchor, WEEKDAYS[match["weekday"].lower()], direction)
    return _anchored(day.isoformat())


def _shifted_unit(match: re.Match[str], anchor: date | None) -> Meaning:
    if anchor is None:
        return _anchored(None)
    shift = _SHIFT[match["shift"].lower()]
    unit = match["unit"].lower()
    if unit == "week":
        return _anchored(week_value(anchor + timedelta(weeks=shift)))
    if unit == "month":
        return _anchored(shifted_month(anchor, shift))
    if unit == "quarter":
        index = anchor.year * 4 + (anchor.month - 1) // 3 + shift
        return _anchored(f"{index // 4:04d}-Q{index % 4 + 1}")
    if unit == "decade":
        return _anchored(f"{anchor.year // 10 + shift:03d}")
    return _anchored(f"{anchor.year + shift:04d}")


def _ago(match: re.Match[str], anchor: date | None) -> Meaning | None:
    if anchor is None:
        return _anchored(None)
    count, unit = _number(match), match["unit"].lower()
    sign = -1 if match["side"].lower() in ("ago", "earlier") else 1
    try:
        if unit in ("day", "week"):
            days = sign * count * (7 if unit == "week" else 1)
            return _anchored((anchor + timedelta(days=days)).isoformat())
        if unit == "month":
            return _anchored(shifted_month(anchor, sign * count))
        if unit == "year" and 0 < anchor.year + sign * count < 10000:
            return _anchored(f"{anchor.year + sign * count:04d}")
    except OverflowError:
        return None
    return _anchored(None)


def _number(match: re.Match[str]) -> int:
    count = match["count"].lower()
    return _WORDS.get(count) or int(count)


def _duration(match: re.Match[str], _: date | None) -> Meaning:
    return Meaning("DURATION", _UNITS[match["unit"].lower()].format(_number(match)), "explicit")


def _vague_duration(match: re.Match[str], _: date | None) -> Meaning:
    return Meaning("DURATION", _UNITS[match["unit"].lower()].format("X"), "vague")


def _set(match: re.Match[str], _: date | None) -> Meaning:
    unit = (
        match["unit"] or {"daily": "day"}.get(match.group().lower(), match.group()[:-2])
    ).lower()
    return Meaning("SET", _UNITS[unit].format(1), "explicit")


def _set_weekday(match: re.Match[str], _: date | None) -> Meaning:
    return Meaning("SET", f"XXXX-WXX-{WEEKDAYS[match['weekday'].lower()] + 1}", "explicit")


def _named(_match: re.Match[str], _: date | None) -> Meaning:
    return Meaning("DATE", "2001-09-11", "named")


def _reference(value: str) -> Rule:
    return lambda _match, _anchor: Meaning("DATE", value, "vague")


def _rule(pattern: str, rule: Rule, flags: int = 0) -> tuple[re.Pattern[str], Rule]:
    return re.compile(rf"(?<![\w/.,-])(?:{pattern})(?![\w/]|[.,-]\d)", flags), rule


_MODIFIER = r"(?:(?:early|mid|late|the (?:end|beginning|start|middle) of)[ -])?"
RULES: tuple[tuple[re.Pattern[str], Rule], ...] = (
    _rule(rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY}(?: of)? {_MONTH},? {_YEAR}", _date),
    _rule(rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY},? {_YEAR}", _date),
    _rule(r"\d{4}-\d\d-\d\d", _iso),
    _rule(rf"(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/{_YEAR}", _numeric),
    _rule(rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY}(?: of)? {_MONTH}(?!,? \d{{4}})", _day_month),
    _rule(rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY}(?!,? \d{{4}}|:)", _day_month),
    _rule(rf"{_MODIFIER}{_MONTH}(?: of)?,? {_YEAR}", _month_year),
    _rule(
        rf"(?:(?<=in )|(?<=In )|(?<=since )|(?<=by )|(?<=until )|(?<=from )|"
        rf"(?P<shift>[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast) |(?:early|late|mid)[ -])"
        rf"{_MONTH}(?! \d)",
        _month_alone,
    ),
    _rule(
        rf"(?:(?<=in )|(?<=In )|(?<=since )|(?<=Since )|(?<=by )|(?<=By )|(?<=until )|(?<=from )|"
        rf"(?<=during )|(?<=of )|(?<=and )|(?<=to )|(?<=the )|(?<=\()|"
        rf"(?:early|late|mid)[ -](?:in )?){_YEAR}(?!\s(?:people|troops|soldiers|km|kilomet|miles|"
        r"feet|dollars|men|women|cases|deaths|metres|meters|pages|UTC|GMT|hours|local))",
        _year,
    ),
    _rule(r"(?:the )?(?:(?:early|mid|late)[ -])?(?P<decade>1[5-9]\d0|20\d0)['\u2019]?s", _decade),
    _rule(r"(?:the )?(?P<nth>1\d|2[01]|[1-9])(?:st|nd|rd|th)[ -][Cc]entury", _century),
    _rule(
        rf"(?:the )?(?:Q(?P<number>[1-4])|(?P<nth>first|second|third|fourth) quarter)"
        rf"(?:(?: of)?,? {_YEAR})?",
        _quarter,
    ),
    _rule(
        rf"(?P<shift>[Ll]ast|[Tt]his|[Nn]ext) {_SEASON}|"
        rf"(?:the )?(?P<season2>{_SEASON_NAMES})(?: of)? (?P<year2>1[5-9]\d\d|20\d\d)",
        _season,
    ),
    _rule(r"yesterday|today|tonight|tomorrow", _near_day, re.IGNORECASE),
    _rule(
        rf"(?:(?P<shift>[Ll]ast|[Tt]his|[Nn]ext) )?(?P<weekday>{_WEEKDAY})"
        r"(?!,? (?:\d|[A-Z][a-z]+ \d))",
        _weekday,
    ),
    _rule(
        r"(?:the )?(?P<shift>last|this|next|previous|coming) "
        r"(?P<unit>week|month|quarter|year|decade)",
        _shifted_unit,
        re.IGNORECASE,
    ),
    _rule(rf"{_COUNT} {_UNIT} (?P<side>ago|earlier|later|from now)", _ago, re.IGNORECASE),
    _rule(
        r"(?:(?:the )?(?:last|past|next|previous) )?"
        r"(?:more than |at least |nearly |almost |about )?"
        rf"{_COUNT}[ -]{_UNIT}(?![ -]olds?\b)",
        _duration,
        re.IGNORECASE,
    ),
    _rule(
        rf"(?:(?:the )?(?:last|past|next) )?(?:several|few|a few|many|some) {_UNIT}",
        _vague_duration,
        re.IGNORECASE,
    ),
    _rule(rf"(?:every|each) {_UNIT}|(?:daily|weekly|monthly|yearly)", _set, re.IGNORECASE),
    _rule(rf"(?:every|each) (?P<weekday>{_WEEKDAY})", _set_weekday),
    _rule(r"9/11|September 11 attacks|September 11th attacks", _named),
    _rule(
        r"recently|lately|previously|in the past|formerly|once upon a time",
        _reference("PAST_REF"),
        re.IGNORECASE,
    ),
    _rule(
        r"right now|now|currently|at present|at the moment|nowadays",
        _reference("PRESENT_REF"),
        re.IGNORECASE,
    ),
    _rule(
        r"in the (?:near |coming )?future|(?<!as )soon(?! as)",
        _reference("FUTURE_REF"),
        re.IGNORECASE,
    ),
)
