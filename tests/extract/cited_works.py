"""Citations of a text, with its expressions of time given by hand."""

from collections.abc import Mapping
from datetime import date

from tasks.extract.acronyms import find_acronyms
from tasks.extract.citations import find_citations
from tasks.extract.first_person import first_persons
from tasks.extract.mentions import find_mentions
from tasks.extract.quotes import find_quotes
from tasks.extract.statements import find_statements
from tasks.extract.turns import find_turns
from tests.extract.given_articles import REGISTRY, document
from warehouse.tables import Citation, Granularity, TimeExpression

Days = tuple[date, date, Granularity]


def day(year: int, month: int, number: int) -> Days:
    on = date(year, month, number)
    return on, on, "day"


def year(number: int) -> Days:
    return date(number, 1, 1), date(number, 12, 31), "year"


def cited(
    text: str,
    times: Mapping[str, Days] | None = None,
    *,
    byline: str | None = None,
    published_on: date | None = date(2021, 3, 10),
) -> list[Citation]:
    """Return the citations of `text`, in which the words `times` mean these days."""
    given = document(text, byline=byline, published_on=published_on)
    mentions = find_mentions(given, REGISTRY, find_acronyms(given, REGISTRY))
    statements = find_statements(given, mentions, find_quotes(text), find_turns(text))
    expressions = [
        TimeExpression(
            timex_id=surface,
            article_id=given.article.article_id,
            sentence_id=given.sentence_at(text.index(surface)).sentence_id,
            surface=surface,
            start_char=text.index(surface),
            end_char=text.index(surface) + len(surface),
            type="DATE",
            from_on=first,
            to_on=last,
            granularity=granularity,
            method="explicit",
        )
        for surface, (first, last, granularity) in (times or {}).items()
    ]
    expressions.sort(key=lambda one: one.start_char)
    mentions = first_persons(given, mentions, statements)
    return find_citations(given, mentions, statements, expressions)
