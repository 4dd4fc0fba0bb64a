"""The course of a position over time: what the charts of `demarche stance --plot` show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flows.cli.output import neutral

if TYPE_CHECKING:
    from flows.cli.queries.stance import Asked
    from flows.cli.reading import Reader


@dataclass(frozen=True, slots=True)
class Point:
    """One position: its day, its score from -1 (opposes) to 1, and in whose words."""

    day: date
    score: float
    polarity: str
    voice: str
    is_represented: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days over which the mean score does not change; `p_value` is that of the change before."""

    from_on: date
    to_on: date
    score: float
    p_value: float | None
    is_represented: bool


@dataclass(frozen=True, slots=True)
class Course:
    """Positions in order of day, the stretches of their means, and how many have no day."""

    title: str
    points: Sequence[Point]
    stretches: Sequence[Stretch]
    undated: int

    @property
    def changes(self) -> list[tuple[Stretch, Stretch, float]]:
        """Return the stretches on both sides of each change and its p-value."""
        return [
            (before, after, after.p_value)
            for before, after in zip(self.stretches, self.stretches[1:], strict=False)
            if after.p_value is not None
        ]


def course(reader: "Reader", asked: "Asked") -> Course:
    """Return the course of the positions that are `asked` for.

    Where a name means several entities, they are taken apart for the means, not for the title.
    """
    rows = reader.records(f"FROM {asked.positions()}")
    points = [
        Point(row["day"], row["score"], row["polarity"], row["voice"], row["is_represented"])
        for row in reversed(rows)
        if row["day"] is not None
    ]
    stretches = reader.rows(
        f"""SELECT from_on, to_on, score, p_value, is_represented {asked.of("stance_stretches")}
        ORDER BY is_represented, holder_id, holder, target_id, target, from_on"""
    )
    sides = (" or ".join(sorted({row[side] for row in rows})) for side in ("holder", "target"))
    return Course(
        neutral(" on ".join(sides)),
        points,
        [Stretch(*row) for row in stretches],
        len(rows) - len(points),
    )
