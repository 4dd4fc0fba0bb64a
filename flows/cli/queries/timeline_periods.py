"""Days, weeks and months by which `demarche timeline --granularity` puts lines together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.cli.queries.timeline_bars import Bar

ORDER = "coalesce(happened_from, happened_to), happened_to, row_id"
COUNTED = {
    "event": ("event", "events"),
    "statement": ("statement", "statements"),
    "stance_shift": ("change of stance", "changes of stance"),
    "citation": ("cited work", "cited works"),
}
_FIRST, _LAST = "coalesce(happened_from, happened_to)", "coalesce(happened_to, happened_from)"


class Grain(StrEnum):
    """What lines are put together by."""

    day = "day"
    week = "week"
    month = "month"


def periods(grain: Grain | None) -> tuple[str, str]:
    """Return the SQL of a line's day, week or month, and of the order of lines by it.

    A longer interval is a period of its own, after those that begin with it.
    """
    if grain is None:
        return "NULL", ORDER
    written = {Grain.day: "%Y-%m-%d", Grain.week: "%G-W%V", Grain.month: "%Y-%m"}[grain]
    start, end = f"date_trunc('{grain}', {_FIRST})", f"date_trunc('{grain}', {_LAST})"
    period = f"if({start} = {end}, strftime({_FIRST}, '{written}'), dated)"
    return period, f"{start}, {start} <> {end}, {period}, {ORDER}"


def told(counts: Counter[str]) -> str:
    """Return how many things of each kind there are, as words."""
    return ", ".join(
        f"{count} {COUNTED[kind][count != 1]}" for kind, count in sorted(counts.items())
    )


def period_days(grain: Grain | None) -> tuple[str, str]:
    """Return the SQL of the first and the last day of a line's period."""
    if grain is None:
        return "NULL", "NULL"
    period, _ = periods(grain)
    start = f"date_trunc('{grain}', {_FIRST})"
    end = f"({start} + INTERVAL 1 {grain} - INTERVAL 1 DAY)::DATE"
    is_own = f"{period} = dated"
    return f"if({is_own}, {_FIRST}, {start}::DATE)", f"if({is_own}, {_LAST}, {end})"


def by_period(found: Sequence["Bar"]) -> list["Bar"]:
    """Return a bar over each day, week or month with how much happened in it, in order.

    What is planned or unsure has a bar of its own beside that of what is confirmed.
    """
    groups: dict[tuple[str | None, bool], list[Bar]] = {}
    for bar in found:
        groups.setdefault((bar.period, bar.is_confirmed), []).append(bar)
    return [
        replace(
            group[0],
            from_on=group[0].period_from,
            to_on=group[0].period_to,
            dated=group[0].period or group[0].dated,
            what=told(Counter(bar.kind for bar in group)),
            is_disputed=any(bar.is_disputed for bar in group),
            weight=len(group),
        )
        for group in groups.values()
    ]
