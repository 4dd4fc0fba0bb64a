"""The day, month or year in which a cited work appeared."""

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from spacy.tokens import Span, Token

from tasks.extract.citations.works import Days
from tasks.extract.document import Document
from tasks.extract.wordlist import words
from tasks.months import MONTHS
from warehouse.tables import TimeExpression

_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
)
WRITTEN = (
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m1>{_MONTH}),?\s(?P<y1>\d{{4}})|"
    rf"(?P<m2>{_MONTH})\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y2>\d{{4}})|"
    rf"(?P<y5>(?:1[5-9]|20)\d\d),\s(?P<m5>{_MONTH})(?:\s(?P<d5>\d{{1,2}}))?|"
    rf"(?P<m3>{_MONTH}),?\s(?P<y3>\d{{4}})|"
    r"(?P<iso>\d{4}-\d\d-\d\d)|(?P<y4>(?:1[5-9]|20)\d\d))"
)
"""Pattern of a date in a list of works: a full date, a month or a year."""
_ON_DAYS = {"day", "part_of_day", "hour", "minute"}
_LINKS = words("in on from of dated during at")
_PARENTHESIS = re.compile(r"[”\"'\u2019»]?,?\s*\((?:[^()\n]{0,60}[\s,])?$")
_NEXT = re.compile(r"[”\"'\u2019»]?,?\s+(?:(?:in|on|dated|of|back in|early in|late in)\s+)?$")


def written_days(match: re.Match[str]) -> Days | None:
    """Return the interval that a match of `WRITTEN` names, or None where there is no such day."""
    try:
        if match["iso"]:
            day = date.fromisoformat(match["iso"])
            return Days(day, day, "day")
        year = int(match["y1"] or match["y2"] or match["y3"] or match["y4"] or match["y5"])
        name = match["m1"] or match["m2"] or match["m3"] or match["m5"]
        if name is None:
            return Days(date(year, 1, 1), date(year, 12, 31), "year")
        month = MONTHS[name.rstrip(".").lower()]
        number = match["d1"] or match["d2"] or match["d5"]
        if number is None:
            last = date(year, month, monthrange(year, month)[1])
            return Days(date(year, month, 1), last, "month")
        day = date(year, month, int(number))
        return Days(day, day, "day")
    except ValueError:
        return None


class Dated(NamedTuple):
    """The days of a work, and the characters of the expression that gives them."""

    days: Days | None = None
    start: int = 0
    end: int = 0


class Dates:
    """The dated expressions of an article, by position."""

    def __init__(self, document: Document, times: Sequence[TimeExpression]) -> None:
        """Index `times`, which are in order of their start."""
        self.document = document
        self.times = [t for t in times if t.from_on and t.to_on and t.type in {"DATE", "TIME"}]
        self._starts = [t.start_char for t in self.times]

    def covers(self, token: Token) -> bool:
        """Tell whether `token` is part of an expression."""
        index = bisect_left(self._starts, token.idx + 1) - 1
        return index >= 0 and self.times[index].end_char > token.idx

    def is_past(self, days: Days | None) -> bool:
        """Tell whether a work of these days had appeared when the article did."""
        published = self.document.article.published_on
        return days is None or published is None or days.first <= published

    def of_noun(self, noun: Token, verbs: Sequence[Token], ends: Sequence[int]) -> Dated:
        """Return when the work called `noun` appeared: 'a 2019 report', 'released on Monday'.

        `verbs` tell of its publication or say what stands in it; `ends` are the characters behind
        its title and outlet, next to which a date is its own.
        """
        sentence = self.document.sentence_at(noun.idx)
        near = list(self._within(sentence.start_char, sentence.end_char))
        text = self.document.article.text
        rules: list[Callable[[TimeExpression, Span], bool]] = [
            lambda _, span: span.root.head == noun and span.end <= noun.i,
            lambda time, _: any(_is_beside(text, end, time) for end in ends),
            lambda time, span: _is_after(time, span, noun),
            lambda time, span: any(_is_of_verb(time, span, verb) for verb in verbs),
        ]
        found = (time for rule in rules for time, span in near if rule(time, span))
        time = next(found, None)
        return Dated() if time is None else Dated(_days(time), time.start_char, time.end_char)

    def _within(self, start: int, end: int) -> Iterator[tuple[TimeExpression, Span]]:
        lo, hi = bisect_left(self._starts, start), bisect_left(self._starts, end)
        for time in self.times[lo:hi]:
            span = self.document.doc.char_span(
                time.start_char, time.end_char, alignment_mode="expand"
            )
            if span is not None:
                yield time, span


def _days(time: TimeExpression) -> Days:
    assert time.from_on is not None  # as Dates keeps only such
    assert time.to_on is not None
    return Days(time.from_on, time.to_on, time.granularity)


def _link(span: Span) -> str:
    """Return the preposition before an expression, or ''."""
    before = span.doc[span.start - 1] if span.start else None
    if before is not None and before.lower_ == "the" and span.start > 1:
        before = span.doc[span.start - 2]
    inner = span[0].lower_ if span[0].pos_ == "ADP" else None
    return inner or (before.lower_ if before is not None and before.pos_ == "ADP" else "")


def _is_after(time: TimeExpression, span: Span, noun: Token) -> bool:
    """Tell 'a report on Monday' and 'a study of 2008' from 'a report on 1979'."""
    if span.root.head != noun or span.start < noun.i:
        return False
    link = _link(span)
    return link in _LINKS - {"on"} or time.granularity in _ON_DAYS


def _is_of_verb(time: TimeExpression, span: Span, verb: Token) -> bool:
    link = _link(span)
    is_link = link in _LINKS or link == ""
    return span.root.head == verb and is_link and (link != "on" or time.granularity in _ON_DAYS)


def _is_beside(text: str, end: int, time: TimeExpression) -> bool:
    """Tell whether an expression stands in the parenthesis after `end`, or next to it."""
    gap = text[end : time.start_char]
    if time.start_char < end or len(gap) > 70:
        return False
    is_topic = gap.endswith(" on ") and time.granularity not in _ON_DAYS
    is_next = _NEXT.match(gap) is not None and not is_topic
    return is_next or _PARENTHESIS.match(gap) is not None
