"""The days of a timeline as text and as a picture, without a lake."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows.cli.queries.timeline_bars import Bar, heaviest, near
from flows.cli.queries.timeline_chart import chart
from flows.cli.queries.timeline_picture import draw

FIRST = date(2021, 1, 1)


def bar(
    first: int | None,
    last: int | None,
    what: str = "Ann met Ben",
    *,
    is_confirmed: bool = True,
    is_disputed: bool = False,
) -> Bar:
    """A bar from day to day, counted from 1 January 2021."""
    days = [None if day is None else FIRST + timedelta(days=day) for day in (first, last)]
    return Bar(days[0], days[1], "2021-01", what, is_confirmed, is_disputed)


def test_a_line_shows_days_intervals_open_ends_plans_and_disputes() -> None:
    bars = [
        bar(0, 0),
        bar(2, 8),
        bar(None, 10),
        bar(12, None),
        bar(14, 14, is_confirmed=False),
        bar(16, 20, is_confirmed=False),
        bar(20, 23, is_disputed=True),
    ]
    assert chart(bars, 46) == [
        "2021-01 Ann met Ben │●",
        "2021-01 Ann met Ben │  ━━━━━━━",
        "2021-01 Ann met Ben │          ◂",
        "2021-01 Ann met Ben │            ▸",
        "2021-01 Ann met Ben │              ○",
        "2021-01 Ann met Ben │                ○┄┄┄○",
        "2021-01 Ann met Ben │                    ✕━━✕",
        "                    └────────────────────────",
        "                     2021-01-01    2021-01-24",
        "● a day, ━ within these days; ○ ┄ planned or unsure; ✕ sources disagree; "
        "◂ that day at the latest; ▸ that day at the earliest",
    ]


def test_a_single_day_stands_in_the_middle_and_the_legend_is_short() -> None:
    lines = chart([bar(5, 5)], 46)
    assert lines[0] == "2021-01 Ann met Ben │            ●"
    assert lines[-1] == "● a day, ━ within these days"


@pytest.mark.parametrize("width", [1, 40, 79, 200])
def test_no_line_is_wider_than_asked_for(width: int) -> None:
    lines = chart([bar(day, day + 30, "word " * 30) for day in range(0, 900, 90)], width)
    assert max(map(len, lines[:-1])) <= max(width, 39)


def test_the_same_bars_give_the_same_bytes(tmp_path: Path) -> None:
    bars = [bar(0, 9), bar(None, 3), bar(2, 2, is_disputed=True), bar(7, 9, is_confirmed=False)]
    for kind in ("svg", "png"):
        one, other = tmp_path / f"one.{kind}", tmp_path / f"other.{kind}"
        draw(bars, one, title="Ann")
        draw(bars, other, title="Ann")
        assert one.read_bytes() == other.read_bytes()


def test_labels_are_text_whatever_they_hold(tmp_path: Path) -> None:
    what = "$x^ & <b> 習近平 met 'Ben'"
    path = tmp_path / "days.svg"
    draw([bar(0, 0, what)], path, title="$y^")
    texts = [element.text for element in ET.parse(path).iter() if element.tag.endswith("text")]
    assert {f"2021-01  {what}", "$y^"} <= set(texts)


def test_marks_of_open_ends_have_a_key(tmp_path: Path) -> None:
    path = tmp_path / "days.svg"
    draw([bar(0, 0), bar(None, 3), bar(2, None)], path, title=None)
    texts = {element.text for element in ET.parse(path).iter() if element.tag.endswith("text")}
    assert {"by: that day at the latest", "from: that day at the earliest"} <= texts


CENTURY = 36_525


def test_what_lies_far_from_nearly_all_is_left_out_with_a_note() -> None:
    many = [bar(day, day + 2) for day in range(20)]
    old, coming = bar(-CENTURY, -CENTURY, "Ann was born"), bar(5 * CENTURY, 5 * CENTURY)
    found = near([old, *many, coming], False, False)
    assert (found.bars, found.before, found.after) == (many, [old], [coming])
    assert list(found.left_out()) == [
        "1 is left out, long before the others; `--from 1921-01-01` shows all",
        "1 is left out, long after the others; `--to 2521-01-05` shows all",
    ]


def test_whoever_asks_for_days_gets_them() -> None:
    bars = [bar(-CENTURY, -CENTURY), *(bar(day, day) for day in range(20))]
    assert near(bars, True, True).bars == bars


def test_few_or_evenly_spread_bars_are_all_shown() -> None:
    two = [bar(-CENTURY, -CENTURY), bar(0, 0)]
    spread = [bar(day, day) for day in range(0, 20_000, 1000)]
    third = [*(bar(-CENTURY, -CENTURY) for _ in range(5)), *(bar(day, day) for day in range(10))]
    for bars in (two, spread, third, []):
        assert near(bars, False, False).bars == bars


def test_bars_of_most_weight_stay_in_order() -> None:
    bars = [replace(bar(day, day), weight=weight) for day, weight in enumerate([1, 3, 1, 2])]
    assert [one.weight for one in heaviest(bars, 2)] == [3, 2]
    assert heaviest(bars, 0) == heaviest(bars, None) == bars


def test_hundreds_of_bars_still_make_an_image(tmp_path: Path) -> None:
    path = tmp_path / "days.png"
    draw([bar(day, day + 3) for day in range(450)], path, title=None)
    assert path.read_bytes().startswith(b"\x89PNG")
