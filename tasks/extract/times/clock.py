"""Rules for times of day, with the day they belong to where it is told."""

from tasks.extract.times.meanings import Calendar, Clock, Every, Known, Node, Reading, Shift
from tasks.extract.times.patterns import Build, Captures, Grammar
from warehouse.tables import TimexModifier

_SIDES: tuple[tuple[str, TimexModifier], ...] = (("before", "BEFORE"), ("after", "AFTER"))


def add_times(grammar: Grammar) -> None:
    """Add the set TIME; DATE and SIMPLE_DATE must be there."""
    grammar.rule(
        "TIME",
        """
        CLOCK
        CLOCK [,] [on] SIMPLE_DATE
        CLOCK [in] the PART
        CLOCK [in] the PART [of] SIMPLE_DATE
        CLOCK [,] NEAR_PART
        """,
        _clock,
    )
    grammar.rule("TIME", "SIMPLE_DATE [,] [at] CLOCK", _clock)
    for word, modifier in _SIDES:
        grammar.rule("TIME", f"SIMPLE_DATE [just|shortly] {word} CLOCK", _beside(modifier))
        grammar.rule("TIME", f"SIMPLE_DATE [just|shortly] {word} LONE_PART", _beside(modifier))
    grammar.rule(
        "TIME",
        """
        SIMPLE_DATE PART [hours]
        early|late [on] SIMPLE_DATE PART
        [the] [early|late] PART [hours] [of|on] [the] SIMPLE_DATE
        early|late in the PART of SIMPLE_DATE
        early|late [on] the PART of SIMPLE_DATE
        """,
        _part,
    )
    grammar.rule(
        "TIME",
        "[the] early|small [morning] hours of SIMPLE_DATE",
        lambda m: _part({**m, "PART": "TMO"}),
    )
    grammar.rule(
        "TIME",
        """
        NEAR_PART
        early|late|later|earlier NEAR_PART
        """,
        lambda m: m["NEAR_PART"],
    )
    grammar.rule("TIME", "[early|late] LONE_PART", _lone)
    grammar.rule("TIME", "[the] mid - LONE_PART", _lone)
    grammar.rule("TIME", "STAMP", lambda m: Reading(Known(m["STAMP"])))
    _add_near_parts(grammar)


def _add_near_parts(grammar: Grammar) -> None:
    grammar.rule(
        "NEAR_PART", "tonight", lambda _: Reading(Clock(time="TNI", on=Shift("day", 0, "speech")))
    )
    grammar.rule("NEAR_PART", "overnight", lambda _: Reading(Clock(time="TNI"), sure=0.8))
    grammar.rule("NEAR_PART", "this PART", lambda m: _near(m, Shift("day", 0, "speech")))
    grammar.rule("NEAR_PART", "last PART", lambda m: _near(m, Shift("day", -1, "speech")))
    grammar.rule("NEAR_PART", "that [same] PART", lambda m: _near(m, Shift("day", 0, "text")))
    grammar.rule("NEAR_PART", "the same PART", lambda m: _near(m, Shift("day", 0, "text")))
    grammar.rule(
        "NEAR_PART", "the next|following PART", lambda m: _near(m, Shift("day", 1, "text"))
    )
    grammar.rule("NEAR_PART", "the PART BEFORE", lambda m: _near(m, Shift("day", -1, "text")))
    grammar.rule("NEAR_PART", "the PART AFTER", lambda m: _near(m, Shift("day", 1, "text")))
    grammar.rule("NEAR_PART", "the previous PART", lambda m: _near(m, Shift("day", -1, "text")))
    grammar.rule("NEAR_PART", "one PART", lambda m: _near(m, None))


def _near(m: Captures, day: Shift | None) -> Reading:
    return Reading(Clock(time=m["PART"], on=day))


def _clock(m: Captures) -> Reading | None:
    time, zone = m["CLOCK"]
    day = m.get("SIMPLE_DATE") or m.get("NEAR_PART")
    if "PART" in m or "NEAR_PART" in m:
        part = m.get("PART") or m["NEAR_PART"].node.time
        time = _in_part(time, part)
    node = _day_of(day.node) if day else None
    if day is not None and node is None:
        return None
    return Reading(Clock(time=time + zone, on=node), sure=0.95)


def _beside(modifier: TimexModifier) -> Build:
    def build(m: Captures) -> Reading | None:
        part = m.get("LONE_PART", ("",))[0]
        reading = _clock({**m, "CLOCK": m.get("CLOCK", (part, ""))})
        return reading and reading.with_modifier(modifier)

    return build


def _in_part(time: str, part: str) -> str:
    """Return the time on the 24 hour clock: three in the afternoon is T15:00."""
    hour = int(time[1:3])
    if (part in ("TAF", "TEV") and hour < 12) or (part == "TNI" and 6 <= hour < 12):
        hour += 12
    return f"T{hour:02d}{time[3:]}"


def _part(m: Captures) -> Reading | None:
    day = _day_of(m["SIMPLE_DATE"].node)
    return None if day is None else Reading(Clock(time=m["PART"], on=day))


def _day_of(node: Node) -> Node | None:
    """Return the node if it names a day, else None: a morning is of a day, not of a year."""
    if isinstance(node, Clock):
        return node.on
    if isinstance(node, Calendar):
        return node if node.day or node.weekday is not None else None
    if isinstance(node, Shift):
        return node if node.unit == "day" else None
    return None if isinstance(node, Known) else node


def _lone(m: Captures) -> Reading:
    part, is_usual, is_plural = m["LONE_PART"]
    if is_plural:
        return Reading(Every(f"XXXX-XX-XX{part}"))
    return Reading(Clock(time=part, is_usual=is_usual), sure=0.8)
