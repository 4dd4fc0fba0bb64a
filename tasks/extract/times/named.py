"""Holidays and named days, by the rules of `seeds/named_days.csv`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta
from hijridate import Gregorian, Hijri

import seeds
from tasks.extract.seed_rows import one_of, seed_rows
from tasks.extract.times.scan import FIGURES, Scan

_WEEKDAYS = {"mon": MO, "tue": TU, "wed": WE, "thu": TH, "fri": FR, "sat": SA, "sun": SU}
Days = tuple[date, date]
Rule = Callable[[Sequence[str], int], "Days | None"]


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A holiday: its rule, the arguments of that, and how many days it lasts, 0 for a month."""

    name: str
    rule: str
    arguments: tuple[str, ...]
    days: int
    forms: tuple[tuple[str, ...], ...]


def days_of(name: str, year: int) -> Days | None:
    """Return first and last day of the named day in `year`; None where its rule gives none."""
    day = named_days()[name]
    try:
        first = _RULES[day.rule](day.arguments, year)
    except (ValueError, OverflowError):
        return None
    if first is None:
        return None
    length = day.days or Hijri(*Gregorian.fromdate(first).to_hijri().datetuple()).month_length()
    return first, first + timedelta(days=length - 1)


def once(name: str) -> date | None:
    """Return the day of a name that is of one year only, such as D-Day."""
    day = named_days()[name]
    return date.fromisoformat(day.arguments[0]) if day.rule == "once" else None


def read_named_day(scan: Scan, at: int) -> tuple[str, int] | None:
    """Read the name of a holiday or named day; the longest that fits."""
    for form, name in _by_word().get(scan.word(at), ()):
        end = at + len(form)
        same = [word.lower() for word in form] == scan.lower[at:end]
        # "New Year" is the day, "new year" any year that begins.
        capital = all(scan.is_capital(at + i) for i, w in enumerate(form) if w[0].isupper())
        if scan.is_capital(at) and scan.is_capital(at - 1) and _is_named_after(scan, at):
            continue
        if same and capital and scan.opens(at) and scan.closes(end):
            return name, end
    return None


@cache
def named_days() -> dict[str, NamedDay]:
    """Return the rows of `seeds/named_days.csv` by name; raises ValueError for a bad one."""
    rows = list(seed_rows(seeds.folder() / "named_days.csv", _row))
    return {row.name: row for row in rows}


def first_words() -> frozenset[str]:
    """Return the words with which a name begins, in lower case; a number is `FIGURES`."""
    return frozenset(FIGURES if word.isdecimal() else word for word in _by_word())


@cache
def _by_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    forms: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in named_days().values():
        for form in row.forms:
            forms.setdefault(form[0].lower(), []).append((form, row.name))
    for entries in forms.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return forms


def _row(row: dict[str, str]) -> NamedDay:
    rule = one_of(row["rule"], _RULES)
    arguments = tuple(row["arguments"].split())
    forms = tuple(tuple(_straight(Scan(form).raw)) for form in row["forms"].split("|"))
    day = NamedDay(row["name"], rule, arguments, int(row["days"]), forms)
    _RULES[rule](arguments, 2021)
    return day


def _is_named_after(scan: Scan, at: int) -> bool:
    """Tell whether a name is made of a holiday, as in "Operation Ramadan"."""
    token = scan.token(at - 1)
    return token is not None and not token.is_sent_start and token.tag_ in ("NNP", "JJ")


def _straight(words: Sequence[str]) -> list[str]:
    return [word.replace("’", "'") for word in words]  # noqa: RUF001


def _fixed(arguments: Sequence[str], year: int) -> date:
    month, day = map(int, arguments[0].split("-"))
    return date(year, month, day)


def _nth(arguments: Sequence[str], year: int) -> date:
    month, weekday, nth = int(arguments[0]), _WEEKDAYS[arguments[1]], int(arguments[2])
    start = date(year, month, 1) if nth > 0 else date(year, month, 1) + relativedelta(day=31)
    found: date = start + relativedelta(weekday=weekday(nth))
    return found


def _easter(arguments: Sequence[str], year: int) -> date:
    sunday: date = easter(year, EASTER_WESTERN)
    return sunday + timedelta(days=int(arguments[0]))


def _orthodox(arguments: Sequence[str], year: int) -> date:
    sunday: date = easter(year, EASTER_ORTHODOX)
    return sunday + timedelta(days=int(arguments[0]))


def _hijri(arguments: Sequence[str], year: int) -> date | None:
    """Return the day of the calendar of Umm al-Qura that falls in `year`, 1925 to 2076."""
    if not 1925 <= year <= 2076:
        return None
    month, day = map(int, arguments)
    first = Gregorian(year, 1, 1).to_hijri().year
    for hijri in (first, first + 1):
        found = Hijri(hijri, month, day).to_gregorian()
        if found.year == year:
            return date(found.year, found.month, found.day)
    return None


def _once(arguments: Sequence[str], year: int) -> date | None:
    day = date.fromisoformat(arguments[0])
    return day if day.year == year else None


def _listed(arguments: Sequence[str], year: int) -> date | None:
    return next((day for day in map(date.fromisoformat, arguments) if day.year == year), None)


_RULES: dict[str, Callable[[Sequence[str], int], date | None]] = {
    "fixed": _fixed, "nth": _nth, "easter": _easter, "orthodox": _orthodox, "hijri": _hijri,
    "once": _once, "listed": _listed,
}  # fmt: skip
