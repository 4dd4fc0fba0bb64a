"""What an expression of time says by itself, before it is reckoned from an anchor.

After TIMEX3 of ISO-TimeML (Pustejovsky et al. 2010) and the annotation guidelines of TimeML 1.2.1.
Years before Christ are negative: 490 BC is -490.
"""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from warehouse.tables import TimexModifier, TimexType

Origin = Literal["speech", "text"]
"""What is reckoned from: the day of publication, or the last date that the text told of."""
Unit = Literal[
    "second", "minute", "hour", "day", "night", "weekend", "week", "fortnight", "month",
    "season", "quarter", "half", "year", "fiscal", "decade", "century", "millennium",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A day or a period of the calendar whose larger parts may be missing.

    `weekday` counts from Monday, 0. `shift` is how many of its kind before or after the current one
    is meant ("last May", -1), `within` is the period that it lies in ("May of last year"), `nth`
    counts a `unit` within it from its start or, below zero, from its end ("the last week of May").
    With `is_open`, `month` and `day` are the first and second of two numbers whose order is not
    known ("03/04/2021").
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    is_fiscal: bool = False
    unit: Unit | None = None
    nth: int = 0
    shift: int | None = None
    origin: Origin = "speech"
    within: "Node | None" = None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """The period that lies `count` units after (or, below zero, before) the current one.

    It is reckoned from `base`, where there is one. `is_distance` tells "a year earlier" from "the
    previous year". With `keeps` it has the unit of what it is
    reckoned from, whatever that is ("the same period last year").
    """

    unit: Unit
    count: int
    origin: Origin
    base: "Node | None" = None
    keeps: bool = False
    is_distance: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A date whose value the words hold whole."""

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A holiday or named day; the rule for its date is in `seeds/named_days.csv`."""

    name: str
    year: int | None = None
    shift: int | None = None
    within: "Node | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day, as it follows a date in a value ("T14:30", "TMO"), and its day where told."""

    time: str
    on: "Node | None" = None
    is_usual: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """A stretch of time; `side` tells whether it ends (-1) or begins (1) at the anchor."""

    value: str
    side: Literal[-1, 0, 1] = 0


@dataclass(frozen=True, slots=True)
class Every:
    """Something that comes back."""

    value: str


@dataclass(frozen=True, slots=True)
class Vague:
    """The past, the present or the future."""

    value: Literal["PAST_REF", "PRESENT_REF", "FUTURE_REF"]


Node: TypeAlias = Calendar | Shift | Known | Named | Clock | Length | Every | Vague
_TYPES: dict[type, TimexType] = {Clock: "TIME", Length: "DURATION", Every: "SET"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A meaning with the modifier of TIMEX3 and how sure the reading is, 0 to 1."""

    node: Node
    modifier: TimexModifier | None = None
    sure: float = 1.0

    @property
    def type(self) -> TimexType:
        """The TIMEX3 type."""
        if isinstance(self.node, Shift) and self.node.unit in ("hour", "minute", "second", "night"):
            return "TIME"
        if isinstance(self.node, Known) and "T" in self.node.value:
            return "TIME"
        return _TYPES.get(type(self.node), "DATE")

    def with_modifier(self, modifier: TimexModifier | None) -> "Reading":
        """Return the reading with `modifier`, where it has none of its own."""
        return self if self.modifier else replace(self, modifier=modifier)
