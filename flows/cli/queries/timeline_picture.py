"""The days of a timeline as a PNG or SVG file."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from flows.cli.queries.picture import axes_of
from flows.cli.queries.timeline_bars import Bar

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

SURE, DISPUTED = "#0072b2", "#d55e00"
"""Of Okabe and Ito's palette: told apart whatever the eye."""
LABEL = 60
"""Characters of a label; a longer one is cut."""
LEAST = 0.015
"""Share of the width below which a bar is a mark: a day of ten years has no width."""
TALLEST = 400
"""Bars above which they draw closer together: an image has 65,536 pixels at most."""


def draw(bars: Sequence[Bar], path: Path, *, title: str | None) -> None:
    """Write the picture of `bars`, at least one, to `path`. Raises OSError."""
    with axes_of(path, 11, 1.5 + 0.25 * min(len(bars), TALLEST)) as axes:
        days = [day for bar in bars for day in bar.days]
        span = max(days) - min(days)
        for row, bar in enumerate(bars):
            _bar(axes, row, bar, span * LEAST)
        labels = [f"{bar.dated}  {bar.what}" for bar in bars]
        axes.set_yticks(range(len(bars)), [_cut(label) for label in labels], parse_math=False)
        axes.set_ylim(len(bars) - 0.4, -0.6)
        axes.xaxis_date()
        margin = max(span * 0.03, timedelta(days=2))
        axes.set_xlim(min(days) - margin, max(days) + margin)  # type: ignore[arg-type] # dates are fine
        axes.grid(axis="x", color="#dddddd", linewidth=0.6)
        axes.set_axisbelow(True)
        if title:
            axes.set_title(title, parse_math=False, wrap=True)
        _legend(axes, bars)


def _cut(text: str) -> str:
    return text if len(text) <= LABEL else text[: LABEL - 1].rstrip() + "…"


def _bar(axes: "Axes", row: int, bar: Bar, least: timedelta) -> None:
    """Draw a bar over all its days; a mark where that is under `least`, or where an end is open."""
    first, last = bar.days
    colour = DISPUTED if bar.is_disputed else SURE
    face = colour if bar.is_confirmed else "none"
    is_open = bar.from_on is None or bar.to_on is None
    if is_open or last - first < least:
        mark = ("<" if bar.from_on is None else ">") if is_open else "D" if bar.is_disputed else "o"
        middle = first + (last - first) / 2
        axes.plot(
            [middle],  # type: ignore[arg-type] # dates are fine
            [row],
            marker=mark,
            markersize=6,
            color=colour,
            markerfacecolor=face,
        )
        return
    axes.barh(
        row,
        last - first + timedelta(days=1),  # type: ignore[arg-type] # and so are spans of them
        left=first,  # type: ignore[arg-type]
        height=0.6,
        facecolor=face,
        edgecolor="white" if bar.is_disputed and bar.is_confirmed else colour,
        hatch="///" if bar.is_disputed else None,
    )


def _legend(axes: "Axes", bars: Sequence[Bar]) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    known: list[Patch | Line2D] = [Patch(facecolor=SURE, edgecolor=SURE, label="told or reported")]
    if not all(bar.is_confirmed for bar in bars):
        known.append(Patch(facecolor="none", edgecolor=SURE, label="planned or unsure"))
    if any(bar.is_disputed for bar in bars):
        known.append(
            Patch(facecolor=DISPUTED, edgecolor="white", hatch="///", label="sources disagree")
        )
    if any(bar.from_on is None for bar in bars):
        known.append(_mark("<", "by: that day at the latest"))
    if any(bar.to_on is None for bar in bars):
        known.append(_mark(">", "from: that day at the earliest"))
    axes.figure.legend(handles=known, loc="outside lower right", ncols=3, frameon=False)


def _mark(mark: str, label: str) -> "Line2D":
    from matplotlib.lines import Line2D

    return Line2D([], [], color=SURE, marker=mark, markersize=6, linestyle="none", label=label)
