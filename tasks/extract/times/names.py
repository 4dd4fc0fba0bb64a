"""Names of months, weekdays, seasons and parts of the day, where they are such."""

from tasks.extract.times.clock_figures import read_zone
from tasks.extract.times.patterns import Found
from tasks.extract.times.scan import Scan
from tasks.extract.times.senses import is_month, is_season
from tasks.extract.times.words import PARTS_OF_DAY, SEASONS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from tasks.months import MONTHS

_LONE_PARTS = {
    part: value
    for part, value in PARTS_OF_DAY.items()
    if part in ("morning", "afternoon", "evening", "night", "daytime", "noon", "midday", "midnight")
}

_NIGHT_THINGS = ("shift", "shifts", "club", "clubs", "school", "vision", "train", "owl", "coat")
"""What a part of the day is a kind of: "the night shift"."""


def read_month(scan: Scan, at: int) -> Found:
    """Read the name of a month, in full or cut short, with its full stop."""
    word = scan.word(at)
    if word not in MONTHS or not scan.is_capital(at) or not scan.opens(at):
        return None
    end = at + 1
    if word in SHORT_MONTHS and scan.word(end) == "." and scan.is_glued(end):
        end += 1
    return MONTHS[word], end


def read_lone_month(scan: Scan, at: int) -> Found:
    """Read a month that stands without day and year and yet is no other word of that spelling."""
    found = read_month(scan, at)
    return found if found and scan.closes(found[1]) and is_month(scan, at) else None


def read_weekday(scan: Scan, at: int) -> Found:
    """Read a day of the week beside a date; cut short, too."""
    word = scan.word(at)
    if word not in WEEKDAYS or not scan.is_capital(at) or not scan.opens(at):
        return None
    end = at + 1
    if word in SHORT_WEEKDAYS and scan.word(end) == "." and scan.is_glued(end):
        end += 1
    return WEEKDAYS[word], end


def read_lone_weekday(scan: Scan, at: int) -> Found:
    """Read a day of the week by its full name; "Sun" is a paper and "Sat" a verb."""
    found = read_weekday(scan, at)
    ok = found and scan.word(at).endswith("day") and scan.closes(at + 1)
    return found if ok and scan.word(at - 1) not in ("black", "bloody", "super", "cyber") else None


def read_weekdays(scan: Scan, at: int) -> Found:
    """Read "Mondays"."""
    word = scan.word(at)
    found = WEEKDAYS.get(word.removesuffix("s")) if word.endswith("days") else None
    return (found, at + 1) if found is not None and scan.is_capital(at) else None


def read_lone_season(scan: Scan, at: int) -> Found:
    """Read a season that stands alone, with its article."""
    noun = at + (scan.word(at) == "the")
    word = scan.word(noun)
    return (word, noun + 1) if word in SEASONS and is_season(scan, noun) else None


def read_lone_part(scan: Scan, at: int) -> Found:
    """Read a part of the day that stands alone.

    With its value come whether it is meant in general, and whether it is of many days.
    """
    noun = at + (scan.word(at) == "the")
    noun += scan.word(noun) in ("early", "late") and noun > at
    word = scan.word(noun).removesuffix("s")
    if (
        scan.word(at - 1) == "good"
        or scan.word(noun + 1) in _NIGHT_THINGS
        or word not in _LONE_PARTS
        or not scan.closes(noun + 1)
        or scan.is_glued(noun)
    ):
        return None
    if (scan.is_capital(noun) and scan.is_capital(noun + 1)) or scan.tag(noun) == "NNP":
        return None
    end = noun + 1
    if ":" in _LONE_PARTS[word]:
        end = read_zone(scan, end)
    if scan.word(end) == "-" and scan.word(end + 1) == "time":
        end += 2
    elif scan.word(end) == "hours":
        end += 1
    return (_LONE_PARTS[word], noun == at, scan.word(noun) != word), end
