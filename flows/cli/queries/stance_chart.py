"""The course of a position as lines of text, for a terminal."""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence

from flows.cli.queries.days import Days
from flows.cli.queries.stance_course import Course, Stretch

LEVELS = 6
"""Lines from a score of 0 to one of 1, or of -1."""

LABELS = {LEVELS: "1 supports", LEVELS // 2: "0.5", 0: "0", -LEVELS // 2: "-0.5"} | {
    -LEVELS: "-1 opposes"
}
MARGIN = max(map(len, LABELS.values())) + 1
LEAST_WIDTH = 24
"""Columns below which two days do not stand beside each other."""

OWN, REPRESENTED, MEAN, ZERO, CHANGE = "●○━┄┊"


def chart(course: Course, width: int | None = None) -> list[str]:
    """Return the lines of the chart of `course`, as wide as the terminal, or `width`."""
    lines = [course.title]
    if course.points:
        room = (width or shutil.get_terminal_size().columns) - MARGIN - 2
        lines += _grid(course, Days([p.day for p in course.points], max(room, LEAST_WIDTH)))
        lines += _legend(course)
    if course.undated:
        lines.append(f"without a day: {course.undated}")
    return lines


def _grid(course: Course, days: Days) -> Iterator[str]:
    cells = _means(course, days) | _marks(course, days)
    for level in range(LEVELS, -LEVELS - 1, -1):
        blank = ZERO if level == 0 else " "
        row = "".join(cells.get((level, column), blank) for column in range(days.width))
        label = LABELS.get(level, "")
        yield f"{label:>{MARGIN}} {'┤' if label else '│'}{row}".rstrip()
    yield f"{'':>{MARGIN}} └{'─' * days.width}"
    yield f"{'':>{MARGIN}}  {days.labels()}"


def _means(course: Course, days: Days) -> dict[tuple[int, int], str]:
    """Return the lines of the means, the holder's own before those represented, and of changes."""
    cells = {
        (level, days.column(after.from_on)): CHANGE
        for _, after, _ in course.changes
        for level in range(-LEVELS, LEVELS + 1)
    }
    for stretch in _drawn(course.stretches):
        first, last = days.column(stretch.from_on), days.column(stretch.to_on)
        for column in range(first, last + 1):
            cells[round(stretch.score * LEVELS), column] = MEAN
    return cells


def _drawn(stretches: Sequence[Stretch]) -> list[Stretch]:
    own = [stretch for stretch in stretches if not stretch.is_represented]
    return own or list(stretches)


def _marks(course: Course, days: Days) -> dict[tuple[int, int], str]:
    """Return the mark of each place that has positions: a point, or how many there are."""
    places = [(round(p.score * LEVELS), days.column(p.day)) for p in course.points]
    several = Counter(places)
    marks = {
        place: REPRESENTED if point.is_represented else OWN
        for place, point in zip(places, course.points, strict=True)
    }
    return marks | {
        place: str(count) if count < 10 else "#" for place, count in several.items() if count > 1
    }


def _legend(course: Course) -> Iterator[str]:
    known = [f"{OWN} a position"]
    if any(point.is_represented for point in course.points):
        known.append(f"{REPRESENTED} in a spokesman's words")
    yield f"{'; '.join(known)}; 2-9 as many, # more; {MEAN} mean"
    for before, after, p_value in course.changes:
        whose = " (spokesmen)" if after.is_represented else ""
        chance = "p < 0.001" if p_value < 0.001 else f"p = {p_value:.3f}"
        means = f"mean from {before.score:+.2f} to {after.score:+.2f}"
        yield f"{CHANGE} {after.from_on}: {means}, {chance}{whose}"
