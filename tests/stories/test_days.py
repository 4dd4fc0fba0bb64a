"""When a telling means: from its dates, else from its publication."""

from datetime import date

import pytest

from tasks.stories.days import LONGEST, Days, days_of

FIRST, LAST, NEWS = date(2024, 3, 1), date(2024, 3, 4), date(2024, 3, 9)


def span(days: Days) -> tuple[str, str, bool, bool]:
    first, last = (date.fromordinal(one).isoformat() for one in (days.first, days.last))
    return first, last, days.is_told, days.is_news


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ((FIRST, LAST, NEWS), ("2024-03-01", "2024-03-04", True, False)),
        ((None, NEWS, NEWS), ("2024-03-06", "2024-03-09", False, True)),
        ((None, None, NEWS), ("2024-03-06", "2024-03-09", False, True)),
        ((FIRST, None, NEWS), ("2024-03-01", "2024-03-09", True, False)),
        ((NEWS, None, FIRST), ("2024-03-09", "2024-03-09", True, False)),
    ],
)
def test_of_a_fact(given: tuple[date | None, ...], wanted: tuple[str, str, bool, bool]) -> None:
    assert span(days_of(*given, is_fact=True)) == wanted


@pytest.mark.parametrize("published", [NEWS, None])
def test_what_was_over_before_publication_may_be_long_past(published: date | None) -> None:
    days = days_of(None, FIRST, published, is_fact=True)
    assert span(days) == ("2023-01-26", "2024-03-01", False, False)
    assert days.length > LONGEST
    assert not days.is_known


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ((LAST, LAST, FIRST), ("2024-03-04", "2024-03-04", True, False)),
        ((None, None, FIRST), ("2024-03-01", "2024-03-31", False, False)),
        ((LAST, None, FIRST), ("2024-03-04", "2024-04-03", False, False)),
        ((None, LAST, FIRST), ("2024-03-01", "2024-03-31", False, False)),
    ],
)
def test_of_what_is_to_come(
    given: tuple[date | None, ...], wanted: tuple[str, str, bool, bool]
) -> None:
    assert span(days_of(*given, is_fact=False)) == wanted


def test_nothing_known_is_any_time() -> None:
    days = days_of(None, None, None, is_fact=True)
    assert not days.is_known
    assert days.meets(FIRST.toordinal(), LAST.toordinal())
    assert list(days.months()) == [None]


def test_intervals_meet_where_they_are_a_day_apart_at_most() -> None:
    day = days_of(LAST, LAST, None, is_fact=True)
    assert day.meets(LAST.toordinal() + 1, LAST.toordinal() + 1)
    assert not day.meets(LAST.toordinal() + 2, LAST.toordinal() + 2)
    next_day = days_of(date(2024, 3, 5), date(2024, 3, 5), None, is_fact=True)
    assert set(day.months()) & set(next_day.months())
