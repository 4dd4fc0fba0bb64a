"""When an event happened, as an interval of days, and whether two tellings may mean one time."""

from dataclasses import dataclass
from datetime import date

BEFORE = 3
"""Days before publication in which an event happened that has no date of its own."""
AFTER = 30
"""Days after publication in which a planned event is to happen that has no date of its own."""
LATER = 1
"""Days by which two dates of one event may differ: midnight, time zones, the day of a report."""
DAY, WEEK, MONTH = 2, 10, 45
"""Days up to which an interval is taken for a day, a week, a month."""
LONGEST = 400
"""Days from which an interval says nothing of when it was."""


@dataclass(slots=True, frozen=True)
class Days:
    """First and last day (as ordinals); `is_told`: the article names them; `is_news`: it reports.

    What is neither is to come, or may be at any time.
    """

    first: int
    last: int
    is_told: bool = False
    is_news: bool = False

    @property
    def length(self) -> int:
        """Days from first to last, both included."""
        return self.last - self.first + 1

    @property
    def is_known(self) -> bool:
        """Whether it says anything of when it was."""
        return self.length <= LONGEST

    def meets(self, first: int, last: int) -> bool:
        """Whether it may be one time with that interval."""
        return self.first <= last + LATER and first <= self.last + LATER

    def months(self) -> range | tuple[None]:
        """Return the months that it touches, in a count of 30 days each; None stands for all."""
        if not self.is_known:
            return (None,)
        return range((self.first - LATER) // 30, (self.last + LATER) // 30 + 1)


def days_of(
    first: date | None, last: date | None, published: date | None, *, is_fact: bool
) -> Days:
    """Return when an event was, from its interval or, where that is open, from its publication.

    A fact of which only the first day is known lasts until then; one of which only the last day is
    known is news if that is the day of publication, and may be long past if it is before.
    """
    if first and is_fact:
        last = last or max(first, published or first)
    if first and last:
        return Days(first.toordinal(), last.toordinal(), is_told=True)
    known = [one.toordinal() for one in (published, last if is_fact else first) if one]
    if not known:
        return Days(date.min.toordinal(), date.max.toordinal())
    if not is_fact:
        return Days(max(known), max(known) + AFTER)
    end, is_news = min(known), published is not None and min(known) == published.toordinal()
    return Days(end - (BEFORE if is_news else LONGEST), end, is_news=is_news)
