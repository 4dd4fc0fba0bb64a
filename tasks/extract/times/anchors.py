"""What relative expressions are reckoned from, and whether an article is news or a history."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.extract.times.calendar import Point, point_of, point_on
from tasks.extract.times.grammar import Expression
from tasks.extract.times.meanings import Calendar, Known, Shift
from warehouse.tables import Article, TimexMethod

_FEWEST_OLD = 3
_OLD_SHARE = 0.55
_DEICTIC_SHARE = 0.03
"""A history names at least three different dates two years old or older, most of its dates with a
year are such, and at most three in a hundred of its expressions are reckoned from today ("last
week", "on Monday"). Chosen on WikiWars (16 of 16 are histories: the shares are from 0.61 and up to
0.025) and MEANTIME (none of 60 is; the nearest has 0.77 and 0.043)."""


_RECENT = timedelta(days=7)
_PERIOD = re.compile(r"\d{4}-(Q\d|H\d|\d\d)")


@dataclass(slots=True)
class Anchors:
    """The anchors of one article; `text` moves with the dates that the text tells.

    `speech` is the day of publication, or the day the article cannot be older than; `named` is
    the value of the last date, in passing or not: "that year" is of it; `day` is the last value
    that names a day which is not ahead of publication, `period` the last quarter, half year or
    month that is told by itself, `recent` the last day told that lies a week back at most; `near`
    is the date of another year that the expression at hand is told beside.
    """

    speech: date | None
    speech_method: TimexMethod
    is_history: bool
    text: Point | None = None
    text_value: str | None = None
    named: str | None = None
    day: str | None = None
    period: str | None = None
    recent: str | None = None
    near: Point | None = None

    @property
    def spoken(self) -> Point | None:
        """The day of publication as a point."""
        return None if self.speech is None else point_on(self.speech)

    def name(self, value: str, *, is_period: bool) -> None:
        """Take `value` as the last date that is named; not as a period that is compared with."""
        point = point_of(value)
        self.named = value
        if point is not None and point.on is not None and "-W" not in value:
            if self.speech is None or point.on <= self.speech:
                self.day = value
                if self.speech is not None and self.speech - point.on <= _RECENT:
                    self.recent = value
        elif is_period and _PERIOD.fullmatch(value):
            self.period = value

    def move(self, value: str) -> None:
        """Take `value` as the last date of the text, unless it says less than the one it has."""
        point = point_of(value)
        if value.removeprefix("BC").isdecimal() and len(value.removeprefix("BC")) < 4:
            # After a decade or a century "six months later" is no month.
            self.text = self.text_value = None
            return
        if point is None:
            return
        if point.month is None and self.text is not None and self.text.year == point.year:
            return
        self.text, self.text_value = point, value


def anchors_of(article: Article, found: Sequence[Expression]) -> Anchors:
    """Return the anchors of `article`, whose expressions are `found`."""
    speech, method = article.published_on, "published"
    if speech is None:
        speech, method = article.published_not_before, "not_before"
    return Anchors(
        speech,
        "none" if speech is None else method,  # type: ignore[arg-type]
        _is_history(found, speech),
    )


def _is_history(found: Sequence[Expression], speech: date | None) -> bool:
    dated = [(year, one.reading.node) for one in found if (year := _year_of(one)) is not None]
    old = [pair for pair in dated if speech is None or pair[0] <= speech.year - 2]
    if len(set(old)) < _FEWEST_OLD or len(old) < _OLD_SHARE * len(dated):
        return False
    return sum(map(_is_deictic, found)) <= _DEICTIC_SHARE * len(found)


def _year_of(one: Expression) -> int | None:
    node = one.reading.node
    if isinstance(node, Calendar):
        return node.year
    point = point_of(node.value) if isinstance(node, Known) and len(node.value) > 3 else None
    return point.year if point else None


def _is_deictic(one: Expression) -> bool:
    node = one.reading.node
    if isinstance(node, Shift):
        return node.origin == "speech"
    return isinstance(node, Calendar) and (node.weekday is not None and node.day is None)
