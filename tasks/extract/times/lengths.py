"""Rules for stretches of time and for what comes back: durations and sets."""

from tasks.extract.times.meanings import Every, Length, Reading, Unit
from tasks.extract.times.patterns import Build, Captures, Grammar, always
from tasks.extract.times.words import LENGTHS
from warehouse.tables import TimexModifier

_ADVERBS = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1TNI", "weekly": "P1W", "monthly": "P1M",
    "quarterly": "P1Q", "yearly": "P1Y", "annually": "P1Y", "annual": "P1Y",
    "semiannual": "P6M", "semiannually": "P6M", "biannual": "P6M", "bimonthly": "P2M",
    "biweekly": "P2W", "fortnightly": "P2W", "biennial": "P2Y", "everyday": "P1D",
}  # fmt: skip

_LONG = {
    "hourlong": "PT1H", "daylong": "P1D", "nightlong": "P1TNI", "weeklong": "P1W",
    "monthlong": "P1M", "yearlong": "P1Y", "decadelong": "P1DE", "multiyear": "PXY",
}  # fmt: skip
_HALVES: dict[Unit, str] = {
    "minute": "PT30S", "hour": "PT30M", "year": "P6M", "decade": "P5Y", "century": "P50Y",
    "millennium": "P500Y",
}  # fmt: skip
"""Half a unit, where it is a whole number of smaller ones."""


def length_value(number: float | None, unit: Unit) -> str:
    """Return the TIMEX3 value of so many units; an unknown number is X."""
    if number == 0.5 and unit in _HALVES:
        return _HALVES[unit]
    if unit == "fortnight" and number is not None:
        number *= 2
    return LENGTHS[unit].format("X" if number is None else f"{number:g}")


def add_lengths(grammar: Grammar) -> None:
    """Add the set LENGTH."""
    grammar.rule(
        "LENGTH",
        """
        [BOUND] NUMBER UNIT
        [BOUND] COUNT - UNIT [[-] long]
        [BOUND] COUNT UNIT [-] long
        [BOUND] COUNT ADJECTIVE UNIT
        [BOUND] COUNT ADJECTIVE ADJECTIVE UNIT
        a|an full|whole|entire|single|additional|extra UNIT
        another NUMBER UNIT
        a further|total|full NUMBER UNIT
        NUMBER more UNIT
        the NUMBER UNIT
        the NUMBER - UNIT period
        a NUMBER - UNIT period
        the|an|that entire|whole UNIT
        """,
        _length(0),
    )
    grammar.rule(
        "LENGTH",
        """
        [BOUND] NUMBER and a half UNIT
        [BOUND] NUMBER - and - a - half - UNIT
        [BOUND] NUMBER - and - a - half UNIT
        [BOUND] NUMBER UNIT and a half
        [BOUND] NUMBER - UNIT - and - a - half [[-] long]
        """,
        lambda m: _made({**m, "NUMBER": (m["NUMBER"][0] and m["NUMBER"][0] + 0.5,)}, 0),
    )
    grammar.rule(
        "LENGTH",
        """
        NUMBER UNIT of age
        [BOUND] NUMBER UNIT old
        [BOUND] COUNT - UNIT - old|olds
        [BOUND] NUMBER UNIT of age
        """,
        _length(0),
    )
    grammar.rule("LENGTH", "UNITS [- long]", _some)
    for word, value in _LONG.items():
        grammar.rule("LENGTH", word, always(Reading(Length(value))))
    grammar.rule("LENGTH", "UNIT - long", lambda m: _made({**m, "NUMBER": (1.0,)}, 0))
    grammar.rule(
        "LENGTH",
        """
        the last|past|previous NUMBER [ADJECTIVE] UNIT
        last|past|previous COUNT [ADJECTIVE] UNIT
        the preceding|prior NUMBER [ADJECTIVE] UNIT
        the NUMBER previous|preceding UNIT
        these|those last|past NUMBER UNIT
        """,
        _length(-1),
    )
    grammar.rule(
        "LENGTH",
        """
        the next|coming|following NUMBER [ADJECTIVE] UNIT
        next|coming|following COUNT [ADJECTIVE] UNIT
        the NUMBER following UNIT
        the subsequent|ensuing NUMBER UNIT
        """,
        _length(1),
    )
    grammar.rule(
        "LENGTH",
        """
        the past UNIT
        the last ONE_UNIT
        the past NUMBER - UNIT
        """,
        lambda m: _made({"NUMBER": (1.0,), "UNIT": m.get("ONE_UNIT"), **m}, -1),
    )
    grammar.rule(
        "LENGTH",
        """
        the next LONG_UNIT
        the following LONG_UNIT
        """,
        lambda m: _made({"NUMBER": (1.0,), "UNIT": m["LONG_UNIT"]}, 1),
    )
    grammar.rule(
        "LENGTH", "[the] recent|past|previous|preceding UNITS", lambda m: _some(m, side=-1)
    )
    grammar.rule("LENGTH", "more recent UNITS", lambda m: _some(m, side=-1))
    grammar.rule(
        "LENGTH", "[the] coming|following|subsequent|next UNITS", lambda m: _some(m, side=1)
    )
    grammar.rule("LENGTH", "the intervening|final|early|last|first UNITS", _some)
    grammar.rule("LENGTH", "all SINGLE [long]", _all_of)
    grammar.rule("LENGTH", "the UNITS ahead|since", _some)
    grammar.rule("LENGTH", "the first|last|final|opening|closing NUMBER UNIT", _length(0))


