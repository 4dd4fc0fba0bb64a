"""Days as columns of a terminal's chart."""

from collections.abc import Sequence
from datetime import date, timedelta


class Days:
    """Maps days to columns, of which there are `width`."""

    def __init__(self, days: Sequence[date], width: int) -> None:
        """Take the days to be shown, at least one."""
        self.first, self.last, self.width = min(days), max(days), width
        self.span = (self.last - self.first).days

    def column(self, day: date) -> int:
        """Return the column of `day`; of a single day it is the one in the middle."""
        if not self.span:
            return self.width // 2
        return round((day - self.first).days / self.span * (self.width - 1))

    def labels(self) -> str:
        """Return the line of days: the first, the last, and those between that have room."""
        length = len(str(self.first))
        parts = min(self.span, max(1, self.width // (2 * length)))
        line = [" "] * self.width
        for part in range(parts + 1):
            day = self.first + timedelta(days=self.span * part // max(parts, 1))
            start = min(max(self.column(day) - length // 2, 0), self.width - length)
            line[start : start + length] = str(day)
        return "".join(line).rstrip()
