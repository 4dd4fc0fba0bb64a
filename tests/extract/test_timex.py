from datetime import date

import pytest

from tasks.extract.timex import find_time_expressions
from tests.extract.given_articles import document

WEDNESDAY = date(2021, 10, 20)


@pytest.mark.parametrize(
    ("text", "surface", "kind", "value"),
    [
        ("on 3 June 2020 they", "3 June 2020", "DATE", "2020-06-03"),
        ("on June 3, 2020, they", "June 3, 2020", "DATE", "2020-06-03"),
        ("on 2020-06-03 they", "2020-06-03", "DATE", "2020-06-03"),
        ("on 23/6/2020 they", "23/6/2020", "DATE", "2020-06-23"),
        ("in June 2020 they", "June 2020", "DATE", "2020-06"),
        ("in 2019 they", "2019", "DATE", "2019"),
        ("in the 1990s they", "the 1990s", "DATE", "199"),
        ("in the 21st century", "the 21st century", "DATE", "20"),
        ("in the third quarter of 2020", "the third quarter of 2020", "DATE", "2020-Q3"),
        ("met this summer", "this summer", "DATE", "2021-SU"),
        ("said yesterday", "yesterday", "DATE", "2021-10-19"),
        ("said last week", "last week", "DATE", "2021-W41"),
        ("will meet next month", "next month", "DATE", "2021-11"),
        ("said on Monday", "Monday", "DATE", "2021-10-18"),
        ("two weeks ago", "two weeks ago", "DATE", "2021-10-06"),
        ("for two weeks", "two weeks", "DURATION", "P2W"),
        ("for several months", "several months", "DURATION", "PXM"),
        ("every day", "every day", "SET", "P1D"),
        ("another 9/11", "9/11", "DATE", "2001-09-11"),
        ("was recently seen", "recently", "DATE", "PAST_REF"),
        ("is now seen", "now", "DATE", "PRESENT_REF"),
    ],
)
def test_value(text: str, surface: str, kind: str, value: str) -> None:
    [row] = find_time_expressions(document(text, published_on=WEDNESDAY))
    assert (row.surface, row.type, row.value) == (surface, kind, value)


@pytest.mark.parametrize("text", ["on 3/6/2020", "31 February 2020", "You may go", "as soon as"])
def test_no_value_is_made_up(text: str) -> None:
    assert [r for r in find_time_expressions(document(text)) if r.granularity == "day"] == []


def test_days_anchor_and_method() -> None:
    text = "They met this summer."
    [row] = find_time_expressions(document(text, not_before=date(2021, 9, 27)))
    assert (row.from_on, row.to_on) == (date(2021, 6, 1), date(2021, 8, 31))
    assert (row.granularity, row.anchor_on, row.method) == (
        "season",
        date(2021, 9, 27),
        "not_before",
    )


def test_without_anchor_nothing_is_reckoned() -> None:
    [row] = find_time_expressions(document("They met yesterday."))
    assert (row.value, row.from_on, row.anchor_on, row.method) == (None, None, None, "none")
