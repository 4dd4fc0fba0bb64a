"""The day on which a statement was made."""

from datetime import date

import pytest

from tasks.extract.quotes import find_quotes
from tasks.extract.statements import find_statements
from tasks.extract.statements.said import dated
from tasks.extract.times import find_time_expressions
from tests.extract.documents import document, mentions
from warehouse.tables import Statement

PUBLISHED = date(2021, 3, 10)
MONDAY = date(2021, 3, 8)


def said(text: str, *, published_on: date | None = PUBLISHED) -> list[Statement]:
    doc = document(text, published_on=published_on)
    rows = find_statements(doc, mentions(doc), find_quotes(text))
    return dated(doc, rows, find_time_expressions(doc))


@pytest.mark.parametrize(
    ("text", "interval", "method"),
    [
        ("Anna Holm said on Monday that the ferry was late.", (MONDAY, MONDAY), "clause"),
        ("On Monday, Anna Holm said that the ferry was late.", (MONDAY, MONDAY), "clause"),
        ("Anna Holm said that the ferry sank on Monday.", (None, PUBLISHED), "published"),
        ("The ferry was late, Anna Holm said.", (None, PUBLISHED), "published"),
        ("Anna Holm denied that the ferry was late.", (None, PUBLISHED), "published"),
        ("Anna Holm said this year that the ferry was late.", (date(2021, 1, 1), PUBLISHED),
         "clause"),
        ("According to Anna Holm, the ferry may return by 4 August.", (None, PUBLISHED),
         "published"),
        ("Anna Holm did not say that the ferry was late.", (None, None), "none"),
        ("Anna Holm will say that the ferry was late.", (None, None), "none"),
    ],
)  # fmt: skip
def test_day_is_that_of_the_cue(
    text: str, interval: tuple[date | None, date | None], method: str
) -> None:
    (row,) = said(text)
    assert (row.said_from, row.said_to) == interval
    assert row.said_method == method


def test_without_publication_only_the_clause_tells() -> None:
    (row,) = said("The ferry was late, Anna Holm said.", published_on=None)
    assert (row.said_to, row.said_method) == (None, "none")
