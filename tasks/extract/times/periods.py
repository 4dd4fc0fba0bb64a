"""Rules for parts of a year: seasons, quarters, halves, business years and holidays."""

from tasks.extract.times.meanings import Calendar, Known, Named, Reading
from tasks.extract.times.patterns import Build, Captures, Grammar
from tasks.extract.times.words import SEASONS


def add_periods(grammar: Grammar) -> None:
    """Add the sets PERIOD, FISCAL and HOLIDAY."""
    grammar.rule(
        "PERIOD",
        """
        [the] SEASON [of|,] YEAR
        [the] YEAR SEASON
        [the] SEASON [of|,] OF_YEAR
        SHIFTING SEASON
        LONE_SEASON
        the middle of SEASON
        """,
        _season,
    )
    grammar.rule(
        "PERIOD",
        """
        [the] fiscal ORDINAL [-] quarter
        [the] ORDINAL [-] fiscal quarter
        [the] fiscal ORDINAL [-] quarter [of|,] YEAR
        """,
        lambda m: _quarter(m, is_fiscal=True),
    )
    grammar.rule(
        "PERIOD",
        """
        [the] ORDINAL [-] quarter
        [the] ORDINAL [-] quarter [of|,] YEAR
        [the] ORDINAL [-] quarter [of|,] OF_YEAR
        the ORDINAL quarter of FISCAL
        QUARTER_FIGURES [of|,] YEAR
        QUARTER_FIGURES [of|,] OF_YEAR
        QUARTER_FIGURES
        YEAR [-] QUARTER_FIGURES
        SHIFTING ORDINAL quarter
        OF_YEAR ' s ORDINAL [-] quarter
        YEAR ' s ORDINAL [-] quarter
        [the] YEAR ORDINAL [-] quarter
        the final|last quarter of YEAR
        the final|last quarter of OF_YEAR
        """,
        _quarter,
    )
    grammar.rule("PERIOD", "[the] MONTH [-] quarter [[of|,] YEAR]", _quarter_of_month)
    grammar.rule(
        "PERIOD",
        """
        [the] ORDINAL [-] half [of|,] YEAR
        [the] ORDINAL [-] half [of|,] OF_YEAR
        the ORDINAL half
        OF_YEAR ' s ORDINAL half
        YEAR ' s ORDINAL half
        [the] YEAR ORDINAL half
        SHIFTING ORDINAL half
        """,
        _half,
    )
    for word, half in (("former", 1), ("latter", 2), ("last", 2)):
        grammar.rule(
            "PERIOD",
            f"""
            the {word} half [of|,] YEAR
            the {word} half [of|,] OF_YEAR
            """,
            _half_of(half),
        )
    grammar.rule(
        "FISCAL",
        """
        [the] fiscal|financial year YEAR
        fiscal YEAR
        [the] YEAR fiscal|financial year
        [the] FISCAL_FIGURES
        """,
        lambda m: Reading(Known(f"FY{m.get('YEAR') or m['FISCAL_FIGURES']:04d}")),
    )
    grammar.rule(
        "HOLIDAY",
        """
        HOLIDAY_NAME [[,] YEAR]
        HOLIDAY_NAME [[,|of] OF_YEAR]
        SHIFTING HOLIDAY_NAME
        YEAR HOLIDAY_NAME
        """,
        _holiday,
    )


def _season(m: Captures) -> Reading:
    shift, origin = m.get("SHIFTING", (None, "speech"))
    season = SEASONS[m.get("SEASON") or m["LONE_SEASON"]]
    return Reading(
        Calendar(
            year=m.get("YEAR"),
            season=season,
            within=m.get("OF_YEAR"),
            shift=shift,
            origin=origin,
        )
    )


def _quarter(m: Captures, *, is_fiscal: bool = False) -> Reading | None:
    number = m.get("ORDINAL") or m.get("QUARTER_FIGURES") or 4
    if not 1 <= number <= 4:
        return None
    shift, origin = m.get("SHIFTING", (None, "speech"))
    return Reading(
        Calendar(
            year=m.get("YEAR"),
            quarter=number,
            is_fiscal=is_fiscal or "FISCAL" in m,
            within=m.get("OF_YEAR") or m.get("FISCAL"),
            shift=shift,
            origin=origin,
        )
    )


def _quarter_of_month(m: Captures) -> Reading | None:
    """Read "the September quarter": the one that ends with the month."""
    number, rest = divmod(m["MONTH"], 3)
    return None if rest else Reading(Calendar(year=m.get("YEAR"), quarter=number))


def _half_of(number: int) -> Build:
    return lambda m: _half({**m, "ORDINAL": number})


def _half(m: Captures) -> Reading | None:
    shift, origin = m.get("SHIFTING", (None, "speech"))
    if m["ORDINAL"] not in (1, 2):
        return None
    return Reading(
        Calendar(
            year=m.get("YEAR"),
            half=m["ORDINAL"],
            within=m.get("OF_YEAR"),
            shift=shift,
            origin=origin,
        )
    )


def _holiday(m: Captures) -> Reading:
    shift, _ = m.get("SHIFTING", (None, "speech"))
    return Reading(
        Named(
            name=m["HOLIDAY_NAME"],
            year=m.get("YEAR"),
            shift=shift,
            within=m.get("OF_YEAR"),
        )
    )
