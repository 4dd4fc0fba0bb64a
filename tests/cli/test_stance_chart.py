"""The course of a position as text and as a picture, without a lake."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows.cli.queries.picture import MANY
from flows.cli.queries.stance_chart import chart
from flows.cli.queries.stance_course import Course, Point, Stretch
from flows.cli.queries.stance_picture import draw

FIRST = date(2021, 1, 1)
WIDTH = 37  # leaves 24 columns, for the days 0 to 23


def point(day: int, score: float, *, is_represented: bool = False) -> Point:
    polarity = "support" if score > 0 else "oppose" if score < 0 else "neutral"
    return Point(FIRST + timedelta(days=day), score, polarity, "speaker", is_represented)


def stretch(first: int, last: int, score: float, p_value: float | None = None) -> Stretch:
    days = FIRST + timedelta(days=first), FIRST + timedelta(days=last)
    return Stretch(*days, score, p_value, is_represented=False)


def course(*points: Point, stretches: tuple[Stretch, ...] = (), undated: int = 0) -> Course:
    return Course("Ann on Ben", points, stretches, undated)


def test_points_means_and_changes_stand_at_their_day_and_score() -> None:
    points = [point(0, 1.0), point(5, 0.5), point(5, 0.5), point(10, -1.0), point(23, -0.5)]
    represented = point(2, -0.5, is_represented=True)
    stretches = (stretch(0, 5, 0.67), stretch(10, 23, -0.83, 0.0004))
    lines = chart(course(*points, represented, stretches=stretches), WIDTH)
    assert lines == [
        "Ann on Ben",
        " 1 supports ┤●         ┊",
        "            │          ┊",
        "            │━━━━━━    ┊",
        "        0.5 ┤     2    ┊",
        "            │          ┊",
        "            │          ┊",
        "          0 ┤┄┄┄┄┄┄┄┄┄┄┊┄┄┄┄┄┄┄┄┄┄┄┄┄",
        "            │          ┊",
        "            │          ┊",
        "       -0.5 ┤  ○       ┊            ●",
        "            │          ┊",
        "            │          ━━━━━━━━━━━━━━",
        " -1 opposes ┤          ●",
        "            └────────────────────────",
        "             2021-01-01    2021-01-24",
        "● a position; ○ in a spokesman's words; 2-9 as many, # more; ━ mean",
        "┊ 2021-01-11: mean from +0.67 to -0.83, p < 0.001",
    ]


def test_all_on_one_day_stand_in_the_middle() -> None:
    lines = chart(course(*[point(3, 0.8)] * 12, point(3, 0.0)), WIDTH)
    assert lines[2] == "            │            #"
    assert lines[7] == "          0 ┤┄┄┄┄┄┄┄┄┄┄┄┄●┄┄┄┄┄┄┄┄┄┄┄"
    assert lines[15] == "                    2021-01-04"


def test_positions_without_a_day_are_counted() -> None:
    assert chart(course(undated=3), WIDTH) == ["Ann on Ben", "without a day: 3"]


@pytest.mark.parametrize("width", [1, 40, 79, 200])
def test_no_line_is_wider_than_asked_for(width: int) -> None:
    lines = chart(course(*(point(day, 0.5) for day in range(0, 900, 7))), width)
    grid = lines[1:-1]
    assert max(map(len, grid)) <= max(width, WIDTH)
    assert lines[-2].split()[0] == "2021-01-01"
    assert lines[-2].split()[-1] == str(FIRST + timedelta(days=896))


def test_the_same_course_gives_the_same_bytes(tmp_path: Path) -> None:
    found = course(
        point(0, 0.8), point(9, -0.8, is_represented=True), stretches=(stretch(0, 9, 0),)
    )
    for kind in ("svg", "png"):
        one, other = tmp_path / f"one.{kind}", tmp_path / f"other.{kind}"
        draw(found, one)
        draw(found, other)
        assert one.read_bytes() == other.read_bytes()


def test_names_are_text_whatever_they_hold(tmp_path: Path) -> None:
    title = "$x^ & <b> 習近平 on 'Ben'"
    path = tmp_path / "course.svg"
    draw(Course(title, [point(0, 0.8)], [], undated=2), path)
    texts = [element.text for element in ET.parse(path).iter() if element.tag.endswith("text")]
    assert f"{title} (2 more without a day)" in texts


def test_many_points_do_not_make_a_huge_file(tmp_path: Path) -> None:
    path = tmp_path / "course.svg"
    draw(course(*(point(day, (day % 19 - 9) / 10) for day in range(MANY + 1))), path)
    assert path.stat().st_size < 300_000
