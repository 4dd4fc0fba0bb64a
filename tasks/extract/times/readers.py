"""The classes that the rules are made of: their names in the patterns, and what reads them."""

from collections.abc import Iterable, Mapping
from typing import Any

from tasks.extract.times.clock_figures import read_clock, read_stamp
from tasks.extract.times.figures import (
    read_day_number,
    read_decade,
    read_era,
    read_fiscal,
    read_lone_year,
    read_month_number,
    read_numeric_day,
    read_ordinal_day,
    read_quarter,
    read_year,
)
from tasks.extract.times.named import first_words, read_named_day
from tasks.extract.times.names import (
    read_lone_month,
    read_lone_part,
    read_lone_season,
    read_lone_weekday,
    read_month,
    read_weekday,
    read_weekdays,
)
from tasks.extract.times.numbers import (
    NUMBER_STARTS,
    ORDINAL_STARTS,
    read_count,
    read_number,
    read_ordinal,
)
from tasks.extract.times.patterns import Found, Grammar, Reader
from tasks.extract.times.phrases import (
    BOUND_STARTS,
    SHIFT_STARTS,
    adrift,
    led,
    read_adjective,
    read_at_time,
    read_bound,
    read_rated,
    read_shifting,
    read_spanning,
)
from tasks.extract.times.scan import FIGURES, Scan
from tasks.extract.times.words import PARTS_OF_DAY, PLURALS, SEASONS, UNITS, WEEKDAYS
from tasks.months import MONTHS

_PAST_UNITS = ("hour", "day", "week", "month", "year", "decade", "century", "millennium")
"""Units of which "the last" one is the stretch up to now; the last quarter is a date."""
_LEADS_THEN = ("since", "until", "till", "by", "from", "before")
_NOUN_TAGS = ("NN", "NNS", "JJ")
_PARTS = PARTS_OF_DAY | {
    f"{part}s": value for part, value in PARTS_OF_DAY.items() if value[1].isalpha()
}
_FIGURES = (FIGURES,)
_FULL_WEEKDAYS = [day for day in WEEKDAYS if day.endswith("day")]


def add_readers(grammar: Grammar) -> None:
    """Add every class."""
    _add_figures(grammar)
    _add_names(grammar)
    classes: tuple[tuple[str, Mapping[str, Any]], ...] = (
        ("LAST", {"last": -1, "final": -1}),
        ("SEASON", {season: season for season in SEASONS}),
        ("SEASON_CODE", SEASONS),
        ("UNIT", UNITS),
        ("SINGLE", {word: unit for word, unit in UNITS.items() if word == unit}),
        ("UNITS", PLURALS),
        ("ONE_UNIT", {unit: UNITS[unit] for unit in _PAST_UNITS}),
        ("LONG_UNIT", {unit: UNITS[unit] for unit in _PAST_UNITS[-3:]}),
        ("PART", _PARTS),
    )
    for name, words in classes:
        grammar.reader(name, _one_of(words), words)
    grammar.reader("SHIFTING", read_shifting, SHIFT_STARTS)
    grammar.reader("BOUND", read_bound, BOUND_STARTS)
    grammar.reader("ADJECTIVE", read_adjective, None)
    grammar.reader("BEFORE", adrift("before"), ("before",))
    grammar.reader("AFTER", adrift("after", "on"), ("after", "on"))
    grammar.reader("AT_TIME", read_at_time, ("the", "this"))
    grammar.reader("THEN", led("then", _LEADS_THEN, (*_NOUN_TAGS, "NNP")), ("then",))
    grammar.reader("AT_PRESENT", led("present", ("at",), _NOUN_TAGS), ("present",))
    grammar.reader("SPANNING", read_spanning, ("the",))
    grammar.reader("RATED", read_rated, ("a", "an"))


def _add_figures(grammar: Grammar) -> None:
    readers: Iterable[tuple[str, Reader, Iterable[str]]] = (
        ("NUMBER", read_number, NUMBER_STARTS),
        ("COUNT", read_count, NUMBER_STARTS),
        ("ORDINAL", read_ordinal, ORDINAL_STARTS),
        ("DAYNUMBER", read_day_number, ORDINAL_STARTS),
        ("ORDINAL_DAY", read_ordinal_day, _FIGURES),
        ("NUMERIC_DAY", read_numeric_day, _FIGURES),
        ("MONTHNUMBER", read_month_number, _FIGURES),
        ("YEAR", read_year, (FIGURES, "'", "ad", "a")),
        ("LONE_YEAR", read_lone_year, (FIGURES, "'", "ad", "a")),
        ("ERA", read_era, ("bc", "bce", "ad", "ce", "b", "a")),
        ("DECADE_FIGURES", read_decade, (FIGURES, "'")),
        ("QUARTER_FIGURES", read_quarter, (FIGURES, "q")),
        ("FISCAL_FIGURES", read_fiscal, ("fy",)),
        ("CLOCK", read_clock, NUMBER_STARTS),
        ("STAMP", read_stamp, _FIGURES),
    )
    for name, reader, starts in readers:
        grammar.reader(name, reader, starts)


def _add_names(grammar: Grammar) -> None:
    readers: Iterable[tuple[str, Reader, Iterable[str]]] = (
        ("MONTH", read_month, MONTHS),
        ("LONE_MONTH", read_lone_month, MONTHS),
        ("WEEKDAY", read_weekday, WEEKDAYS),
        ("LONE_WEEKDAY", read_lone_weekday, _FULL_WEEKDAYS),
        ("WEEKDAY_PLURAL", read_weekdays, [f"{day}s" for day in _FULL_WEEKDAYS]),
        ("LONE_SEASON", read_lone_season, ("the", *SEASONS)),
        ("LONE_PART", read_lone_part, ("the", *_PARTS)),
        ("HOLIDAY_NAME", read_named_day, first_words()),
    )
    for name, reader, starts in readers:
        grammar.reader(name, reader, starts)


def _one_of(words: Mapping[str, Any]) -> Reader:
    def read(scan: Scan, at: int) -> Found:
        word = scan.word(at)
        return (words[word], at + 1) if word in words and scan.closes(at + 1) else None

    return read
