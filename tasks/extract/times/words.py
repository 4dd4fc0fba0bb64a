"""The words of time: names of units, days, months, seasons and parts of the day."""

from tasks.extract.times.meanings import Unit
from tasks.months import MONTHS
from warehouse.tables import TimexModifier

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
"""Name or abbreviation, in lower case, to number; Monday is 0."""
SHORT_MONTHS = frozenset(name for name in MONTHS if len(name) < 5) - {"may", "june", "july"}
SHORT_WEEKDAYS = frozenset(name for name in WEEKDAYS if not name.endswith("day"))
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS_OF_DAY = {
    "morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI", "dawn": "TMO",
    "daybreak": "TMO", "sunrise": "TMO", "dusk": "TEV", "sunset": "TEV", "nightfall": "TEV",
    "daytime": "TDT", "lunchtime": "TMI", "midday": "T12:00", "noon": "T12:00",
    "midnight": "T24:00",
}  # fmt: skip
"""Values as TIMEX3 has them: morning, afternoon, evening, night, day time."""

_UNITS: dict[Unit, str] = {
    "second": "second seconds",
    "minute": "minute minutes mins",
    "hour": "hour hours hrs",
    "day": "day days",
    "night": "night nights",
    "weekend": "weekend weekends",
    "week": "week weeks",
    "fortnight": "fortnight fortnights",
    "month": "month months",
    "season": "season",
    "quarter": "quarter quarters",
    "year": "year years yrs",
    "decade": "decade decades",
    "century": "century centuries",
    "millennium": "millennium millennia millenniums",
}
UNITS: dict[str, Unit] = {word: unit for unit, words in _UNITS.items() for word in words.split()}
PLURALS: dict[str, Unit] = {
    word: unit for word, unit in UNITS.items() if word not in (unit, "quarters", "seconds")
}
LENGTHS: dict[Unit, str] = {
    "second": "PT{}S", "minute": "PT{}M", "hour": "PT{}H", "day": "P{}D", "night": "P{}TNI",
    "weekend": "P{}WE", "week": "P{}W", "fortnight": "P{}W", "month": "P{}M", "season": "P{}SE",
    "quarter": "P{}Q", "half": "P{}H", "year": "P{}Y", "fiscal": "P{}Y", "decade": "P{}DE",
    "century": "P{}CE", "millennium": "P{}ML",
}  # fmt: skip
"""Unit to the TIMEX3 value of a duration."""

BOUNDS: dict[str, TimexModifier | None] = {
    "just": None, "only": None, "exactly": None, "a mere": None, "just about": "APPROX",
    "about": "APPROX", "around": "APPROX", "approximately": "APPROX", "roughly": "APPROX",
    "some": "APPROX", "circa": "APPROX", "nearly": "LESS_THAN", "almost": "LESS_THAN",
    "close to": "LESS_THAN", "more than": "MORE_THAN", "over": "MORE_THAN",
    "well over": "MORE_THAN", "a little more than": "MORE_THAN", "a little over": "MORE_THAN",
    "just over": "MORE_THAN", "less than": "LESS_THAN", "under": "LESS_THAN",
    "fewer than": "LESS_THAN", "just under": "LESS_THAN", "at least": "EQUAL_OR_MORE",
    "no less than": "EQUAL_OR_MORE", "no more than": "EQUAL_OR_LESS",
    "at most": "EQUAL_OR_LESS", "not more than": "EQUAL_OR_LESS",
}  # fmt: skip
"""Words before a quantity, with the modifier of TIMEX3."""
