"""What the charts of `demarche timeline --plot` show: a bar for each thing."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flows.cli.output import neutral

if TYPE_CHECKING:
    from flows.cli.queries.timeline import Asked
    from flows.cli.reading import Reader


@dataclass(frozen=True, slots=True)
class Bar:
    """The days on which one thing may have happened; one of both is NULL where it has one end."""

    from_on: date | None
    to_on: date | None
    dated: str
    what: str
    is_confirmed: bool
    is_disputed: bool

    @property
    def days(self) -> tuple[date, date]:
        """Return the first and the last day, which are the same where only one is known."""
        first, last = self.from_on or self.to_on, self.to_on or self.from_on
        assert first is not None
        assert last is not None
        return first, last


def bars(reader: "Reader", asked: "Asked", limit: int | None) -> tuple[list[Bar], int]:
    """Return a bar for each thing in order of days, and how many are left out.

    No more than `limit` (None, 0: all) are shown, of which most outlets tell. A thing on whose day
    sources disagree takes all days that they give.
    """
    from flows.cli.queries.timeline import ORDER

    rows = reader.rows(
        f"""SELECT
            if(dates_told IS NULL, happened_from, happened_from_min),
            if(dates_told IS NULL, happened_to, happened_to_max),
            dated, what, is_confirmed, is_disputed, outlets
        {asked.source} ORDER BY {ORDER}"""
    )
    by_outlets = sorted(range(len(rows)), key=lambda place: (-(rows[place][6] or 0), place))
    shown = [rows[place] for place in sorted(by_outlets[: limit or None])]
    found = [
        Bar(first, last, _text(dated), _text(what), is_confirmed, is_disputed)
        for first, last, dated, what, is_confirmed, is_disputed, _ in shown
    ]
    return found, len(rows) - len(found)


def _text(value: str) -> str:
    return " ".join(neutral(value).split())
