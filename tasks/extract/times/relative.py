"""Rules for dates told by their distance: "yesterday", "last week", "two days later"."""

from typing import Literal

from tasks.extract.times.lengths import length_value
from tasks.extract.times.meanings import Calendar, Length, Named, Origin, Reading, Shift, Unit
from tasks.extract.times.patterns import Build, Captures, Grammar, always

_DAYS: dict[str, int] = {"yesterday": -1, "today": 0, "tomorrow": 1}
_PARENTS: dict[Unit, tuple[tuple[str, int, Origin], ...]] = {
    "year": (
        ("last year", -1, "speech"), ("this year", 0, "speech"), ("next year", 1, "speech"),
        ("the current year", 0, "speech"), ("that [same] year", 0, "text"),
        ("the same year", 0, "text"), ("the year", 0, "text"),
        ("the previous|preceding|prior year", -1, "text"), ("the year before", -1, "text"),
        ("the following|next year", 1, "text"), ("the year after", 1, "text"),
        ("a year earlier", -1, "text"), ("a year ago", -1, "speech"),
    ),
    "month": (
        ("last month", -1, "speech"), ("this month", 0, "speech"), ("next month", 1, "speech"),
        ("the month", 0, "text"), ("that [same] month", 0, "text"), ("the same month", 0, "text"),
    ),
    "week": (
        ("last week", -1, "speech"), ("this week", 0, "speech"), ("next week", 1, "speech"),
        ("that [same] week", 0, "text"), ("the following week", 1, "text"),
    ),
}  # fmt: skip
"""Periods that another date names as its own: "June of last year"."""
_TOLD: tuple[Unit, ...] = ("week", "weekend", "month", "quarter", "year", "decade", "century")
"""Units of which "the" one is the one told of."""
_LONG: tuple[Unit, ...] = ("decade", "century", "millennium")
"""Units of which "the next" one is a stretch to come, not a date."""


def add_relative(grammar: Grammar) -> None:
    """Add the sets OF_YEAR, OF_MONTH, NEAR_DAY, SHIFTED, TEXT_TIME, WEEKDAYS."""
    _add_parents(grammar)
    _add_near_days(grammar)
    _add_weekdays(grammar)
    _add_units(grammar)


def _add_parents(grammar: Grammar) -> None:
    for unit, parents in _PARENTS.items():
        for words, count, origin in parents:
            grammar.rule(f"OF_{unit.upper()}", words, always(Shift(unit, count, origin)))


def _read(shift: Shift) -> Build:
    return always(Reading(shift))


def _add_near_days(grammar: Grammar) -> None:
    for word, count in _DAYS.items():
        grammar.rule("NEAR_DAY", word, _read(Shift("day", count, "speech")))
    grammar.rule("NEAR_DAY", "the day before yesterday", _read(Shift("day", -2, "speech")))
    grammar.rule("NEAR_DAY", "the day after tomorrow", _read(Shift("day", 2, "speech")))
    grammar.rule(
        "NEAR_DAY",
        """
        the [very] next day
        the day AFTER
        the day following
        the following day
        """,
        _read(Shift("day", 1, "text")),
    )
    grammar.rule(
        "NEAR_DAY",
        """
        the previous|preceding day
        the day BEFORE
        """,
        _read(Shift("day", -1, "text")),
    )
    grammar.rule(
        "NEAR_DAY",
        """
        that [same|very] day
        the same|very day
        the very same day
        this same day
        """,
        _read(Shift("day", 0, "text")),
    )
    for word, count in (("before", -1), ("after", 1)):
        grammar.rule("NEAR_DAY", f"the day {word} HOLIDAY_NAME [YEAR]", _beside_feast(count))
    grammar.rule("NEAR_DAY", "this day", _read(Shift("day", 0, "text")))
    grammar.rule(
        "TEXT_TIME",
        """
        that time
        this|that period
        AT_TIME
        THEN
        """,
        _read(Shift("day", 0, "text", keeps=True)),
    )


def _beside_feast(count: int) -> Build:
    return lambda m: Reading(
        Shift("day", count, "text", base=Named(name=m["HOLIDAY_NAME"], year=m.get("YEAR")))
    )


def _add_weekdays(grammar: Grammar) -> None:
    grammar.rule(
        "WEEKDAYS",
        """
        LONE_WEEKDAY
        SHIFTING LONE_WEEKDAY
        LONE_WEEKDAY [of] OF_WEEK
        """,
        _weekday,
    )


def _weekday(m: Captures) -> Reading:
    shift, origin = m.get("SHIFTING", (None, "speech"))
    return Reading(
        Calendar(weekday=m["LONE_WEEKDAY"], shift=shift, origin=origin, within=m.get("OF_WEEK"))
    )


def _add_units(grammar: Grammar) -> None:
    # Before "the last year" is read as a date: it is the stretch up to now.
    grammar.rule("SHIFTED", "the last ONE_UNIT", lambda m: _stretch(m["ONE_UNIT"], -1))
    grammar.rule("SHIFTED", "SPANNING ONE_UNIT", lambda m: _stretch(m["ONE_UNIT"], 1))
    grammar.rule(
        "SHIFTED",
        """
        SHIFTING SINGLE
        SHIFTING fiscal|financial year
        """,
        _shifted,
    )
    grammar.rule("SHIFTED", "that SINGLE", lambda m: _unit(m["SINGLE"], 0, "text"))
    grammar.rule(
        "SHIFTED",
        """
        the SINGLE BEFORE|earlier|previous
        """,
        lambda m: _unit(m["SINGLE"], -1, "text"),
    )
    grammar.rule("SHIFTED", "the SINGLE AFTER", lambda m: _unit(m["SINGLE"], 1, "text"))
    grammar.rule(
        "SHIFTED",
        "the [current] fiscal|financial|business year",
        _read(Shift("fiscal", 0, "speech")),
    )
    for word in _TOLD:
        grammar.rule("SHIFTED", f"the {word}", _read(Shift(word, 0, "text")))
        grammar.rule("SHIFTED", f"the entire|whole|full {word}", _read(Shift(word, 0, "text")))
        grammar.rule(
            "SHIFTED",
            f"""
            the same {word} a year ago|earlier
            the same {word} last year
            the same {word} the year before
            """,
            _read(Shift("year", -1, "text", base=Shift(word, 0, "text"))),
        )
    grammar.rule(
        "SHIFTED",
        """
        the same period last year
        the same period of last year
        the same period a year ago|earlier
        the same period the year before
        the same period in the previous year
        the same period of the last|previous year
        [the] year - ago|earlier
        the year - earlier period|quarter
        the year - ago period|quarter
        """,
        _read(Shift("year", -1, "text", keeps=True)),
    )


def _stretch(unit: Unit, side: Literal[-1, 1]) -> Reading:
    return Reading(Length(length_value(1, unit), side))


def _unit(unit: Unit, count: int, origin: Origin) -> Reading | None:
    if unit in ("second", "minute", "hour", "season"):
        return None
    return Reading(Shift(unit, count, origin))


def _shifted(m: Captures) -> Reading | None:
    count, origin = m["SHIFTING"]
    unit: Unit = m.get("SINGLE", "fiscal")
    if unit in _LONG and origin == "text" and count == 1:
        return None
    return _unit(unit, count, origin)
