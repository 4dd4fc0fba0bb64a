"""Expressions of time in an article, with their TIMEX3 values and the days they cover.

Three steps, each in its own modules: the grammar recognises an expression and its meaning
(`scan`, `patterns`, `grammar`), ranges complete each other (`ranges`), and the meaning is reckoned
from an anchor (`anchors`, `tense`, `resolve`).
"""

from tasks.extract.document import Document
from tasks.extract.times.anchors import Anchors, anchors_of
from tasks.extract.times.calendar import point_of, span_of
from tasks.extract.times.day_order import with_day_order
from tasks.extract.times.flashback import Told, near, told_at
from tasks.extract.times.grammar import Expression, expressions
from tasks.extract.times.meanings import Calendar, Node, Shift
from tasks.extract.times.ranges import with_ranges
from tasks.extract.times.resolve import resolve
from tasks.extract.times.resolved import SURE, Resolved
from tasks.extract.times.scan import Scan
from tasks.extract.times.senses import is_other_sense
from tasks.extract.times.tense import tense_at
from tasks.ids import row_id
from warehouse.tables import Granularity, TimeExpression, TimexMethod

__all__ = ["find_time_expressions"]


def find_time_expressions(document: Document) -> list[TimeExpression]:
    """Return one row an expression, in order; they do not overlap.

    Relative expressions are reckoned from the day of publication, else from the day the article
    cannot be older than; in a history, and after "later" and its like, from the last date told.
    Where there is nothing to reckon from, they keep what the words alone say. Spans are code
    points in `article.text`; an article without a sentence has no rows.
    """
    if not document.sentences:
        return []
    scan = Scan(document.article.text, document.doc)
    found = with_ranges(scan, list(expressions(scan)))
    found = with_day_order(document.article, scan, found)
    anchors = anchors_of(document.article, found)
    rows: list[TimeExpression] = []
    told: Told | None = None
    for expression in found:
        anchors.near = near(told, scan, expression.start, anchors)
        row = _row(document, scan, expression, anchors)
        if row is None:
            continue
        rows.append(row)
        is_date = row.type in ("DATE", "TIME") and row.value is not None
        if is_date and not _is_compared(expression.reading.node):
            told = told_at(scan, expression.start, expression.end, row.value or "") or told
    return rows


def _row(
    document: Document, scan: Scan, expression: Expression, anchors: Anchors
) -> TimeExpression | None:
    reading = expression.reading
    try:
        resolved = resolve(reading.node, anchors, lambda: tense_at(scan, expression.start))
    except (OverflowError, ValueError):  # beyond the calendar: 'the 60th week of AD 9999'
        return None
    if resolved.value is None and resolved.method == "explicit":
        return None  # 31 February: the words are a date, but of no calendar.
    if _is_no_time(scan, expression):
        return None
    if resolved.value is not None and reading.type in ("DATE", "TIME"):
        _move(anchors, resolved, scan, expression)
    days = resolved.days or (span_of(resolved.value) if resolved.value else None)
    method: TimexMethod = "range" if expression.is_range else resolved.method
    article = document.article
    start, end = scan.starts[expression.start], scan.ends[expression.end - 1]
    on = resolved.anchor.on if resolved.anchor else None
    return TimeExpression(
        timex_id=row_id("time_expressions", article.article_id, start, end),
        article_id=article.article_id,
        sentence_id=document.sentence_at(start).sentence_id,
        surface=article.text[start:end],
        start_char=start,
        end_char=end,
        type=reading.type,
        value=resolved.value,
        from_on=days[0] if days else None,
        to_on=days[1] if days else None,
        granularity=days[2] if days else _granularity(resolved),
        anchor_on=on,
        method=method,
        modifier=reading.modifier,
        confidence=round(reading.sure * SURE[resolved.method], 2),
    )


def _move(anchors: Anchors, resolved: Resolved, scan: Scan, expression: Expression) -> None:
    """Let the story go on from a date, unless a history only steps out to its own day."""
    by_today = resolved.method in ("published", "not_before") and anchors.is_history
    if resolved.value is None or by_today or resolved.method == "named":
        return
    node = expression.reading.node
    is_compared = _is_compared(node)
    is_off = isinstance(node, Calendar) and node.shift is not None
    anchors.name(resolved.value, is_period=not (is_compared or is_off))
    if anchors.is_history:
        is_aside = _is_aside(anchors, resolved.value, scan, expression)
    else:
        # "The first loss since 1962": what follows goes on from today.
        is_aside = resolved.value.isdecimal() and scan.word(expression.start - 1) == "since"
    if not is_aside:
        anchors.move(resolved.value)


def _is_compared(node: Node) -> bool:
    """Tell whether a date is what another is held against: "a year earlier"."""
    return isinstance(node, Shift) and (node.is_distance or node.keeps)


def _is_aside(anchors: Anchors, value: str, scan: Scan, expression: Expression) -> bool:
    """Tell whether a year is named in passing: alone, within its sentence, and off the story.

    Of what was tried on WikiWars (years before the last date, more than 0, 1, 2, 5 or 9 years after
    it, in brackets, after certain prepositions) this gains most, 0.4 points of values.
    """
    point, first = point_of(value), scan.token(expression.start)
    if point is None or point.month is not None or anchors.text is None or first is None:
        return False
    leads = first.i - first.sent.start < _LEADING_TOKENS
    return not leads and not 0 <= point.year - anchors.text.year <= _YEARS_ON


_LEADING_TOKENS = 3
_YEARS_ON = 2


def _is_no_time(scan: Scan, expression: Expression) -> bool:
    """Tell whether "soon" only links two past events ("it soon became") or is part of "as soon".

    Nor is a year one whose number no calendar has ("the year 0").
    """
    if scan.word(expression.end - 1) == "year" and scan.word(expression.end).isdecimal():
        return True
    if is_other_sense(scan, expression.start, expression.end):
        return True
    if scan.word(expression.end - 1) != "soon":
        return False
    linked = {scan.word(expression.start - 1), scan.word(expression.end)} & {"as", "after"}
    return bool(linked) or tense_at(scan, expression.start) in ("past", None)


def _granularity(resolved: Resolved) -> Granularity | None:
    return "relative" if resolved.value is None or resolved.value.endswith("_REF") else None
