"""What the charts of `demarche timeline --plot` show: a bar for each thing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flows.cli.output import neutral
from flows.cli.queries.timeline_periods import Grain, period_days, periods

if TYPE_CHECKING:
    from flows.cli.queries.timeline import Asked
    from flows.cli.reading import Reader

FAR = 10
"""One bar in so many may be left out at either end. Of the 137 things that 43 articles of Wikinews
and of a press office tell of, it takes 9, of 1867 to 1998; the chart then begins in 2011."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The days on which one thing may have happened; one of both is NULL where it has one end.

    `weight` is how many outlets tell of it, or how many things a bar of a period stands for. The
    period is that by which bars are to be put together, if any.
    """

    from_on: date | None
    to_on: date | None
    dated: str
    what: str
    is_confirmed: bool
    is_disputed: bool
    weight: int = 0
    kind: str = "event"
    period: str | None = None
    period_from: date | None = None
    period_to: date | None = None

    @property
    def days(self) -> tuple[date, date]:
        """Return the first and the last day, which are the same where only one is known."""
        first, last = self.from_on or self.to_on, self.to_on or self.from_on
        assert first is not None
        assert last is not None
        return first, last


def bars(reader: "Reader", asked: "Asked", grain: Grain | None) -> list[Bar]:
    """Return a bar for each thing in order of days, or of the periods of `grain`.

    A thing on whose day sources disagree takes all days that they give.
    """
    period, order = periods(grain)
    first, last = period_days(grain)
    rows = reader.rows(
        f"""SELECT
            if(dates_told IS NULL, happened_from, happened_from_min),
            if(dates_told IS NULL, happened_to, happened_to_max),
            dated, what, is_confirmed, is_disputed, coalesce(outlets, 0), kind,
            {period} AS period, {first}, {last}
        {asked.source} ORDER BY {order}"""
    )
    return [
        Bar(from_on, to_on, _text(dated), _text(what), *rest)
        for from_on, to_on, dated, what, *rest in rows
    ]


def heaviest(found: Sequence[Bar], limit: int | None) -> list[Bar]:
    """Return the `limit` (None, 0: all) bars of most weight, in the order in which they were."""
    by_weight = sorted(range(len(found)), key=lambda place: (-found[place].weight, place))
    return [found[place] for place in sorted(by_weight[: limit or None])]


@dataclass(frozen=True, slots=True)
class Near:
    """Bars near to each other, and those that lie far before and far after them."""

    bars: list[Bar]
    before: list[Bar]
    after: list[Bar]

    def left_out(self) -> Iterator[str]:
        """Yield a note for what is left out at each end, with the option that brings it back."""
        if self.before:
            day = min(bar.days[0] for bar in self.before)
            yield _note(self.before, f"long before the others; `--from {day}` shows all")
        if self.after:
            day = max(bar.days[1] for bar in self.after)
            yield _note(self.after, f"long after the others; `--to {day}` shows all")


def near(found: Sequence[Bar], has_first: bool, has_last: bool) -> Near:
    """Part bars that would push all others to one edge of a chart from the rest.

    They are the first (unless `has_first`) or the last (unless `has_last`), no more than one in
    `FAR`, and between them and the others lies more time than the others take.
    """
    spans = [(bar.days[0].toordinal(), bar.days[1].toordinal()) for bar in found]
    first = None if has_first else _edge(spans)
    last = None if has_last else _edge([(-end, -start) for start, end in spans])
    parted = Near([], [], [])
    for bar, (start, end) in zip(found, spans, strict=True):
        is_before, is_after = _is_less(start, first), _is_less(-end, last)
        (parted.before if is_before else parted.after if is_after else parted.bars).append(bar)
    return parted


def _edge(spans: Sequence[tuple[int, int]]) -> int | None:
    """Return the first day of the many among `spans` where few start long before; else None."""
    most = len(spans) // FAR
    starts, ends = sorted(start for start, _ in spans), sorted(end for _, end in spans)
    for few in range(most, 0, -1):
        # As many may lie far behind the others, and must not make their time longer.
        if starts[few] - starts[few - 1] > ends[-1 - most] - starts[few]:
            return starts[few]
    return None


def _is_less(day: int, edge: int | None) -> bool:
    return edge is not None and day < edge


def _note(left_out: Sequence[Bar], what: str) -> str:
    return f"{len(left_out)} {'is' if len(left_out) == 1 else 'are'} left out, {what}"


def _text(value: str) -> str:
    return " ".join(neutral(value).split())
