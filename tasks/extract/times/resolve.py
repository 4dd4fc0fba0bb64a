"""From what an expression says to its TIMEX3 value, by the anchors of the article and by tense."""

from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from tasks.extract.times.anchors import Anchors
from tasks.extract.times.bases import base_in_news, day_of_story
from tasks.extract.times.calendar import (
    Point,
    on_clock,
    point_of,
    shifted,
    span_of,
    value_at,
    year_value,
)
from tasks.extract.times.completion import complete, nth_within
from tasks.extract.times.feasts import feast, feast_in
from tasks.extract.times.meanings import (
    Calendar,
    Clock,
    Every,
    Known,
    Length,
    Named,
    Node,
    Shift,
    Vague,
)
from tasks.extract.times.nearest import Asked, after, in_news, in_story
from tasks.extract.times.resolved import Resolved

_DAY_LENGTH = len("2021-10-20")
_DELTAS = {
    "D": relativedelta(days=1),
    "W": relativedelta(weeks=1),
    "M": relativedelta(months=1),
    "Y": relativedelta(years=1),
}


def resolve(node: Node, anchors: Anchors, tense: Asked) -> Resolved:
    """Return the value of `node`; None where there is nothing to reckon it from.

    `tense` is asked for only where the value hangs on it.
    """
    if isinstance(node, Known | Every):
        return Resolved(node.value, "explicit")
    if isinstance(node, Vague):
        return Resolved(node.value, "vague")
    if isinstance(node, Length):
        return _length(node, anchors)
    if isinstance(node, Shift):
        return _shift(node, anchors, tense)
    if isinstance(node, Clock):
        return _clock(node, anchors, tense)
    if isinstance(node, Named):
        return _named(node, anchors, tense)
    return _calendar(node, anchors, tense)


def _length(node: Length, anchors: Anchors) -> Resolved:
    anchor = anchors.spoken
    if not node.side or anchors.speech is None or anchors.is_history:
        return Resolved(node.value, "explicit")
    other = _moved(anchors.speech, node.value, node.side)
    if other is None:
        return Resolved(node.value, "explicit")
    first, last = sorted((other, anchors.speech))
    return Resolved(node.value, anchors.speech_method, anchor, (first, last, "day"))


def _moved(day: date, value: str, side: int) -> date | None:
    """Return the day that lies the duration `value` before (-1) or after (1) `day`."""
    value = value.replace("DE", "0Y")
    number, unit = value[1:-1], _DELTAS.get(value[-1])
    if not number.isdecimal() or unit is None:
        return None
    try:
        moved: date = day + unit * (side * int(number))
    except (ValueError, OverflowError):
        return None
    return moved


def _shift(node: Shift, anchors: Anchors, tense: Asked) -> Resolved:
    base = _base(node, anchors, tense)
    if base is None or base.anchor is None:
        return Resolved(None, "none")
    if node.keeps and not node.count:
        return base
    if node.is_distance and node.unit == "year" and base.value and "-Q" in base.value:
        # "From 28 million a year earlier", said of a quarter, is the same quarter.
        return replace(base, value=_same_a_year_on(base.value, node.count))
    if node.keeps or isinstance(node.base, Shift):
        return replace(base, value=_same_a_year_on(base.value, node.count))
    if base.value and (later := on_clock(base.value, node.unit, node.count)):
        return replace(base, value=later)
    return replace(base, value=shifted(base.anchor, node.unit, node.count))


def _base(node: Shift, anchors: Anchors, tense: Asked) -> Resolved | None:
    """Return what a shift is reckoned from, its point as `anchor`."""
    if node.base is not None:
        base = resolve(node.base, anchors, tense)
        point = point_of(base.value) if base.value else None
        return base if isinstance(node.base, Shift) else replace(base, anchor=point)
    if node.origin == "text" and not anchors.is_history:
        told = base_in_news(node, anchors, tense)
        if told is not None:
            return told
    named = point_of(anchors.named) if anchors.named else None
    if node.origin == "text" and not node.count and named is not None:
        return Resolved(anchors.named, "narrative", named)
    if node.origin == "text" and anchors.text is not None:
        return Resolved(anchors.text_value, "narrative", anchors.text)
    if anchors.spoken is None or (node.origin == "text" and _needs_story(node)):
        return None
    return Resolved(value_at(anchors.spoken), anchors.speech_method, anchors.spoken)


def _needs_story(node: Shift) -> bool:
    """Tell whether an expression such as "three days later" means nothing without a date before."""
    return node.count > 0 or (node.count == 0 and node.unit == "day")


