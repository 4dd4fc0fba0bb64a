"""The days of a holiday or named day in the year that is told or meant."""

from dataclasses import replace
from datetime import date

from tasks.extract.times.anchors import Anchors
from tasks.extract.times.calendar import Point, year_value
from tasks.extract.times.meanings import Named
from tasks.extract.times.named import days_of, once
from tasks.extract.times.nearest import Asked
from tasks.extract.times.resolved import Resolved
from tasks.extract.times.tense import Tense


def feast(node: Named, anchors: Anchors, tense: Asked) -> Resolved:
    """Return the value of a named day without a period that it lies in.

    A feast of one day has its date as value, a longer one an interval of ISO 8601.
    """
    day = once(node.name)
    if day is not None:
        return Resolved(day.isoformat(), "named")
    if node.year is not None:
        return feast_in(node.name, node.year, Resolved(None, "named"))
    if anchors.is_history and anchors.text is not None:
        year = _year_of(node, anchors.text, None)
        return feast_in(node.name, year, Resolved(None, "narrative", anchors.text))
    if anchors.spoken is None:
        return Resolved(None, "none")
    year = _year_of(node, anchors.spoken, tense())
    return feast_in(node.name, year, Resolved(None, anchors.speech_method, anchors.spoken))


def feast_in(name: str, year: int, found: Resolved) -> Resolved:
    """Return the feast of `year`, found as `found`; the year where its rule does not reach it."""
    days = days_of(name, year)
    if days is None:
        return replace(found, value=year_value(year))
    first, last = days
    if first == last:
        return replace(found, value=first.isoformat())
    # No TIMEX3 value names a span of days by itself.
    return replace(found, value=f"{first}/{last}", days=(first, last, "day"))


def _year_of(node: Named, anchor: Point, tense: Tense | None) -> int:
    """Return the year whose feast is the last before the anchor, the next or the nearest."""
    if node.shift == 0 or not 1 < anchor.year < 9999:
        return anchor.year
    at = anchor.on or date(anchor.year, anchor.month or 7, 1)
    near = [
        ((days[0] - at).days, year)
        for year in (at.year - 1, at.year, at.year + 1)
        if (days := days_of(node.name, year)) is not None
    ]
    before = [year for distance, year in near if distance <= 0]
    ahead = [year for distance, year in near if distance > 0]
    if before and (node.shift == -1 or tense == "past"):
        return before[-1]
    if ahead and (node.shift == 1 or tense == "future"):
        return ahead[0]
    return min(near, key=lambda pair: abs(pair[0]))[1] if near else at.year
