"""When jobs are due; all times are written by hand."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from flows.timetable import Cron, Due, Entry, Every, Timetable

HOURLY = Cron("17 * * * *")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


def runs(settled: str) -> Timetable:
    return Timetable([Entry("run", HOURLY, at(settled))])


@pytest.mark.parametrize(
    ("now", "latest", "following"),
    [
        ("11-27T03:16:59.999999", "11-27T02:17", "11-27T03:17"),
        ("11-27T03:17", "11-27T03:17", "11-27T04:17"),
        ("11-27T03:17:00.000001", "11-27T03:17", "11-27T04:17"),
    ],
)
def test_a_time_is_due_from_its_very_moment(now: str, latest: str, following: str) -> None:
    assert HOURLY.latest(at(now)) == at(latest)
    assert HOURLY.following(at(now)) == at(following)


def test_where_clocks_change_a_fixed_hour_comes_once() -> None:
    berlin = Cron("30 2 * * *", ZoneInfo("Europe/Berlin"))
    assert berlin.following(at("03-28T12:00")) == at("03-29T01:00")  # 02:30 is left out
    assert berlin.following(at("10-24T12:00")) == at("10-25T00:30")  # 02:30 comes twice
    assert berlin.following(at("10-25T00:30")) == at("10-26T01:30")
    assert berlin.latest(at("10-25T12:00")) == at("10-25T00:30")


def test_an_interval_keeps_step_over_restarts() -> None:
    minute = Every(timedelta(seconds=60))
    assert minute.latest(at("11-27T03:17:42.5")) == at("11-27T03:17")
    assert minute.following(at("11-27T03:17")) == at("11-27T03:18")


@pytest.mark.parametrize("expression", ["", "17 * * *", "61 * * * *", "0 0 30 2 *", "daily"])
def test_what_is_no_expression_is_refused_with_its_text(expression: str) -> None:
    with pytest.raises(ValueError, match="no cron expression") as error:
        Cron(expression)
    assert repr(expression) in str(error.value)


def test_what_was_missed_is_due_once_however_often_it_was_missed() -> None:
    table = runs("11-27T03:17")
    assert table.due(at("11-27T03:59")) == []
    assert table.due(at("11-27T08:20")) == [Due("run", at("11-27T08:17"), missed=4)]
    assert table.due(at("11-27T08:21")) == []
    assert table.due(at("11-27T09:17")) == [Due("run", at("11-27T09:17"))]


def test_jobs_due_together_come_in_the_order_of_the_timetable() -> None:
    table = Timetable(
        [Entry("run", HOURLY, at("11-27T03:16")), Entry("maintain", HOURLY, at("11-27T03:16"))]
    )
    assert [due.job for due in table.due(at("11-27T03:17"))] == ["run", "maintain"]
    assert table.next_due(at("11-27T03:18")) == ("run", at("11-27T04:17"))


def test_a_clock_that_goes_back_repeats_nothing_and_does_not_stop_the_schedule() -> None:
    table = runs("11-27T08:16")
    assert len(table.due(at("11-27T08:17"))) == 1
    assert table.due(at("11-26T20:30")) == []
    assert table.went_back == timedelta(hours=11, minutes=47)
    assert table.due(at("11-26T21:17")) == [Due("run", at("11-26T21:17"))]
