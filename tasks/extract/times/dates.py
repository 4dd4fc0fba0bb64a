"""Rules for dates of the calendar: days, months, years, decades, centuries."""

from tasks.extract.times.calendar import year_value
from tasks.extract.times.meanings import Calendar, Known, Reading
from tasks.extract.times.patterns import Build, Captures, Grammar, always

_TENS = {
    "twenties": "2", "thirties": "3", "forties": "4", "fifties": "5", "sixties": "6",
    "seventies": "7", "eighties": "8", "nineties": "9",
}  # fmt: skip


def add_dates(grammar: Grammar) -> None:
    """Add the sets DAY, MONTH_OF, YEAR_OF, DECADE and CENTURY."""
    _add_days(grammar)
    _add_months(grammar)
    _add_years(grammar)


def _add_days(grammar: Grammar) -> None:
    grammar.rule(
        "DAY",
        """
        [WEEKDAY [,]] [the] DAYNUMBER [day] [of] MONTH [[,|of] YEAR]
        [WEEKDAY [,]] MONTH [the] DAYNUMBER [[,|of] YEAR]
        DAYNUMBER - MONTH - YEAR
        """,
        _day,
    )
    grammar.rule(
        "DAY",
        """
        [WEEKDAY [,]] [the] DAYNUMBER [of] MONTH [,|of] OF_YEAR
        [WEEKDAY [,]] MONTH DAYNUMBER [,|of] OF_YEAR
        [WEEKDAY [,]] the ORDINAL_DAY [of OF_MONTH]
        """,
        _day,
    )
    grammar.rule("DAY", "NUMERIC_DAY", lambda m: Reading(m["NUMERIC_DAY"], sure=0.95))


def _day(m: Captures) -> Reading | None:
    year, month = m.get("YEAR"), m.get("MONTH")
    day: int = m.get("DAYNUMBER") or m["ORDINAL_DAY"]
    within = m.get("OF_YEAR") or m.get("OF_MONTH")
    return Reading(
        Calendar(
            year=year,
            month=month,
            day=day,
            within=within,
            origin="speech" if month else "text",
        )
    )


def _add_months(grammar: Grammar) -> None:
    grammar.rule(
        "MONTH_OF",
        """
        MONTH [,|of] YEAR
        the month of MONTH [[,] YEAR]
        """,
        _part("month"),
    )
    grammar.rule("MONTH_OF", "MONTH [,|of] OF_YEAR", _part("month"))
    grammar.rule("MONTH_OF", "LONE_MONTH", _part("month"))
    grammar.rule("MONTH_OF", "SHIFTING MONTH", _part("month"))
    grammar.rule("MONTH_OF", "YEAR - MONTHNUMBER", _part("month"))


def _add_years(grammar: Grammar) -> None:
    grammar.rule("YEAR_OF", "LONE_YEAR", lambda m: _year(m["LONE_YEAR"]))
    grammar.rule("YEAR_OF", "the year [of] YEAR", lambda m: _year(m["YEAR"]))
    grammar.rule("YEAR_OF", "the YEAR quarter|period", lambda m: _year(m["YEAR"]))
    grammar.rule("YEAR_OF", "the years YEAR", lambda m: _year(m["YEAR"]))
    grammar.rule("DECADE", "[the] DECADE_FIGURES", lambda m: Reading(Known(m["DECADE_FIGURES"])))
    for name, digit in _TENS.items():
        grammar.rule("DECADE", f"the {name}", always(Reading(Known(f"19{digit}"))))
    grammar.rule(
        "CENTURY",
        """
        [the] ORDINAL [-] century|centuries
        [the] ORDINAL [-] century|centuries ERA
        """,
        _century,
    )


def _year(year: int) -> Reading:
    return Reading(Known(year_value(year)))


def _century(m: Captures) -> Reading | None:
    number = m["ORDINAL"]
    if not 0 < number < 100:
        return None
    return Reading(Known(f"{'BC' if m.get('ERA') == -1 else ''}{number - 1:02d}"))


def _part(name: str) -> Build:
    def build(m: Captures) -> Reading | None:
        shift, origin = m.get("SHIFTING", (None, "speech"))
        number = m.get(name.upper(), m.get(f"LONE_{name.upper()}", m.get("MONTHNUMBER")))
        return Reading(
            Calendar(
                year=m.get("YEAR"),
                month=number,
                within=m.get("OF_YEAR"),
                shift=shift,
                origin=origin,
            )
        )

    return build
