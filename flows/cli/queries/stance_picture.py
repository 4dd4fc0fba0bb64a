"""The course of a position as a PNG or SVG file."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from flows.cli.queries.picture import MANY, axes_of
from flows.cli.queries.stance_course import Course, Point

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = {"support": "#0072b2", "neutral": "#666666", "oppose": "#d55e00"}
"""Of Okabe and Ito's palette: told apart whatever the eye, and in grey by their height."""

MARKS = {"author": "s", "speaker": "o", "actor": "^"}


def draw(course: Course, path: Path) -> None:
    """Write the picture of `course`, which has points, to `path`. Raises OSError."""
    with axes_of(path, 9, 4.5) as axes:
        _dress(axes, course)
        for is_represented in (False, True):
            for voice, mark in MARKS.items():
                points = [
                    p
                    for p in course.points
                    if p.voice == voice and p.is_represented == is_represented
                ]
                _scatter(axes, points, mark, voice, is_represented)
        _means(axes, course)
        axes.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)


def _dress(axes: "Axes", course: Course) -> None:
    days = [point.day for point in course.points]
    margin = max((max(days) - min(days)) * 0.03, timedelta(days=3))
    axes.set_xlim(min(days) - margin, max(days) + margin)  # type: ignore[arg-type] # dates are fine
    axes.set_ylim(-1.08, 1.08)
    axes.set_yticks([-1, -0.5, 0, 0.5, 1], ["opposes", "-0.5", "0", "0.5", "supports"])
    axes.axhline(0, color="#bbbbbb", linewidth=0.8, zorder=0)
    title = course.title + (f" ({course.undated} more without a day)" if course.undated else "")
    axes.set_title(title, parse_math=False, wrap=True)


def _scatter(
    axes: "Axes", points: Sequence[Point], mark: str, voice: str, is_represented: bool
) -> None:
    if not points:
        return
    colours = [COLOURS[point.polarity] for point in points]
    axes.scatter(
        [point.day for point in points],  # type: ignore[arg-type] # dates are fine
        [point.score for point in points],
        s=28,
        marker=mark,
        facecolors="none" if is_represented else colours,
        edgecolors=colours,
        alpha=0.7,
        label=f"{voice}, by a spokesman" if is_represented else voice,
        rasterized=len(points) > MANY,
    )


def _means(axes: "Axes", course: Course) -> None:
    labels = {False: "mean", True: "mean, by spokesmen"}
    for stretch in course.stretches:
        axes.plot(
            [stretch.from_on, stretch.to_on],  # type: ignore[arg-type] # dates are fine
            [stretch.score, stretch.score],
            color="black",
            linestyle="--" if stretch.is_represented else "-",
            linewidth=1.5,
            marker="|",
            label=labels.pop(stretch.is_represented, "_"),
        )
    for number, (_, after, _) in enumerate(course.changes):
        axes.axvline(
            after.from_on,  # type: ignore[arg-type] # dates are fine
            color="#888888",
            linestyle=":",
            label="_" if number else "change",
        )