_MOST_SEASONS = 40


def _length(side: int) -> Build:
    return lambda m: _made(m, side)


def _made(m: Captures, side: int) -> Reading | None:
    unit: Unit = m["UNIT"]
    [number] = m.get("NUMBER") or m.get("COUNT") or (1.0,)
    modifier: TimexModifier | None = m.get("BOUND")
    if unit in ("quarter", "second") and number == 1:  # a fourth part, or the next one
        return None
    if unit in ("season", "quarter") and number is not None and number > _MOST_SEASONS:
        return None  # "the 1997-98 season", "the 1988 quarter"
    return Reading(Length(length_value(number, unit), side), modifier)  # type: ignore[arg-type]


def _all_of(m: Captures) -> Reading | None:
    unit: Unit = m["SINGLE"]
    whole = unit in ("day", "night", "weekend", "week", "month", "year")
    return Reading(Length(length_value(1, unit))) if whole else None


def _some(m: Captures, *, side: int = 0) -> Reading:
    return Reading(Length(length_value(None, m["UNITS"]), side))  # type: ignore[arg-type]


def add_sets(grammar: Grammar) -> None:
    """Add the set SET."""
    grammar.rule(
        "SET",
        """
        [almost|nearly] every|each UNIT
        every|each NUMBER UNIT
        every|each ORDINAL UNIT
        once|twice every|each|a|per UNIT
        per UNIT
        """,
        _set,
    )
    grammar.rule(
        "SET",
        "NUMBER times every|each|a|per UNIT",
        lambda m: Reading(Every(length_value(1, m["UNIT"]))),
    )
    grammar.rule("SET", "RATED SINGLE", _set)
    grammar.rule("SET", "every other UNIT", lambda m: _set({**m, "NUMBER": (2.0,)}))
    grammar.rule("SET", "weekends", always(Reading(Every("XXXX-WXX-WE"))))
    for word, value in _ADVERBS.items():
        grammar.rule("SET", word, always(Reading(Every(value))))
    grammar.rule(
        "SET",
        """
        every|each [other] LONE_WEEKDAY
        WEEKDAY_PLURAL
        """,
        lambda m: Reading(Every(f"XXXX-WXX-{m.get('WEEKDAY_PLURAL', m.get('LONE_WEEKDAY')) + 1}")),
    )
    grammar.rule("SET", "every|each MONTH", lambda m: Reading(Every(f"XXXX-{m['MONTH']:02d}")))
    grammar.rule(
        "SET", "every|each SEASON_CODE", lambda m: Reading(Every(f"XXXX-{m['SEASON_CODE']}"))
    )
    grammar.rule(
        "SET", "every|each [LONE_WEEKDAY] PART", lambda m: Reading(Every(f"XXXX-XX-XX{m['PART']}"))
    )
    grammar.rule("SET", "every|each HOLIDAY_NAME", always(Reading(Every("P1Y"))))


def _set(m: Captures) -> Reading:
    unit: Unit = m.get("UNIT") or m["SINGLE"]
    number = m.get("ORDINAL") or (m["NUMBER"][0] if "NUMBER" in m else 1.0)
    return Reading(Every(length_value(number, unit)))
