"""Expressions of time against those that people marked: extents, types and values, as TempEval-3.

Strict extents are the same to the character, without white space at their ends; relaxed ones share
a character with at most one of the other side. Types and values are compared over relaxed pairs,
values as they are written but for upper and lower case (UzZaman et al. 2013). What a text says of
its own day of writing, and what lies after its marked part, is left out on both sides.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from flows.evaluation.scores import f1_scores, percent
from flows.evaluation.text_article import text_article
from flows.evaluation.time_files import read_times
from flows.evaluation.timeml import MarkedTime, TimedText
from tasks.extract.document import trimmed
from warehouse.tables import Article, TimeExpression

Find = Callable[[Article], Iterable[TimeExpression]]
"""What finds the expressions of time in an article."""


class Compared(NamedTuple):
    """Marked and found expressions of one text; `pairs` are positions of marked and found."""

    text: str
    marked: Sequence[MarkedTime]
    found: Sequence[MarkedTime]
    pairs: Sequence[tuple[int, int]]

    @property
    def matches(self) -> list[tuple[MarkedTime, MarkedTime]]:
        """The pairs: what is marked, and what is found there."""
        return [(self.marked[row], self.found[column]) for row, column in self.pairs]


def evaluate(data: Path, find: Find) -> tuple[int, dict[str, Any]]:
    """Return how many expressions `data` has, and how well `find` does on them, in per cent.

    `data` is a file as `read_times` reads it, or a folder with such below it. `value_f1` counts
    relaxed pairs with the right value, of all that is marked and found. Raises EvaluationError.
    """
    every = list(compared(data, find))
    matches = [match for one in every for match in one.matches]
    marked = [time for one in every for time in one.marked]
    found = sum(len(one.found) for one in every)
    valued = sum(_is_same_value(*match) for match in matches)
    typed = sum(wanted.type == got.type for wanted, got in matches)
    return len(marked), {
        **_named("strict", sum(map(_is_same_extent, matches)), found, len(marked)),
        **_named("relaxed", len(matches), found, len(marked)),
        "type_acc": percent(typed, len(matches)),
        "value_acc": percent(valued, len(matches)),
        "value_f1": f1_scores(valued, found, len(marked))["f1"],
        "per_type": {
            name: _of_type(name, marked, matches) for name in sorted({time.type for time in marked})
        },
    }


def compared(data: Path, find: Find) -> Iterator[Compared]:
    """Yield each text of `data` with what is found in it; raises EvaluationError."""
    for one in read_times(data):
        yield compare(one, find)


def compare(one: TimedText, find: Find) -> Compared:
    """Find the expressions of a text and pair them with those that are marked."""
    rows = find(text_article(one.text, published_on=one.published_on))
    found = [
        MarkedTime(*trimmed(one.text, row.start_char, row.end_char), row.type, row.value or "")
        for row in rows
        if row.end_char <= one.marked_to
        and not any(row.start_char < end and start < row.end_char for start, end in one.left_out)
    ]
    return Compared(one.text, one.times, found, paired(one.times, found))


def paired(marked: Sequence[MarkedTime], found: Sequence[MarkedTime]) -> list[tuple[int, int]]:
    """Return pairs that overlap, one to one: first the same extents, then those that share most."""
    likely = sorted(
        (wanted.start != got.start or wanted.end != got.end, -shared, row, column)
        for row, wanted in enumerate(marked)
        for column, got in enumerate(found)
        if (shared := min(wanted.end, got.end) - max(wanted.start, got.start)) > 0
    )
    rows: dict[int, int] = {}
    for *_, row, column in likely:
        if row not in rows and column not in rows.values():
            rows[row] = column
    return sorted(rows.items())


def _named(name: str, right: int, found: int, wanted: int) -> dict[str, float]:
    scores = f1_scores(right, found, wanted)
    return {f"{name}_{figure}": scores[figure] for figure in ("f1", "precision", "recall")}


def _is_same_extent(match: tuple[MarkedTime, MarkedTime]) -> bool:
    wanted, got = match
    return (wanted.start, wanted.end) == (got.start, got.end)


def _is_same_value(wanted: MarkedTime, got: MarkedTime) -> bool:
    return wanted.value.upper() == got.value.upper()


def _of_type(
    name: str, marked: Sequence[MarkedTime], matches: Sequence[tuple[MarkedTime, MarkedTime]]
) -> dict[str, float]:
    """Return how much is found of what is marked as of a type, and how well it is read."""
    items = sum(time.type == name for time in marked)
    own = [match for match in matches if match[0].type == name]
    return {
        "strict_recall": percent(sum(map(_is_same_extent, own)), items),
        "relaxed_recall": percent(len(own), items),
        "type_acc": percent(sum(got.type == name for _, got in own), len(own)),
        "value_acc": percent(sum(_is_same_value(*match) for match in own), len(own)),
        "items": items,
    }
