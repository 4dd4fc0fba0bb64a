"""Expressions of time: extents, types, values and days, on sentences of our own."""

import json
from datetime import date
from pathlib import Path

import pytest

from tasks.extract.times import find_time_expressions
from tasks.extract.times.named import days_of, named_days
from tests.extract.given_articles import document
from warehouse.tables import TimeExpression

SHARED = Path(__file__).parents[3] / "shared"
GOLD = SHARED / "gold" / "seed_article.json"
WEDNESDAY = date(2021, 10, 20)
CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("time_cases.jsonl").read_text("utf-8").splitlines()
]


def read(
    text: str, *, published_on: date | None = None, not_before: date | None = None
) -> list[TimeExpression]:
    return find_time_expressions(document(text, published_on=published_on, not_before=not_before))


def values(text: str, *, published_on: date | None = None) -> list[tuple[str, str | None]]:
    return [(row.surface, row.value) for row in read(text, published_on=published_on)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['surface']} of {case['text']}")
def test_case(case: dict[str, str | None]) -> None:
    rows = read(str(case["text"]), published_on=date.fromisoformat(str(case["published"])))
    [row] = [row for row in rows if row.surface == case["surface"]]
    days = [day and day.isoformat() for day in (row.from_on, row.to_on)]
    assert [row.type, row.value, *days, row.granularity] == [
        case[key] for key in ("type", "value", "from", "to", "granularity")
    ]


@pytest.mark.parametrize(
    ("text", "surface", "modifier"),
    [
        ("They met in early October 2020.", "early October 2020", "START"),
        ("They met in mid-October 2020.", "mid-October 2020", "MID"),
        ("They left in late 2019.", "late 2019", "END"),
        ("They left at the end of 2019.", "the end of 2019", "END"),
        ("The war lasted about a year.", "about a year", "APPROX"),
        ("The war lasted more than three years.", "more than three years", "MORE_THAN"),
        ("The war lasted nearly three years.", "nearly three years", "LESS_THAN"),
        ("The war lasted at least three years.", "at least three years", "EQUAL_OR_MORE"),
        ("They met more than a year ago.", "more than a year ago", "BEFORE"),
        ("They met less than a year ago.", "less than a year ago", "AFTER"),
        ("They met in 2019.", "2019", None),
    ],
)
def test_modifier(text: str, surface: str, modifier: str | None) -> None:
    [row] = read(text, published_on=WEDNESDAY)
    assert (row.surface, row.modifier) == (surface, modifier)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("He came in the third quarter of 2020.", "the third quarter of 2020"),
        ("The third-quarter results were good.", "third-quarter"),
        ("The summer offensive of the army failed.", "summer"),
        ("It was a month-long siege.", "month-long"),
        ("He came late last week.", "late last week"),
        ("Over the past three years they grew.", "the past three years"),
        ("It was this week's only vote.", "this week"),
        ("The 45-year-old man was hurt.", "45-year-old"),
    ],
)
def test_extent_has_determiner_and_modifier_but_no_preposition(text: str, surface: str) -> None:
    assert [row.surface for row in read(text, published_on=WEDNESDAY)] == [surface]


def test_anchor_method_and_days_by_the_day_it_cannot_be_older_than() -> None:
    [row] = read("They met this summer.", not_before=date(2021, 9, 27))
    assert (row.from_on, row.to_on) == (date(2021, 6, 1), date(2021, 8, 31))
    assert (row.granularity, row.method) == ("season", "not_before")
    assert row.anchor_on == date(2021, 9, 27)


def test_not_before_is_less_sure_than_published() -> None:
    [published] = read("They met this summer.", published_on=WEDNESDAY)
    [not_before] = read("They met this summer.", not_before=WEDNESDAY)
    [explicit] = read("They met on 3 June 2020.")
    assert not_before.confidence < published.confidence < explicit.confidence


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met yesterday.", None),
        ("They met last week.", None),
        ("They met in June.", "XXXX-06"),
        ("They met on 3 June.", "XXXX-06-03"),
        ("They met on Monday.", "XXXX-WXX-1"),
        ("They met three days later.", None),
    ],
)
def test_without_anchor_nothing_is_reckoned(text: str, value: str | None) -> None:
    [row] = read(text)
    assert (row.value, row.from_on, row.to_on, row.anchor_on) == (value, None, None, None)
    assert row.method == "none"


