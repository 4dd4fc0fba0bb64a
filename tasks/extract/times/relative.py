"""Rules for dates told by their distance: "yesterday", "last week", "two days later"."""

from tasks.extract.times.meanings import Calendar, Origin, Reading, Shift, Unit, Vague
from tasks.extract.times.patterns import Build, Captures, Grammar, always
from warehouse.tables import TimexModifier

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
_TOLD: tuple[Unit, ...] = ("week", "weekend", "month", "quarter", "year", "decade")
"""Units of which "the" one is the one told of."""
_LONG: tuple[Unit, ...] = ("decade", "century", "millennium")
"""Units of which "the next" one is a stretch to come, not a date."""


def add_relative(grammar: Grammar) -> None:
    """Add the sets OF_YEAR, OF_MONTH, NEAR_DAY, SHIFTED, AGO, WEEKDAYS."""
    _add_parents(grammar)
    _add_near_days(grammar)
    _add_weekdays(grammar)
    _add_units(grammar)
    _add_distances(grammar)


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
    grammar.rule("NEAR_DAY", "this day", _read(Shift("day", 0, "text")))
    grammar.rule(
        "TEXT_TIME",
        """
        that time
        this|that period
        AT_TIME
        """,
        _read(Shift("day", 0, "text", keeps=True)),
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
        the year - ago|earlier
        """,
        lambda m: _unit(m.get("SINGLE", "year"), -1, "text"),
    )
    grammar.rule("SHIFTED", "the SINGLE AFTER", lambda m: _unit(m["SINGLE"], 1, "text"))
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
        the year - earlier period|quarter
        the year - ago period|quarter
        """,
        _read(Shift("year", -1, "text", keeps=True)),
    )


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


def _add_distances(grammar: Grammar) -> None:
    grammar.rule(
        "AGO",
        """
        [BOUND] NUMBER [-] UNIT ago|back
        [BOUND] NUMBER UNIT prior
        """,
        lambda m: _distance(m, -1, "speech"),
    )
    grammar.rule(
        "AGO",
        """
        [BOUND] NUMBER UNIT from now|today
        [BOUND] NUMBER UNIT hence
        NUMBER UNIT ' [s] time
        """,
        lambda m: _distance(m, 1, "speech"),
    )
    grammar.rule(
        "AGO",
        """
        [BOUND] NUMBER UNIT earlier|BEFORE|previously|beforehand
        NUMBER UNIT before that
        """,
        lambda m: _distance(m, -1, "text"),
    )
    grammar.rule(
        "AGO",
        """
        [BOUND] NUMBER UNIT later|afterwards|afterward|thereafter|AFTER
        NUMBER UNIT after that
        """,
        lambda m: _distance(m, 1, "text"),
    )
    grammar.rule("AGO", "UNITS ago|earlier|BEFORE|previously", always(Reading(Vague("PAST_REF"))))
    grammar.rule("AGO", "UNITS later|afterwards|hence", always(Reading(Vague("FUTURE_REF"))))


def _distance(m: Captures, sign: int, origin: Origin) -> Reading | None:
    [number] = m["NUMBER"]
    if number is None:
        return Reading(Vague("PAST_REF" if sign < 0 else "FUTURE_REF"))
    unit: Unit = m["UNIT"]
    bound: TimexModifier | None = m.get("BOUND")
    if sign < 0 and bound is not None:
        bound = _BOUNDS_AGO.get(bound, bound)
    if number != int(number):
        unit, size = _PARTS.get(unit, (unit, 1))
        number = round(number * size)
    return Reading(Shift(unit, sign * int(number), origin, is_distance=True), bound)


_BOUNDS_AGO: dict[TimexModifier, TimexModifier] = {"MORE_THAN": "BEFORE", "LESS_THAN": "AFTER"}
"""More than a year ago is before that day of the last year."""
_PARTS: dict[Unit, tuple[Unit, int]] = {
    "week": ("day", 7), "year": ("month", 12), "decade": ("year", 10), "century": ("year", 100),
}  # fmt: skip
"""Smaller units in which half a unit is a whole number."""
