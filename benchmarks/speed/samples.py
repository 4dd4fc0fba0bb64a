"""What was measured turn by turn, and the rows that sum it up."""

from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from benchmarks.result import Row

OURS, THEIRS = "demarche", "spaCy CNN"
SPEED, SECONDS, MEGABYTES = "words/s", "s", "MB"


class Samples:
    """By row, unit and pipeline: one value a turn."""

    def __init__(self) -> None:
        """Start without any."""
        self._parts: dict[str, None] = {}
        self._values: dict[tuple[str, str], dict[str, list[float]]] = {}

    def add(self, what: str, unit: str, system: str, value: float) -> None:
        """Note one value."""
        self._values.setdefault((what, unit), defaultdict(list))[system].append(value)

    def add_part(self, what: str, system: str, value: float) -> None:
        """Note the speed of one part of the whole, which then has a share of its time."""
        self._parts[what] = None
        self.add(what, SPEED, system, value)

    def median(self, what: str, unit: str, system: str) -> float:
        """Return the median over the turns."""
        return median(self._values[what, unit][system])

    def rows(self) -> Iterator[Row]:
        """Yield medians, ratio and spread, in the order in which rows were first noted."""
        shares = {system: self._shares(system) for system in (OURS, THEIRS)}
        for (what, unit), values in self._values.items():
            ours, theirs = values[OURS], values[THEIRS]
            yield {
                "what": what,
                "unit": unit,
                OURS: _rounded(median(ours), unit),
                THEIRS: _rounded(median(theirs), unit),
                "ratio": round(median(a / b for a, b in zip(ours, theirs, strict=True)), 2),
                "spread %": round(100 * (max(ours) - min(ours)) / median(ours), 1),
                **{f"% of {system}": share.get(what) for system, share in shares.items()},
            }

    def _shares(self, system: str) -> dict[str, float]:
        """Return the share of each part in the time of all, in per cent."""
        times = {part: 1 / self.median(part, SPEED, system) for part in self._parts}
        return {part: round(100 * time / sum(times.values()), 1) for part, time in times.items()}


def _rounded(value: float, unit: str) -> float:
    return round(value, 2) if unit == SECONDS else round(value)
