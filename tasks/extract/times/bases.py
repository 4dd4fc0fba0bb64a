"""What a shift of a news item is reckoned from, where that is not the last date it told of."""

from datetime import timedelta

from tasks.extract.times.anchors import Anchors
from tasks.extract.times.calendar import point_of, point_on, value_at, year_value
from tasks.extract.times.meanings import Shift, Unit
from tasks.extract.times.nearest import Asked
from tasks.extract.times.resolved import Resolved
from tasks.extract.times.tense import Tense

_RUNNING: tuple[Unit, ...] = ("week", "weekend", "month", "quarter", "year")
_FINE: tuple[Unit, ...] = ("day", "week", "weekend", "month")


def base_in_news(node: Shift, anchors: Anchors, tense: Asked) -> Resolved | None:
    """Return what a shift is reckoned from where it is not the last date that the text told.

    None where it is. "The year-earlier period" compares with the last period, "the quarter" is
    that of the report; "by the end of the year" looks ahead from publication, and "the week" after
    a bare year is reckoned from there, too.
    """
    period = anchors.period if node.keeps or node.unit == "quarter" else None
    if node.is_distance and node.unit == "year" and _is_comparison(anchors):
        period = anchors.period
    if period is not None and (node.count or node.unit == "quarter"):
        return Resolved(period, "narrative", point_of(period))
    last = anchors.text or anchors.spoken
    if node.keeps and node.count and last is not None:
        year = year_value(last.year)  # A day has no "year-earlier" day.
        return Resolved(year, "narrative", point_of(year))
    if node.unit == "weekend" and not node.count and anchors.speech is not None:
        return _weekend(anchors, tense())
    if node.unit == "day" and node.count and "W" in (anchors.text_value or ""):
        # "The night before" is before a day, not before "six weeks ago".
        return Resolved(anchors.day, "narrative", point_of(anchors.day)) if anchors.day else None
    if node.count or node.keeps:
        return None
    if node.unit in ("day", "night"):
        day = day_of_story(anchors, tense)
        return Resolved(day, "narrative", point_of(day)) if day else None
    named = point_of(anchors.named) if anchors.named else None
    is_coarse = named is not None and named.month is None and node.unit in _FINE
    ahead = node.unit in _RUNNING and tense() == "future"
    if anchors.spoken is not None and (is_coarse or ahead):
        return Resolved(value_at(anchors.spoken), anchors.speech_method, anchors.spoken)
    return None


def day_of_story(anchors: Anchors, tense: Asked) -> str | None:
    """Return the day that "the same day" and a bare "at 9 a.m." of a news item are of.

    What has happened was not on a day yet to come that was told of before. None where the last
    date is that day, or there is none.
    """
    text = anchors.text
    if text is None or text.on is None:
        return anchors.day
    if anchors.speech is None or text.on <= anchors.speech or tense() != "past":
        return None
    return anchors.day or anchors.speech.isoformat()


def _weekend(anchors: Anchors, tense: Tense | None) -> Resolved | None:
    """Return the weekend last begun or, in future tense, the next that is not over."""
    if anchors.speech is None:
        return None
    since = (anchors.speech.weekday() - 5) % 7  # days since a Saturday
    ahead = tense == "future" and since > 1
    saturday = point_on(anchors.speech + timedelta(days=7 * ahead - since))
    return Resolved(None, anchors.speech_method, saturday)


def _is_comparison(anchors: Anchors) -> bool:
    """Tell whether "a year earlier" is said of a quarter: the last period, in the year told of."""
    period, text = point_of(anchors.period or ""), anchors.text
    is_quarter = anchors.period is not None and "-Q" in anchors.period
    return is_quarter and period is not None and (text is None or text.year == period.year)
