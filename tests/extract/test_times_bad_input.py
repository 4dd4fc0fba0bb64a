"""What looks like a time and is none, and dates that no calendar has: no crash, no false date."""

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.document import Document
from tasks.extract.times import find_time_expressions
from tasks.extract.times.grammar import expressions, grammar
from tasks.extract.times.ranges import with_ranges
from tasks.extract.times.scan import Scan
from tasks.language import make_doc
from tests.extract.given_articles import NLP, article, document
from warehouse.tables import TimeExpression

WEDNESDAY = date(2021, 10, 20)


def read(text: str) -> list[TimeExpression]:
    return find_time_expressions(document(text, published_on=WEDNESDAY))


@pytest.mark.parametrize(
    "text",
    [
        "It happened on 31 February 2020.",
        "It happened on 29 February 2019.",
        "It happened on 31 April 2021.",
        "It happened on 13/13/2021.",
        "It happened on 31/02/2021.",
        "It happened on 2021-02-30.",
        "It happened on 2021-13-01.",
        "It happened at 2021-05-03T25:30:00Z.",
        "It was the year 0.",
        "It was 0000-00-00 by the counter.",
        "Theresa May met the envoy.",
        "You may go, and may they come.",
        "May we ask why?",
        "May God protect the town.",
        "Three quarters of the town were lost.",
        "It is ten light years away.",
        "She was Person of the Year.",
        "USA Today said so.",
        "Most of the time he slept.",
        "Of the sick 1,846 were treated and 1720 had gone home.",
        "The march on the capital was long.",
        "They march through the town.",
        "The March on Washington was long.",
        "The Sun, a paper, said so.",
        "She sat in the sun and they sat with her.",
        "Jan and Dec are their names.",
        "April Smith met August Wilson.",
        "Prices fall and the walls of the town fall.",
        "Spring back from the fire!",
        "It runs on version 10.2019.1 of the program.",
        "It runs on v2.2019 and on 3.2021.",
        "Call 555-2019 for help.",
        "Call +1 202 555 1999 for help.",
        "Call 0044 20 7946 0123 for help.",
        "They won 3-2 and lost 21-19.",
        "The vote was 52-48.",
        "It cost $2000 and €1999.",
        "It cost 2000 dollars.",
        "It killed 2000 people and hurt 1950 soldiers.",
        "It is 1914 km to the coast.",
        "It has 1,939 seats.",
        "See page 1984 of the book, and room 2001.",
        "See http://example.org/2019/05/03/x for more.",
        "The ratio was 6:4 at best.",
        "Resolution 1929 of the council was passed.",
        "It is open 24/7 to all.",
        "A quarter of the votes were lost.",
        "A second attack failed.",
        "As soon as he came she went.",
        "It soon became clear that he had lied.",
    ],
)
def test_no_time(text: str) -> None:
    assert [(row.surface, row.value) for row in read(text) if row.type != "DURATION"] == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("She may go in May.", "May"),
        ("They will march in March.", "March"),
        ("Prices fall in the fall.", "the fall"),
        ("The Sun came out on Sunday.", "Sunday"),
    ],
)
def test_the_month_and_the_word(text: str, surface: str) -> None:
    assert [row.surface for row in read(text)] == [surface]


def test_age_is_a_duration_and_no_year() -> None:
    [row] = read("He is 45 years old.")
    assert (row.type, row.value, row.from_on) == ("DURATION", "P45Y", None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It fell in 490 BC.", "BC0490"),
        ("It fell in 44 B.C.", "BC0044"),
        ("It fell in the 3rd century BC.", "BC02"),
    ],
)
def test_before_christ_has_a_value_but_no_days(text: str, value: str) -> None:
    [row] = read(text)
    assert (row.value, row.from_on, row.to_on) == (value, None, None)


def test_year_before_1000() -> None:
    [row] = read("The mountain erupted in AD 79.")
    assert (row.value, row.from_on, row.to_on) == ("0079", date(79, 1, 1), date(79, 12, 31))


def test_time_stamp_with_offset_keeps_its_day() -> None:
    [row] = read("Logged at 2021-05-03T23:30:00-05:00 by the clerk.")
    assert (row.type, row.value) == ("TIME", "2021-05-03T23:30-05:00")
    assert (row.from_on, row.granularity) == (date(2021, 5, 3), "minute")


