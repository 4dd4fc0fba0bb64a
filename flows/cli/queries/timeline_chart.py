"""The days of a timeline as lines of text, for a terminal."""

import shutil
from collections.abc import Iterator, Sequence

from flows.cli.queries.days import Days
from flows.cli.queries.timeline_bars import Bar

DAY, SPAN, PLANNED, PLANNED_SPAN, DISPUTED, LAST, FIRST = "●━○┄✕◂▸"
LEAST_WIDTH = 24
"""Columns below which two days do not stand beside each other."""
LABEL, LEAST_LABEL = 0.5, 12
"""Share of the width that labels may take, and the columns that they have in any case."""


def chart(bars: Sequence[Bar], width: int | None = None) -> list[str]:
    """Return a line for each of `bars`, at least one, as wide as the terminal or `width`."""
    total = width or shutil.get_terminal_size().columns
    labels = [f"{bar.dated} {bar.what}" for bar in bars]
    room = max(min(int(total * LABEL), total - LEAST_WIDTH - 3), LEAST_LABEL)
    margin = min(max(map(len, labels)), room)
    days = Days([day for bar in bars for day in bar.days], max(total - margin - 3, LEAST_WIDTH))
    lines = [
        f"{_cut(label, margin):<{margin}} │{_drawn(bar, days)}".rstrip()
        for label, bar in zip(labels, bars, strict=True)
    ]
    lines += [f"{'':>{margin}} └{'─' * days.width}", f"{'':>{margin}}  {days.labels()}"]
    return [*lines, *_legend(bars)]


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def _drawn(bar: Bar, days: Days) -> str:
    """Return the grid's part of the line: a mark for a day, a bar for an interval."""
    first, last = (days.column(day) for day in bar.days)
    mark, span = (DAY, SPAN) if bar.is_confirmed else (PLANNED, PLANNED_SPAN)
    if bar.from_on is None or bar.to_on is None:
        mark = FIRST if bar.to_on is None else LAST
    cells = [" "] * first + [span if last > first else mark] * (last - first + 1)
    if last > first and not bar.is_confirmed:
        cells[first] = cells[last] = mark
    if bar.is_disputed:
        cells[first] = cells[last] = DISPUTED
    return "".join(cells)


def _legend(bars: Sequence[Bar]) -> Iterator[str]:
    known = [f"{DAY} a day, {SPAN} within these days"]
    if not all(bar.is_confirmed for bar in bars):
        known.append(f"{PLANNED} {PLANNED_SPAN} planned or unsure")
    if any(bar.is_disputed for bar in bars):
        known.append(f"{DISPUTED} sources disagree")
    if any(bar.from_on is None for bar in bars):
        known.append(f"{LAST} that day at the latest")
    if any(bar.to_on is None for bar in bars):
        known.append(f"{FIRST} that day at the earliest")
    yield "; ".join(known)
