"""Times of the clock and ISO time stamps, as figures."""

import re
from datetime import datetime

from tasks.extract.grammar import words
from tasks.extract.times.numbers import read_number
from tasks.extract.times.scan import Scan

_ZONES = {
    "utc": "Z", "gmt": "Z", "z": "Z", "bst": "+01", "cet": "+01", "cest": "+02", "eet": "+02",
    "msk": "+03", "ist": "+05:30", "jst": "+09", "est": "-05", "edt": "-04", "cst": "-06",
    "cdt": "-05", "mst": "-07", "mdt": "-06", "pst": "-08", "pdt": "-07", "et": "-05", "pt": "-08",
}  # fmt: skip
"""Zones by their usual letters; where two share them, the one in English-language news."""
_BEFORE = words("at by until till from to between around about since after before ( , on")
_AMERICAN = words("eastern central mountain pacific")
_STAMP = re.compile(
    r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?(?![\w:])"
)


def read_clock(scan: Scan, at: int) -> tuple[tuple[str, str], int] | None:
    """Read "14:30", "9:34 p.m. EST", "3 o'clock"; return time and zone, and the word after."""
    hour = _hour(scan, at)
    if hour is None:
        return _military(scan, at)
    minute, end = _minute(scan, at + 1)
    half = _half(scan, end)
    sure = minute is not None and (scan.word(at - 1) in _BEFORE or at == 0)
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour, end, sure = hour % 12 + 12 * (half[0] == "p"), half[1], True
    elif minute is None and tuple(scan.lower[end : end + 3]) == ("o", "'", "clock"):
        end, sure = end + 3, True
    zone, end, has_zone = _zone(scan, end)
    if not (sure or (has_zone and minute is not None)) or hour > 24 or not scan.closes(end):
        return None
    return (f"T{hour:02d}:{minute or 0:02d}", zone), end


def _military(scan: Scan, at: int) -> tuple[tuple[str, str], int] | None:
    """Read "0815 GMT" and "1430 hours"."""
    word = scan.word(at)
    zone, end, has_zone = _zone(scan, at + 1)
    is_time = re.fullmatch(r"([01]\d|2[0-3])[0-5]\d", word) is not None
    if not is_time or not has_zone or not scan.opens(at) or not scan.closes(end):
        return None
    return (f"T{word[:2]}:{word[2:]}", zone), end


def _hour(scan: Scan, at: int) -> int | None:
    word = scan.word(at)
    if word.isascii() and word.isdecimal() and len(word) <= 2 and scan.opens(at):
        return int(word)
    if word.isalpha() and scan.word(at + 1) == "o":
        number = read_number(scan, at)
        return int(number[0][0]) if number and number[0][0] else None
    return None


def _minute(scan: Scan, at: int) -> tuple[int | None, int]:
    word = scan.word(at + 1)
    if (
        scan.word(at) in (":", ".")
        and scan.is_glued(at)
        and scan.is_glued(at + 1)
        and re.fullmatch(r"[0-5]\d", word)
        and (scan.word(at) == ":" or _half(scan, at + 2) is not None)
    ):
        end = at + 2
        if scan.word(end) == ":" and re.fullmatch(r"[0-5]\d", scan.word(end + 1)):
            end += 2
        return int(word), end
    return None, at


def _half(scan: Scan, at: int) -> tuple[str, int] | None:
    """Read "am", "p.m." and the like; return "a" or "p"."""
    word = scan.word(at)
    if word in ("am", "pm"):
        return word[0], at + 1
    if word in ("a", "p") and scan.word(at + 1) == "." and scan.word(at + 2) == "m":
        glued = scan.is_glued(at + 1) and scan.is_glued(at + 2)
        end = at + 3 + (scan.word(at + 3) == "." and scan.is_glued(at + 3))
        return (word, end) if glued else None
    return None


def _zone(scan: Scan, at: int) -> tuple[str, int, bool]:
    bracket = scan.word(at) == "("
    word = scan.word(at + bracket)
    if word in _ZONES and scan.raw[at + bracket].isupper():
        closed = bracket and scan.word(at + 2) == ")"
        return (
            (_ZONES[word], at + 1 + 2 * closed, True) if closed or not bracket else ("", at, False)
        )
    if word in _AMERICAN and scan.word(at + 1) == "time" and not bracket:
        return _ZONES[f"{word[0]}st"], at + 2, True
    if word == "local" and scan.word(at + 1) == "time":
        return "", at + 2, True
    if word in ("hrs", "hours") and not bracket:
        return "", at + 1, True
    return "", at, False


def read_zone(scan: Scan, at: int) -> int:
    """Return the word after the letters of a zone at word `at`, or `at` where there are none."""
    return _zone(scan, at)[1] if scan.word(at) not in ("hours", "hrs") else at


def read_stamp(scan: Scan, at: int) -> tuple[str, int] | None:
    """Read "2021-05-03T14:30:00+02:00"; the value is cut to minutes and keeps the zone."""
    if len(scan.word(at)) != 4 or scan.word(at + 3) != "-" or not scan.opens(at):
        return None
    match = _STAMP.match(scan.text, scan.starts[at])
    if match is None:
        return None
    try:
        datetime.fromisoformat(f"{match[1]}T{match[2]}")
    except ValueError:
        return None
    end = at
    while end < scan.size and scan.ends[end] <= match.end():
        end += 1
    return f"{match[1]}T{match[2]}{match[3] or ''}", end
