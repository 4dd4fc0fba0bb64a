"""A value that was reckoned, with how it was found."""

from dataclasses import dataclass

from tasks.extract.times.calendar import Point, Span
from warehouse.tables import TimexMethod

SURE: dict[TimexMethod, float] = {
    "explicit": 1.0, "range": 0.95, "named": 0.95, "published": 0.9, "narrative": 0.75,
    "not_before": 0.6, "vague": 0.8, "none": 0.5,
}  # fmt: skip
"""How sure a value is by the way it was found: MEANTIME confirms 89 of 100 by publication, WikiWars
96 of 100 explicit ones and 79 by the narrative; `not_before` may be years early."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value, how it was found, what it was reckoned from, and its days where value tells none."""

    value: str | None
    method: TimexMethod
    anchor: Point | None = None
    days: Span | None = None
