"""Expressions of time in an article, with their TIMEX3 values and the days they cover."""

from dataclasses import replace
from datetime import date

from tasks.extract.document import Document
from tasks.extract.names import longest
from tasks.extract.timex_calendar import span_of
from tasks.extract.timex_rules import RULES, Meaning
from tasks.ids import row_id
from warehouse.tables import Article, TimeExpression, TimexMethod


def find_time_expressions(document: Document) -> list[TimeExpression]:
    """Return one row an expression, in order; of overlapping ones the longest.

    Relative expressions are reckoned from the day of publication, else from the day the article
    cannot be older than; where there is neither, they keep what the words alone say.
    """
    article = document.article
    anchor, anchor_method = _anchor(article)
    meanings: dict[tuple[int, int], Meaning] = {}
    for pattern, rule in RULES:
        for match in pattern.finditer(article.text):
            meaning = rule(match, anchor)
            if meaning is not None and _is_day(meaning):
                meanings.setdefault(match.span(), meaning)
    return [
        _row(document, span, meanings[span], anchor, anchor_method)
        for span in longest(list(meanings))
    ]


def _anchor(article: Article) -> tuple[date | None, TimexMethod]:
    """Return the day that relative expressions are reckoned from, and where it comes from."""
    if article.published_on is not None:
        return article.published_on, "published"
    if article.published_not_before is not None:
        return article.published_not_before, "not_before"
    return None, "none"


def _is_day(meaning: Meaning) -> bool:
    """Tell whether a value that names a full date names a day of the calendar."""
    value = meaning.value
    if value is None or meaning.type != "DATE" or not value[:4].isdigit():
        return True
    return span_of(value) is not None


def _row(
    document: Document,
    span: tuple[int, int],
    meaning: Meaning,
    anchor: date | None,
    anchor_method: TimexMethod,
) -> TimeExpression:
    article = document.article
    if meaning.is_anchored:
        meaning = replace(meaning, method=anchor_method)
    days = span_of(meaning.value) if meaning.type == "DATE" and meaning.value else None
    relative = meaning.type == "DATE" and days is None
    return TimeExpression(
        timex_id=row_id("time_expressions", article.article_id, *span),
        article_id=article.article_id,
        sentence_id=document.sentence_at(span[0]).sentence_id,
        surface=article.text[span[0] : span[1]],
        start_char=span[0],
        end_char=span[1],
        type=meaning.type,
        value=meaning.value,
        from_on=days[0] if days else None,
        to_on=days[1] if days else None,
        granularity=days[2] if days else ("relative" if relative else None),
        anchor_on=anchor if meaning.is_anchored else None,
        method=meaning.method,
    )
