from datetime import UTC, date, datetime

import pytest

from tasks.ingest.parse.dates import latest_full_date, parse_date, url_date


@pytest.mark.parametrize(
    "text",
    [
        "2021-06-03",
        "20210603",
        "3 June 2021",
        "June 3, 2021",
        "Jun. 3, 2021",
        "Thursday, June 3, 2021",
        "Thu 3rd of June 2021",
        "2021/06/03",
        "03.06.2021",
    ],
)
def test_days_without_a_time(text: str) -> None:
    assert parse_date(text) == (date(2021, 6, 3), None)


@pytest.mark.parametrize(
    ("text", "day", "hour", "minute"),
    [
        ("2021-06-03T14:05:00Z", 3, 14, 5),
        ("2021-06-03 14:05:00", 3, 14, 5),
        ("2021-06-03T23:30:00-05:00", 4, 4, 30),
        ("Thu, 03 Jun 2021 14:05:00 GMT", 3, 14, 5),
        ("3 June 2021, 2:05 pm EDT", 3, 18, 5),
        ("June 3, 2021 at 12:05 a.m.", 3, 0, 5),
        ("20210603T140500Z", 3, 14, 5),
        ("02:05:07 PM EDT Jun 3, 2021", 3, 18, 5),
        ("14:05 GMT on Thursday, 3 June 2021", 3, 14, 5),
    ],
)
def test_times_are_in_utc(text: str, day: int, hour: int, minute: int) -> None:
    at = datetime(2021, 6, day, hour, minute, tzinfo=UTC)
    assert parse_date(text) == (date(2021, 6, day), at)


def test_a_time_in_an_unknown_zone_leaves_the_day() -> None:
    assert parse_date("3 June 2021, 14:05 WIB") == (date(2021, 6, 3), None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "03/06/2021",
        "June 2021",
        "31 June 2021",
        "0001-01-01",
        "3 June 2021 was warm",
        "9999999999",
        "9999-12-31T23:59:59-14:00",
        "yesterday",
        "3 June 2021 25:61",
    ],
)
def test_what_is_no_certain_date_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_the_latest_full_date_is_not_after_the_limit() -> None:
    text = "From 3 June 2020 to July 14, 2021, then 2021-08-25; until 1 May 2030, or June 2022."
    assert latest_full_date(text, not_after=date(2022, 1, 1)) == date(2021, 8, 25)
    assert latest_full_date("no date, 31 June 2020", not_after=date(2022, 1, 1)) is None


def test_dates_in_an_address() -> None:
    assert url_date("https://a.example/news/2021/6/3/x") == date(2021, 6, 3)
    assert url_date("https://a.example/news/2021/jun/3/x") == date(2021, 6, 3)
    assert url_date("https://a.example/2021/13/41/x") is None
    assert url_date("https://a.example/2021/lorem/1/x") is None
    assert url_date("https://a.example/item-20210603") is None
