"""Days, months, years, decades and quarters that are written in figures."""

import re

from tasks.extract.times.calendar import is_day
from tasks.extract.times.meanings import Calendar
from tasks.extract.times.numbers import read_ordinal
from tasks.extract.times.patterns import Found
from tasks.extract.times.scan import Scan
from tasks.extract.times.senses import is_short_year, is_year

_ERAS = {("b", ".", "c", ".", "e"): -1, ("b", ".", "c"): -1, ("a", ".", "d"): 1}


def _figures(scan: Scan, at: int, digits: str) -> int | None:
    word = scan.word(at)
    return int(word) if word.isascii() and re.fullmatch(digits, word) else None


def read_day_number(scan: Scan, at: int) -> Found:
    """Read the number of a day, "3", "03" or "3rd"."""
    number = _figures(scan, at, r"\d\d?")
    if number is None:
        ordinal = read_ordinal(scan, at)
        return ordinal if ordinal and 1 <= ordinal[0] <= 31 else None
    if not 1 <= number <= 31 or not scan.opens(at):
        return None
    end = at + 1
    if scan.is_glued(end) and scan.word(end) in ("st", "nd", "rd", "th"):
        end += 1
    return (number, end) if not scan.is_glued(end) or scan.word(end) in ",.-;:)'\"" else None


def read_ordinal_day(scan: Scan, at: int) -> Found:
    """Read a day by its ordinal alone, as in "the 20th"."""
    ordinal = read_ordinal(scan, at)
    if ordinal is None or not scan.word(at).isdecimal() or not 1 <= ordinal[0] <= 31:
        return None
    token = scan.token(ordinal[1])
    follows_noun = token is not None and token.tag_[:2] in ("NN", "JJ", "CD")
    return None if follows_noun or scan.word(ordinal[1]) == "-" else ordinal


def read_month_number(scan: Scan, at: int) -> Found:
    """Read the month of "2021-06"; not of "2006-07", two years, nor of a longer number."""
    number = _figures(scan, at, r"\d\d")
    glued = scan.is_glued(at) and scan.is_glued(at - 1) and len(scan.word(at - 2)) == 4
    if not number or number > 12 or not glued or not scan.closes(at + 1):
        return None
    if scan.word(at + 1) == "-" and scan.is_glued(at + 1) and scan.word(at + 2).isdecimal():
        return None
    return None if number > int(scan.word(at - 2)[2:]) else (number, at + 1)


def read_numeric_day(scan: Scan, at: int) -> Found:
    """Read a day in figures: "2020-06-03", "3.6.2020", "23/6/2020"; "3/6/2020" is ambiguous."""
    parts = [scan.word(at + offset) for offset in range(5)]
    mark = parts[1]
    if mark not in ("-", "/", ".") or parts[3] != mark or not scan.opens(at):
        return None
    numbers = [parts[0], parts[2], parts[4]]
    glued = all(scan.is_glued(at + offset) for offset in range(1, 5))
    if (
        not glued
        or not scan.closes(at + 5)
        or not all(p.isascii() and p.isdecimal() for p in numbers)
    ):
        return None
    first, second, third = (int(number) for number in numbers)
    sizes = [len(part) for part in numbers]
    if sizes[0] == 4 and sizes[1] <= 2 and sizes[2] <= 2:
        return _of_figures(first, second, third, at + 5)
    if sizes[2] == 4 and sizes[0] <= 2 and sizes[1] <= 2:
        return _by_order(first, second, third, mark, at + 5)
    return None


def _of_figures(year: int, month: int, day: int, end: int) -> Found:
    if not 1000 <= year <= 2199 or not is_day(year, month, day):
        return None
    return Calendar(year=year, month=month, day=day), end


def _by_order(first: int, second: int, year: int, mark: str, end: int) -> Found:
    """Full stops part day and month in that order; else the larger decides, if above 12.

    Where either may be the month, the order stays open until the article is known.
    """
    if mark == "." or first > 12 or first == second:
        return _of_figures(year, second, first, end)
    if second > 12:
        return _of_figures(year, first, second, end)
    if not 1000 <= year <= 2199 or not first or not second:
        return None
    return Calendar(year=year, month=first, day=second, is_open=True), end


