"""The quotations of an article by position, and pieces of content made whole by them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from tasks.extract.quotes import Quote

MARKS = frozenset("\"“”«»„‟'‘’‹›")  # noqa: RUF001
Piece = tuple[int, int]
"""First character and one past the last of a piece of content."""
_GAP = 4
"""Most characters between a closing mark and the words that follow: a comma, a dash, spaces."""


class Quotes:
    """The quotes of an article, found by position; they are in order and do not overlap."""

    def __init__(self, text: str, quotes: Sequence[Quote]) -> None:
        """Index `quotes`."""
        self.text = text
        self.quotes = quotes
        self._starts = [q.start for q in quotes]

    def around(self, char: int) -> Quote | None:
        """Return the quote that holds `char`."""
        index = bisect_right(self._starts, char) - 1
        return self.quotes[index] if index >= 0 and char < self.quotes[index].end else None

    def closing(self, char: int) -> Quote | None:
        """Return the quote that closes just before `char`: marks, a comma or a dash between."""
        index = bisect_left(self._starts, char) - 1
        if index < 0 or self.quotes[index].end > char:
            return None
        quote = self.quotes[index]
        gap = self.text[quote.end : char]
        is_near = "\n" not in gap and 0 < len(gap.strip()) <= _GAP
        return quote if is_near and not any(c.isalnum() for c in gap) else None

    def opening(self, char: int, end: int) -> Quote | None:
        """Return the first quote whose mark stands within `char` to `end`."""
        index = bisect_left(self._starts, char)
        if index < len(self.quotes) and self.quotes[index].outer_start < char:
            index += 1
        found = index < len(self.quotes) and self.quotes[index].outer_start <= end
        return self.quotes[index] if found else None

    def following(self, quote: Quote) -> Quote | None:
        """Return the quote after `quote`."""
        index = bisect_right(self._starts, quote.start)
        return self.quotes[index] if index < len(self.quotes) else None

    def within(self, start: int, end: int) -> bool:
        """Tell whether words of somebody's are quoted in the span; titles and names are none."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = bisect_left(self._starts, end)
        among = (self.quotes[number] for number in range(first, last))
        return any(q.end > start and q.use in {"speech", "words"} for q in among)

    def completed(self, start: int, end: int) -> tuple[int, int]:
        """Return the span with the rest of a quotation that it opens and does not close."""
        quote = self.around(end - 1) or self.around(max(start, end - 2))
        if quote is not None and start < quote.start <= end < quote.end:
            return start, quote.outer_end
        return start, end
