"""The whole grammar: which rule sets make a date, a time, a duration, a set or a reference.

Recognising is apart from reckoning: here an expression gets its extent and its meaning, and
`resolve` turns the meaning into a value. Extents follow the guidelines of TimeML 1.2.1:
determiners and what modifies the time lie inside, prepositions outside.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from tasks.extract.times.clock import add_times
from tasks.extract.times.dates import add_dates
from tasks.extract.times.distances import add_distances
from tasks.extract.times.lengths import add_lengths, add_sets, length_value
from tasks.extract.times.meanings import Calendar, Clock, Length, Reading, Shift, Unit, Vague
from tasks.extract.times.patterns import Captures, Grammar, always, taken
from tasks.extract.times.periods import add_periods
from tasks.extract.times.readers import add_readers
from tasks.extract.times.relative import add_relative
from tasks.extract.times.scan import Scan
from tasks.extract.times.senses import is_in_name
from tasks.extract.times.vague import add_vague
from warehouse.tables import TimexModifier

_KINDS = ("TIME", "DATE", "SET", "LENGTH", "VAGUE")
"""Of equally long readings the first wins."""
_SIMPLE = (
    "DAY", "MONTH_OF", "YEAR_OF", "DECADE", "CENTURY", "PERIOD", "FISCAL", "HOLIDAY", "NEAR_DAY",
    "WEEKDAYS", "SHIFTED", "AGO", "TEXT_TIME",
)  # fmt: skip

_DAY_OR_WEEK: tuple[Unit, ...] = ("day", "week")
_ENDING: tuple[Unit, ...] = ("week", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Expression:
    """A reading over words `start` to `end` (exclusive)."""

    start: int
    end: int
    reading: Reading
    is_range: bool = False


@cache
def grammar() -> Grammar:
    """Return the grammar, built once."""
    built = Grammar()
    add_readers(built)
    add_dates(built)
    add_periods(built)
    add_relative(built)
    add_distances(built)
    for name in _SIMPLE:
        built.rule("SIMPLE_DATE", name, taken(name))
    _add_modified(built)
    add_times(built)
    add_lengths(built)
    add_sets(built)
    add_vague(built)
    return built


def expressions(scan: Scan) -> Iterator[Expression]:
    """Yield the expressions in order; they do not overlap, and each is the longest at its word."""
    rules, at = grammar(), 0
    starts = _starts()
    while at < scan.size:
        found = _best(rules, scan, at) if scan.first[at] in starts else None
        if found is None:
            at += 1
            continue
        at, found = found.end, _without_article(rules, scan, found)
        if found is not None and not is_in_name(scan, found.start, found.end):
            yield found
            at = found.end


@cache
def _starts() -> frozenset[str]:
    """Return the words with which an expression may begin."""
    return frozenset().union(*(grammar().starts(kind) or () for kind in _KINDS))


def _without_article(rules: Grammar, scan: Scan, found: Expression) -> Expression | None:
    """Drop an article that belongs to a noun after the expression: "the summer offensive".

    None where nothing stays: "the present government" tells no time.
    """
    article = scan.token(found.start) if scan.word(found.start) in ("the", "a", "an") else None
    if article is None or found.end - found.start < 2 or found.end >= scan.size:
        return found
    is_of_noun = article.dep_ == "det" and article.head.idx >= scan.starts[found.end]
    if not is_of_noun:
        return found
    rest = _best(rules, scan, found.start + 1)
    if rest is not None and rest.end >= found.end:
        return rest
    is_vague = isinstance(found.reading.node, Vague)
    return None if is_vague else replace(found, start=found.start + 1)


def _best(rules: Grammar, scan: Scan, at: int) -> Expression | None:
    best: Expression | None = None
    if not scan.opens(at):
        return None
    for kind in _KINDS:
        found = rules.read(kind, scan, at)
        if found and (best is None or found[1] > best.end) and scan.closes(found[1]):
            best = Expression(at, found[1], found[0])
    return best


def _add_modified(built: Grammar) -> None:
    built.rule("DATE", "SIMPLE_DATE", taken("SIMPLE_DATE"))
    _modified(
        built,
        "START",
        """
        early [in|on] SIMPLE_DATE
        [the] [very] beginning|start|outset|onset of SIMPLE_DATE
        the early [part|days|months|weeks|years] of SIMPLE_DATE
        the early SIMPLE_DATE
        the first [few] part|days|months|weeks of SIMPLE_DATE
        as early as SIMPLE_DATE
        """,
    )
    _modified(
        built,
        "MID",
        """
        mid [-] [of] SIMPLE_DATE
        the mid [-] SIMPLE_DATE
        [the] middle of SIMPLE_DATE
        """,
    )
    _modified(
        built,
        "END",
        """
        late [in|on] SIMPLE_DATE
        [the] [very] end|close of SIMPLE_DATE
        the late [part|days|months|weeks|years] of SIMPLE_DATE
        the late SIMPLE_DATE
        the latter part of SIMPLE_DATE
        the last|final|closing [few] days|weeks|months of SIMPLE_DATE
        as late as [late] SIMPLE_DATE
        SIMPLE_DATE ' s end
        """,
    )
    _modified(
        built,
        None,
        """
        earlier|later [in|on] SIMPLE_DATE
        early|earlier|late|later [in] THE_DATE
        the rest|remainder|whole|course|turn|height of SIMPLE_DATE
        as recently as [early|late] SIMPLE_DATE
        as long ago as SIMPLE_DATE
        all of SIMPLE_DATE
        """,
    )
    _modified(
        built,
        "APPROX",
        """
        circa SIMPLE_DATE
        ca|c . SIMPLE_DATE
        around ROUND_DATE
        """,
    )
    for unit in _DAY_OR_WEEK:
        built.rule("THE_DATE", f"the {unit}", always(Reading(Shift(unit, 0, "text"))))
    for name in ("MONTH_OF", "YEAR_OF", "DECADE"):
        built.rule("ROUND_DATE", name, taken(name))
    for unit in _ENDING:
        end = Reading(Shift(unit, 0, "text"), "END")
        built.rule("DATE", f"{unit} ' s end", always(end))
        built.rule("DATE", f"{unit} - end", always(end))
        middle = Reading(Shift(unit, 0, "text"), "MID")
        for word in (f"mid - {unit}", f"mid{unit}"):
            built.rule("DATE", word, always(middle))
    built.rule(
        "DATE",
        """
        the ORDINAL [full] SINGLE of SIMPLE_DATE
        the LAST [full] SINGLE of SIMPLE_DATE
        """,
        _nth,
    )
    built.rule(
        "LENGTH",
        """
        the first|last|final|opening|closing NUMBER UNIT of|in SIMPLE_DATE
        the first|last|final|opening|closing NUMBER UNIT of|in OF_YEAR
        """,
        lambda m: Reading(Length(length_value(m["NUMBER"][0], m["UNIT"]))),
    )


def _nth(m: Captures) -> Reading | None:
    unit, within = m["SINGLE"], m["SIMPLE_DATE"].node
    if unit not in ("day", "weekend", "week", "month") or isinstance(within, Clock):
        return None
    return Reading(Calendar(unit=unit, nth=m.get("ORDINAL") or m["LAST"], within=within))


def _modified(built: Grammar, modifier: TimexModifier | None, patterns: str) -> None:
    built.rule("DATE", patterns, lambda m: _with(m, modifier))


def _with(m: Captures, modifier: TimexModifier | None) -> Reading:
    reading: Reading
    [reading] = (value for name, value in m.items() if name.endswith("_DATE"))
    return reading.with_modifier(modifier)