def test_later_without_a_date_before_is_not_reckoned_from_publication() -> None:
    [row] = read("Three days later they parted.", published_on=WEDNESDAY)
    assert (row.value, row.from_on) == (None, None)


def test_methods() -> None:
    text = "On 3 June 2020 they met, the next day they parted, from 3 to 5 July 2020 they slept."
    rows = {row.surface: row for row in read(text, published_on=WEDNESDAY)}
    assert rows["3 June 2020"].method == "explicit"
    assert rows["the next day"].method == "narrative"
    assert rows["the next day"].anchor_on == date(2020, 6, 3)
    assert rows["3"].method == "range"


HISTORY = (
    "The war began on 1 September 1939. In December 1939 the king fled. In April the north fell, "
    "and on 10 May the south. Two days later the capital was lost. In June 1941 the east was "
    "attacked; in January the army turned. "
)


def test_history_goes_on_from_the_last_date_told() -> None:
    assert values(HISTORY, published_on=WEDNESDAY) == [
        ("1 September 1939", "1939-09-01"),
        ("December 1939", "1939-12"),
        ("April", "1940-04"),
        ("10 May", "1940-05-10"),
        ("Two days later", "1940-05-12"),
        ("June 1941", "1941-06"),
        ("January", "1941-01"),
    ]


def test_news_with_an_old_date_is_no_history() -> None:
    text = "The minister, in office since 2004, resigned on Monday. In June he lost a vote."
    assert values(text, published_on=WEDNESDAY) == [
        ("2004", "2004"),
        ("Monday", "2021-10-18"),
        ("June", "2021-06"),
    ]


def test_today_in_a_history_is_the_day_of_publication() -> None:
    text = HISTORY + "This year the city remembers it."
    assert values(text, published_on=WEDNESDAY)[-1] == ("This year", "2021")


def test_year_named_in_passing_does_not_move_a_history() -> None:
    text = HISTORY.replace("in January", "in July")
    text += "The envoy of the pact of 1922 was heard. In August he died."
    assert values(text, published_on=WEDNESDAY)[-1] == ("August", "1941-08")


def test_forms_of_named_days_are_of_one_day() -> None:
    forms = [form for day in named_days().values() for form in day.forms]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize(
    ("name", "year", "first", "last"),
    [
        ("Ramadan", 2015, date(2015, 6, 18), date(2015, 7, 16)),
        ("Eid al-Fitr", 2021, date(2021, 5, 13), date(2021, 5, 13)),
        ("Orthodox Easter", 2021, date(2021, 5, 2), date(2021, 5, 2)),
        ("Martin Luther King Day", 2015, date(2015, 1, 19), date(2015, 1, 19)),
        ("Yom Kippur", 2021, date(2021, 9, 16), date(2021, 9, 16)),
        ("Holy Week", 2021, date(2021, 3, 28), date(2021, 4, 3)),
    ],
)
def test_days_of_a_named_day(name: str, year: int, first: date, last: date) -> None:
    assert days_of(name, year) == (first, last)


@pytest.mark.parametrize(("name", "year"), [("Diwali", 1850), ("Ramadan", 1700), ("D-Day", 2020)])
def test_no_days_outside_the_reach_of_a_rule(name: str, year: int) -> None:
    assert days_of(name, year) is None


@pytest.mark.skipif(not GOLD.is_file(), reason="the seed article is not beside this checkout")
def test_the_seed_article() -> None:
    gold = json.loads(GOLD.read_text("utf-8"))
    text = next(SHARED.glob("seeds/*.txt")).read_text("utf-8")
    rows = read(text, not_before=date.fromisoformat(gold["document"]["published_not_before"]))
    for wanted in gold["timeline"]:
        start, end = wanted["anchor"]["start"], wanted["anchor"]["end"]
        (row,) = [row for row in rows if start <= row.start_char < end]
        value = {"21st century": "20"}.get(wanted["date"], wanted["date"])
        assert (row.value, row.granularity) == (value, wanted["granularity"])
        days = wanted.get("interval") or ([value] * 2 if row.granularity == "day" else None)
        assert days is None or [str(row.from_on), str(row.to_on)] == days