def _same_a_year_on(value: str | None, years: int) -> str | None:
    """Return the same part of another year: 2009-02 gives 2008-02."""
    point = point_of(value) if value else None
    if point is None or value is None:
        return None
    rest = value[len(year_value(point.year)) :]
    if rest == "-02-29":
        rest = "-02-28"
    return f"{year_value(point.year + years)}{rest}"


def _clock(node: Clock, anchors: Anchors, tense: Asked) -> Resolved:
    if node.on is not None:
        day = resolve(node.on, anchors, tense)
        names_day = day.value is not None and len(day.value.removeprefix("BC")) == _DAY_LENGTH
        return replace(day, value=f"{day.value}{node.time}" if names_day else None)
    if node.is_usual and anchors.is_history:
        return Resolved(f"XXXX-XX-XX{node.time}", "none")
    text = anchors.text
    if not anchors.is_history and (told := day_of_story(anchors, tense)):
        text = point_of(told)
    if _is_far(anchors):
        text = point_of(anchors.recent) if anchors.recent else anchors.spoken
    if text is not None and (anchors.is_history or text.on is not None):
        value = value_at(text) + "-XX" * ((text.month is None) + (text.day is None))
        return Resolved(f"{value}{node.time}", "narrative", text)
    if anchors.spoken is None:
        return Resolved(f"XXXX-XX-XX{node.time}", "none")
    return Resolved(f"{anchors.speech}{node.time}", anchors.speech_method, anchors.spoken)


def _is_far(anchors: Anchors) -> bool:
    """Tell whether a news item has left the old day that it told of before."""
    text = anchors.text
    if anchors.is_history or anchors.speech is None or text is None or text.on is None:
        return False
    return anchors.near is None and anchors.speech - text.on > _OLD_DAY


_OLD_DAY = timedelta(days=400)


def _named(node: Named, anchors: Anchors, tense: Asked) -> Resolved:
    if node.within is None:
        return feast(node, anchors, tense)
    parent = resolve(node.within, anchors, tense)
    point = point_of(parent.value) if parent.value else None
    return Resolved(None, "none") if point is None else feast_in(node.name, point.year, parent)


def _calendar(node: Calendar, anchors: Anchors, tense: Asked) -> Resolved:
    if node.nth and node.within is not None:
        parent = resolve(node.within, anchors, tense)
        return replace(parent, value=nth_within(node, parent.value))
    if node.is_open:
        return _either(node)
    if node.year is not None:
        return Resolved(complete(node, node.year, None), "explicit")
    if node.within is not None:
        parent = resolve(node.within, anchors, tense)
        point = point_of(parent.value) if parent.value else None
        if point is None:
            return Resolved(complete(node, None, None), "none")
        if node.weekday is not None and node.day is None:
            return replace(parent, value=_weekday_in_week(node.weekday, parent.value))
        return replace(parent, value=complete(node, point.year, point.month))
    return _from_anchor(node, anchors, tense)


def _either(node: Calendar) -> Resolved:
    """Return the year, and as days those from the earlier to the later of the two readings."""
    year, first, second = node.year or 1, node.month or 1, node.day or 1
    low, high = sorted((date(year, first, second), date(year, second, first)))
    return Resolved(year_value(year), "explicit", None, (low, high, "year"))


def _weekday_in_week(weekday: int, value: str | None) -> str | None:
    days = span_of(value) if value else None
    return (days[0] + timedelta(days=weekday)).isoformat() if days and days[2] == "week" else None


def _is_of_near(node: Calendar, near: Point, tense: Asked) -> bool:
    """Tell whether a month or a day of it is of the date that it is told beside."""
    is_bare = node.month is not None and node.shift is None and node.weekday is None
    return is_bare and (near.month is None or tense() != "future")


def _from_anchor(node: Calendar, anchors: Anchors, tense: Asked) -> Resolved:
    is_told = (anchors.is_history and node.shift is None) or node.origin == "text"
    if is_told and anchors.text is not None:
        value = in_story(node, anchors.text)
        return Resolved(value, "narrative", anchors.text)
    anchor = anchors.spoken
    if anchor is None or anchors.speech is None:
        return Resolved(complete(node, None, None), "none")
    if anchors.near is not None and _is_of_near(node, anchors.near, tense):
        value = after(node, anchors.near)
        days = span_of(value) if value else None
        if days is not None and days[0] <= anchors.speech:
            return Resolved(value, "narrative", anchors.near)
    value = in_news(node, anchors.speech, tense)
    return Resolved(value, anchors.speech_method, anchor)
