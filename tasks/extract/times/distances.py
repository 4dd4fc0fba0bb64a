"""Rules for dates told by how far they lie off: "two days ago", "a year earlier", "weeks later"."""

from tasks.extract.times.meanings import Origin, Reading, Shift, Unit, Vague
from tasks.extract.times.patterns import Captures, Grammar, always
from warehouse.tables import TimexModifier


def add_distances(grammar: Grammar) -> None:
    """Add the set AGO."""
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
    "minute": ("second", 60), "hour": ("minute", 60),
    "week": ("day", 7), "year": ("month", 12), "decade": ("year", 10), "century": ("year", 100),
}  # fmt: skip
"""Smaller units in which half a unit is a whole number."""