def test_ambiguous_figures_name_no_day() -> None:
    [row] = read("It happened on 03/04/2021 in town.")
    assert (row.value, row.granularity) == ("2021", "year")
    assert (row.from_on, row.to_on) == (date(2021, 3, 4), date(2021, 4, 3))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It happened on 03/04/2021 and on 23/6/2020.", "2021-04-03"),
        ("It happened on 03/04/2021 and on 6/23/2020.", "2021-03-04"),
        ("It happened on 03/04/2021 and on 3 May 2020.", "2021-04-03"),
        ("It happened on 03/04/2021 and on May 3, 2020.", "2021-03-04"),
    ],
)
def test_other_dates_decide_ambiguous_figures(text: str, value: str) -> None:
    assert read(text)[0].value == value


@pytest.mark.parametrize(
    ("address", "value"),
    [("https://news.example.co.uk/a", "2021-04-03"), ("https://example.gov/a", "2021-03-04")],
)
def test_address_decides_ambiguous_figures(address: str, value: str) -> None:
    given = document("It happened on 03/04/2021 in town.", published_on=WEDNESDAY)
    given = replace(given, article=replace(given.article, canonical_url=address))
    assert find_time_expressions(given)[0].value == value


@pytest.mark.parametrize(
    "text",
    [
        "The shop is open from 28 to 05/06/2021.",
        "On 29 and 05/06/2021 he met him.",
        "On 31 December AD 9999 he left. The following Monday he came.",
        "It fell on the 400th day of AD 9999, in the 60th week of AD 9999.",
        "9" * 5000 + " to 490 BC",
    ],
)
def test_odd_numbers_are_no_crash(text: str) -> None:
    find_time_expressions(document(text, published_on=WEDNESDAY))


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), date(2020, 2, 29)])
def test_no_day_of_publication_is_too_odd(day: date) -> None:
    text = (
        "Yesterday, last week, next month, ten years ago, 9000 years ago, next century, last "
        "winter, on Monday, in May, on 29 February, last 29 February, at Easter, in Ramadan, next "
        "Thursday, the past 30 years, in the next 9000 years, a year later, in the last quarter."
    )
    rows = find_time_expressions(document(text, published_on=day))
    assert all(row.from_on is None or row.to_on >= row.from_on for row in rows if row.to_on)


_VOCABULARY = (
    "the a an of in on at last next this that same early late mid - / . , : ' s to and from until "
    "3 03 5 12 31 99 1979 2020 2021 0 00 14 : 30 9/11 3rd 21st first third two several half dozen "
    "May June Sept. Monday Fri spring summer fall week month year years quarter decade century "
    "day days hours minutes ago later earlier before after BC AD a.m. p.m. UTC noon tonight "
    "yesterday today Easter Ramadan Christmas fiscal FY 2019 Q3 every each per daily now soon "
    "recently future past end beginning almost more than 1990s '90s T Z + 02:00"
)
_WORDS = st.sampled_from(_VOCABULARY.split())
_TEXTS = st.one_of(st.lists(_WORDS, max_size=40).map(" ".join), st.text(max_size=200))


@given(_TEXTS, st.sampled_from([None, WEDNESDAY, date(1, 1, 1), date(9999, 12, 31)]))
def test_any_text_is_read_and_spans_are_verbatim(text: str, published: date | None) -> None:
    given_article = article(text, published_on=published)
    rows = find_time_expressions(Document.of(given_article, make_doc(NLP, text)))
    ends = 0
    for row in rows:
        assert text[row.start_char : row.end_char] == row.surface != ""
        assert row.start_char >= ends
        assert row.to_on is None or (row.from_on is not None and row.from_on <= row.to_on)
        ends = row.end_char


@pytest.mark.parametrize(
    "piece",
    [
        "the end of ",
        "the early part of the late ",
        "1, ",
        "1-",
        "3 May, ",
        "two and a half and ",
        "2021-",
        "last last ",
        "at 3:30 ",
        "one hundred ",
        "(",
        "Monday, ",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    started = time.process_time()
    scan = Scan(piece * (20_000 // len(piece)))
    with_ranges(scan, list(expressions(scan)))
    assert time.process_time() - started < 5


def test_every_class_of_the_grammar_is_there() -> None:
    for name in grammar().names():
        grammar().starts(name)
