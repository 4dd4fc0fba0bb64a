"""Ranges and lists: what one date leaves out stands in the other ("from 3 to 5 May", "1979-89").

Each date of a range is an expression of its own, as TIMEX3 has it.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tasks.extract.times.calendar import is_day, year_value
from tasks.extract.times.grammar import Expression, grammar
from tasks.extract.times.meanings import Calendar, Clock, Known, Length, Node, Reading, Shift
from tasks.extract.times.numbers import read_number
from tasks.extract.times.scan import Scan
from tasks.months import MONTHS

_JOINING = frozenset({"-", "to", "and", "or", "until", "till", "through", "&"})
_LISTED = _JOINING | {","}
_RUNNING_ON = frozenset({"-", "to", "through", "until", "till"})
_MONTH_WORDS = frozenset(MONTHS)
_COUNTING = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "SYM", "VERB", "AUX"})
"""Parts of speech that follow a number of things or people, not one of a day."""
_MOST_MEMBERS = 6
"""Numbers that are read as members of one list before or after a full date."""


def with_ranges(scan: Scan, found: Sequence[Expression]) -> list[Expression]:
    """Return the expressions, those of ranges completed, and the members that are bare numbers."""
    done: list[Expression] = []
    for number, expression in enumerate(found):
        if done and expression.start < done[-1].end:
            continue
        after = found[number + 1].start if number + 1 < len(found) else scan.size
        floor = done[-1].end if done else 0
        done += _before(scan, expression, floor)
        if done:
            done[-1], expression = _completed(scan, done[-1], expression)
        right = _after(scan, expression, after)
        if right and (year := _year_of(right[-1].reading.node)):
            expression = _in_year(expression, year)
        done += [expression, *right]
    return done


def _before(scan: Scan, expression: Expression, floor: int) -> list[Expression]:
    """Return the bare numbers before an expression that share its month, era or unit."""
    members: list[Expression] = []
    start = expression.start
    for _ in range(_MOST_MEMBERS):
        joint = start - 1
        if joint < floor or scan.word(joint) not in _LISTED or not scan.is_next(start):
            break
        first = _number_before(scan, joint, floor)
        reading = None if first is None else _like(expression.reading, scan, first, joint)
        if first is None or reading is None:
            break
        members.insert(0, Expression(first, joint, reading, is_range=True))
        start = first
    return members


def _number_before(scan: Scan, joint: int, floor: int) -> int | None:
    """Return the word at which a number begins that ends before `joint`."""
    for size in (1, 2, 3):
        first = joint - size
        if first < floor or not scan.is_next(first + size):
            return None
        read = grammar().read("DAYNUMBER", scan, first) or read_number(scan, first)
        if (read and read[1] == joint) or (size == 1 and scan.word(first).isdecimal()):
            before = scan.word(first - 1)
            glued_number = scan.is_glued(first) and before not in ("(", '"', "“", "'")
            return None if glued_number else first
    return None


def _is_year(word: str) -> bool:
    return word.isdecimal() and len(word) <= 4


def _like(reading: Reading, scan: Scan, first: int, joint: int) -> Reading | None:
    node = reading.node
    word = scan.word(first)
    if isinstance(node, Calendar) and node.is_open:
        return None  # '28 to 05/06/2021': which is the month is not known
    if isinstance(node, Calendar) and node.day and node.month:
        day = grammar().read("DAYNUMBER", scan, first)
        if day is None or day[1] != joint or not is_day(node.year, node.month, day[0]):
            return None
        return replace(reading, node=replace(node, day=day[0], weekday=None))
    if isinstance(node, Known) and node.value.startswith("BC") and _is_year(word):
        later = int(node.value[2:]) if node.value[2:].isdecimal() and len(node.value) == 6 else 0
        return Reading(Known(year_value(-int(word)))) if later < int(word) < 4000 else None
    amount = read_number(scan, first)
    if amount is None or amount[1] != joint or word in ("a", "an") or scan.word(joint) == ",":
        return None
    [number] = amount[0]
    if number is None:
        return None
    if isinstance(node, Length) and node.side == 0 and scan.word(joint) in _JOINING:
        return _length_like(node, number)
    if (
        isinstance(node, Shift)
        and node.count
        and abs(node.count) > 1
        and scan.word(joint) in ("or", "to")
    ):
        return Reading(replace(node, count=int(number) * (1 if node.count > 0 else -1)))
    if isinstance(node, Clock) and node.time[1:3].isdigit() and 0 < number <= 12:
        later = int(node.time[1:3])
        hour = int(number) % 12 + (12 if later >= 12 and int(number) % 12 <= later - 12 else 0)
        return Reading(replace(node, time=f"T{hour:02d}:00"))
    return None


def _length_like(node: Length, number: float) -> Reading | None:
    digits = "".join(c for c in node.value if c.isdecimal() or c == ".")
    if not digits or float(digits) <= number:
        return None
    return Reading(Length(node.value.replace(digits, f"{number:g}", 1)))


def _after(scan: Scan, expression: Expression, limit: int) -> list[Expression]:
    """Return the bare numbers after an expression: "May 3-5, 2014", "1979-89"."""
    node, at = expression.reading.node, expression.end
    if isinstance(node, Known) and len(node.value) == 4 and node.value.isdecimal():
        return _short_year(scan, node.value, at, limit)
    if not (isinstance(node, Calendar) and node.day and node.month and node.year is None):
        return []
    if node.within is not None or scan.word(expression.end - 1) in _MONTH_WORDS:
        return []
    members: list[Expression] = []
    days, joints, year = [node.day], set[str](), None
    for _ in range(_MOST_MEMBERS):
        joint = at
        if scan.word(joint) not in _LISTED or joint + 1 >= limit or not scan.is_next(joint + 1):
            break
        first = joint + 1 + (scan.word(joint) == "," and scan.word(joint + 1) == "and")
        day = grammar().read("DAYNUMBER", scan, first)
        if (
            day is None
            or not is_day(None, node.month, day[0])
            or not (_is_tied(scan, joint) or _is_bare(scan, day[1], first))
        ):
            break
        if scan.word(day[1]) == ",":
            year = grammar().read("YEAR", scan, day[1] + 1)
        end = year[1] if year else day[1]
        made = replace(node, day=day[0], weekday=None, year=year[0] if year else None)
        members.append(Expression(first, end, Reading(made), is_range=True))
        days.append(day[0])
        joints.add(scan.word(joint))
        at = end
        if year:
            break
    if joints == {","} and year is None:  # "On May 3, 20 were hurt."
        return []
    return members if all(a < b for a, b in pairwise(days)) else []


def _is_tied(scan: Scan, joint: int) -> bool:
    """Tell whether a hyphen ties two numbers: "the Nov. 1-3 meeting"."""
    return scan.word(joint) == "-" and scan.is_glued(joint) and scan.is_glued(joint + 1)


def _is_bare(scan: Scan, end: int, first: int) -> bool:
    """Tell whether a number counts nothing that follows it."""
    if not scan.word(first).isdecimal() or not scan.closes(end):
        return False
    following = scan.token(end) if scan.is_next(end) else None
    return following is None or following.pos_ not in _COUNTING


def _short_year(scan: Scan, value: str, at: int, limit: int) -> list[Expression]:
    short = scan.word(at + 1)
    joined = scan.word(at) in ("-", "/") and scan.is_glued(at) and scan.is_glued(at + 1)
    if not joined or at + 2 > limit or len(short) != 2 or not short.isdecimal():
        return []
    if int(short) <= int(value[2:]) or not scan.closes(at + 2):
        return []
    return [Expression(at + 1, at + 2, Reading(Known(value[:2] + short)), is_range=True)]


def _completed(scan: Scan, left: Expression, right: Expression) -> tuple[Expression, Expression]:
    """Complete two dates that a joint alone parts, each with what the other has."""
    joint = scan.lower[left.end : right.start]
    if joint in (["ended"], ["ending"]):
        return _ended(left, right), right
    if joint not in (["-"], ["to"], ["and"], ["until"], ["till"], ["through"], ["or"], ["/"]):
        return left, right
    first, second = left.reading.node, right.reading.node
    if (
        not isinstance(first, Calendar)
        or not isinstance(second, Calendar)
        or first.shift
        or second.shift
    ):
        return left, right
    if not _is_bare_part(first) and not _is_bare_part(second):
        return left, right
    if _is_bare_part(first) and (second.year or second.within is not None):
        year = second.year
        if year and _order(first) > _order(second):
            year -= 1
        made = replace(first, year=year, within=second.within if year is None else None)
        return replace(left, reading=replace(left.reading, node=made), is_range=True), right
    if joint[0] in _RUNNING_ON and _are_months(first, second):
        # From April to December: the next December after that April.
        made = replace(second, shift=1, origin="text")
        return left, replace(right, reading=replace(right.reading, node=made), is_range=True)
    if _is_bare_part(second) and first.year:
        year = first.year + (_order(first) > _order(second))
        made = replace(second, year=year)
        return left, replace(right, reading=replace(right.reading, node=made), is_range=True)
    return left, right


def _ended(left: Expression, right: Expression) -> Expression:
    """Return "the quarter" of "the quarter ended Sept. 30": the one that the day lies in."""
    node, day = left.reading.node, right.reading.node
    if not isinstance(node, Shift) or node.count or not isinstance(day, Calendar):
        return left
    return replace(left, reading=replace(left.reading, node=replace(node, base=day)))


def _is_bare_part(node: Calendar) -> bool:
    """Tell whether a month, day of a month, season or quarter has no year."""
    named = node.month or node.season or node.quarter or node.half
    return bool(named) and node.year is None and node.within is None and node.shift is None


def _are_months(first: Calendar, second: Calendar) -> bool:
    """Tell whether both are months or days of two different months, without a year."""
    bare = _is_bare_part(first) and _is_bare_part(second)
    return bare and None not in (first.month, second.month) and first.month != second.month


def _order(node: Calendar) -> int:
    if node.season:
        return {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[node.season] * 100
    return (node.month or (node.quarter or node.half or 0) * 3) * 100 + (node.day or 0)


def _year_of(node: Node) -> int | None:
    return node.year if isinstance(node, Calendar) else None


def _in_year(expression: Expression, year: int) -> Expression:
    node = expression.reading.node
    if not isinstance(node, Calendar):
        return expression
    made = replace(expression.reading, node=replace(node, year=year))
    return replace(expression, reading=made, is_range=True)