def read_year(scan: Scan, at: int) -> Found:
    """Read a year beside other words of a date: "1939", "'39", "490 BC", "AD 79"."""
    before = read_era(scan, at)
    if before is not None and before[0] == 1:
        number = _figures(scan, before[1], r"\d{1,4}")
        return (number, before[1] + 1) if number and scan.closes(before[1] + 1) else None
    if scan.word(at) == "'" and scan.is_glued(at + 1) and not scan.is_glued(at):
        short = _figures(scan, at + 1, r"\d\d")
        return (_full(short), at + 2) if short is not None and scan.closes(at + 2) else None
    number = _figures(scan, at, r"\d{1,4}")
    if not number:
        return None
    after = read_era(scan, at + 1)
    if after is not None and scan.opens(at):
        return number * after[0], after[1]
    if len(scan.word(at)) != 4 or not 1000 <= number <= 2199 or not scan.closes(at + 1):
        return None
    return number, at + 1


def _full(short: int) -> int:
    """Return the year of two figures: 30 to 99 lie in the last century."""
    return 1900 + short if short >= 30 else 2000 + short


def read_era(scan: Scan, at: int) -> Found:
    """Read "BC", "B.C.", "BCE", "AD" or "CE"; the value is -1 or 1."""
    raw = scan.raw[at] if at < scan.size else ""
    if raw in ("BC", "BCE"):
        return -1, at + 1
    if raw in ("AD", "CE"):
        return 1, at + 1
    for letters, era in _ERAS.items():
        end = at + len(letters)
        if tuple(scan.lower[at:end]) == letters and scan.is_capital(at):
            glued = all(scan.is_glued(i) for i in range(at + 1, end))
            return (era, end + (scan.word(end) == "." and scan.is_glued(end))) if glued else None
    return None


def read_lone_year(scan: Scan, at: int) -> Found:
    """Read a year that stands without month; not a number of things, people or a version."""
    found = read_year(scan, at)
    if found is None or not scan.opens(at):
        return None
    if scan.word(at) == "'":
        return found if is_short_year(scan, at) else None
    if found[0] < 0 or not scan.word(at).isdecimal() or found[1] > at + 1:
        return found
    return found if is_year(scan, at, found[0]) else None


def read_decade(scan: Scan, at: int) -> Found:
    """Read "1990s", "1990's", "'90s", "80s", "480s BC"; the value is that of TIMEX3."""
    start = at + (scan.word(at) == "'")
    word, end = scan.word(start), start + 1
    end += scan.word(end) == "'" and scan.is_glued(end)
    ends = scan.word(end) == "s" and scan.is_glued(end) and scan.closes(end + 1)
    if not ends or not word.isdecimal() or not word.endswith("0") or not scan.opens(start):
        return None
    era = read_era(scan, end + 1)
    if era is not None and era[0] < 0 and len(word) <= 3:
        return f"BC{word.zfill(4)[:3]}", era[1]
    if len(word) == 4 and 1000 <= int(word) <= 2190:
        return word[:3], end + 1
    if len(word) == 2 and (int(word) >= 20 or start > at):
        return f"{_full(int(word)) // 10}", end + 1
    return None


def read_quarter(scan: Scan, at: int) -> Found:
    """Read "Q3" or "3Q"."""
    first, second = scan.word(at), scan.word(at + 1)
    if not scan.is_glued(at + 1) or not scan.opens(at) or not scan.closes(at + 2):
        return None
    pair = {first, second}
    number = (pair - {"q"}).pop() if "q" in pair and len(pair) == 2 else ""
    return (int(number), at + 2) if number in ("1", "2", "3", "4") else None


def read_fiscal(scan: Scan, at: int) -> Found:
    """Read "FY2007" or "FY07"."""
    if scan.word(at) != "fy" or not scan.closes(at + 2):
        return None
    year = _figures(scan, at + 1, r"\d\d(\d\d)?")
    return None if year is None else (_full(year) if year < 100 else year, at + 2)
