"""Which of two numbers is the day, in dates such as "03/04/2021" that both orders allow.

Decided by what the article shows elsewhere: dates in figures that only one order allows, else the
country of its address, else the order of day and month in dates with the month's name. Where these
say nothing or disagree, the day stays open.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal
from urllib.parse import urlsplit

from tasks.extract.grammar import words
from tasks.extract.times.grammar import Expression
from tasks.extract.times.meanings import Calendar
from tasks.extract.times.scan import Scan
from tasks.months import MONTHS
from warehouse.tables import Article

Order = Literal["day", "month"]
_DAY_FIRST = words(
    "uk ie au nz in za fr de es it pt nl be at ch pl ru ua br ar mx tr eg ng ke pk bd my sg"
)
"""Top-level domains of states that write the day first in figures."""
_MONTH_FIRST = words("us gov mil")
_FIGURES = re.compile(r"(\d\d?)/(\d\d?)/\d{4}")


def with_day_order(article: Article, scan: Scan, found: Sequence[Expression]) -> list[Expression]:
    """Return the expressions with the order of their ambiguous dates decided, where it can be."""
    if not any(_is_open(one) for one in found):
        return list(found)
    order = _by_figures(scan, found) or _by_address(article) or _by_names(scan, found)
    return [_decided(one, order) if _is_open(one) else one for one in found]


def _is_open(one: Expression) -> bool:
    node = one.reading.node
    return isinstance(node, Calendar) and node.is_open


def _decided(one: Expression, order: Order | None) -> Expression:
    node = one.reading.node
    if order is None or not isinstance(node, Calendar):
        return one
    day, month = (node.month, node.day) if order == "day" else (node.day, node.month)
    made = replace(node, day=day, month=month, is_open=False)
    return replace(one, reading=replace(one.reading, node=made, sure=0.8))


def _by_figures(scan: Scan, found: Sequence[Expression]) -> Order | None:
    votes: set[Order] = set()
    for one in found:
        match = _FIGURES.fullmatch(scan.text[scan.starts[one.start] : scan.ends[one.end - 1]])
        if match and int(match[1]) > 12:
            votes.add("day")
        elif match and int(match[2]) > 12:
            votes.add("month")
    return votes.pop() if len(votes) == 1 else None


def _by_address(article: Article) -> Order | None:
    host = urlsplit(article.canonical_url or "").hostname or ""
    last = host.rpartition(".")[2]
    return "day" if last in _DAY_FIRST else "month" if last in _MONTH_FIRST else None


def _by_names(scan: Scan, found: Sequence[Expression]) -> Order | None:
    votes: set[Order] = set()
    for one in found:
        node = one.reading.node
        if isinstance(node, Calendar) and node.day and node.month and not node.is_open:
            words = scan.lower[one.start : one.end]
            month = next((i for i, word in enumerate(words) if word in MONTHS), None)
            number = next((i for i, word in enumerate(words) if word.isdecimal()), None)
            if month is not None and number is not None:
                votes.add("month" if month < number else "day")
    return votes.pop() if len(votes) == 1 else None
