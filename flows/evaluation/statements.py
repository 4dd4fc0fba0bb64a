"""Statements against those that people marked: source, cue and content, each on its own.

Marked and found attributions are paired one to one, by how many words they share. Overlap counts
words of the pairs, exact counts pairs with the same spans; both over all texts together. The
figures are those that Citron is given for PARC 3 (Newell et al. 2018; Pareti 2016 for the data).

PolNeAR marks no attribution inside what another one says, the statements table holds them too.
Where the data have none, found ones are left out of the comparison and their number is told.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from flows.evaluation.assignment import best_pairs
from flows.evaluation.attributions import ROLES, Attribution, Role, Spans, Words, comparable
from flows.evaluation.brat import read_brat
from flows.evaluation.quotation import kind_of
from flows.evaluation.scores import f1_scores, percent
from flows.evaluation.text_article import text_article
from warehouse.tables import Article, StatementKind

Find = Callable[[Article], Iterable[Attribution]]
"""What finds the attributions of an article."""

Counts = Counter[tuple[str, ...]]
"""By figure and what of it is counted: right, found, wanted."""

_PAIRED_BY: tuple[Role, ...] = ("cue", "content")
"""Of a pair, one of these has to share a word; the same person says much."""
_KINDS: tuple[StatementKind, ...] = ("direct", "indirect", "mixed")

Node = tuple[Literal["marked", "found"], int]
"""An attribution by its side and position."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An attribution as it is compared: by role, its trimmed spans and the words in them."""

    spans: Mapping[Role, Spans]
    words: Mapping[Role, frozenset[int]]


class Compared(NamedTuple):
    """Marked and found attributions of one text; `pairs` are positions of marked and found."""

    text: str
    marked: Sequence[Placed]
    kinds: Sequence[StatementKind]
    found: Sequence[Placed]
    pairs: Mapping[int, int]
    left_out: int


def evaluate(data: Path, find: Find) -> tuple[int, dict[str, Any]]:
    """Return how many annotations `data` has, and how well `find` does on them, in per cent.

    `data` is a folder as `read_brat` reads it; a text counts once for each person who marked it.
    Raises EvaluationError.
    """
    counts: Counts = Counter()
    items = 0
    for one in compared(data, find):
        items += 1
        counts["nested", "left_out"] += one.left_out
        for role in ROLES:
            _count_role(counts, one, role)
        _count_kinds(counts, one)
    return items, _metrics(counts)


def compared(data: Path, find: Find) -> Iterator[Compared]:
    """Yield each annotation in `data` with what is found; raises EvaluationError."""
    annotated = list(read_brat(data))
    readings = [reading for _, all_of_text in annotated for reading in all_of_text]
    marks_nested = any(len(outermost(reading)) < len(reading) for reading in readings)
    for text, all_of_text in annotated:
        words = Words(text)
        every = list(find(text_article(text)))
        kept = every if marks_nested else outermost(every)
        found = [placed(text, words, one) for one in kept]
        for reading in all_of_text:
            marked = [placed(text, words, one) for one in reading]
            kinds = [kind_of(text, one.content) for one in reading]
            pairs = paired(marked, found)
            yield Compared(text, marked, kinds, found, pairs, len(every) - len(kept))


def outermost(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Return those that do not stand inside what another one says."""
    contents = sorted(
        (span, number) for number, one in enumerate(attributions) for span in one.content
    )
    return [
        one
        for number, one in enumerate(attributions)
        if not any(
            other != number and start <= at[0] and at[1] <= end
            for at in (one.cue or one.content)[:1]
            for (start, end), other in contents
        )
    ]


def placed(text: str, words: Words, attribution: Attribution) -> Placed:
    """Return `attribution` as it is compared."""
    trimmed = comparable(text, attribution)
    spans = {role: trimmed.spans(role) for role in ROLES}
    return Placed(spans, {role: words.within(spans[role]) for role in ROLES})


def paired(marked: Sequence[Placed], found: Sequence[Placed]) -> dict[int, int]:
    """Return the best pairing, from positions in `marked` to such in `found`.

    Of all pairings it has the largest sum, over pairs and roles, of the F1 of words.
    """
    likely = _candidates(marked, found)
    pairs: dict[int, int] = {}
    for rows, columns in _groups(likely):
        gains = [[likely.get((row, column), 0.0) for column in columns] for row in rows]
        best = ((rows[row], columns[column]) for row, column in best_pairs(gains))
        pairs |= {row: column for row, column in best if (row, column) in likely}
    return pairs


def _candidates(marked: Sequence[Placed], found: Sequence[Placed]) -> dict[tuple[int, int], float]:
    """Return how much alike those are, marked and found, that share a word of cue or content."""
    holders: dict[tuple[Role, int], list[int]] = defaultdict(list)
    for number, one in enumerate(marked):
        for role in _PAIRED_BY:
            for word in one.words[role]:
                holders[role, word].append(number)
    return {
        (row, column): sum(_f1(marked[row].words[role], one.words[role]) for role in ROLES)
        for column, one in enumerate(found)
        for row in {
            row for role in _PAIRED_BY for word in one.words[role] for row in holders[role, word]
        }
    }


def _f1(one: frozenset[int], other: frozenset[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _groups(likely: Iterable[tuple[int, int]]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield marked and found positions that hang together; a long text has many small groups."""
    linked: dict[Node, list[Node]] = defaultdict(list)
    for row, column in likely:
        linked["marked", row].append(("found", column))
        linked["found", column].append(("marked", row))
    seen: set[Node] = set()
    for first in linked:
        if first not in seen:
            group = _reached(linked, first)
            seen.update(group)
            marked = sorted(number for side, number in group if side == "marked")
            yield marked, sorted(number for side, number in group if side == "found")


def _reached(linked: Mapping[Node, Iterable[Node]], first: Node) -> set[Node]:
    reached, waiting = {first}, [first]
    while waiting:
        for node in linked[waiting.pop()]:
            if node not in reached:
                reached.add(node)
                waiting.append(node)
    return reached


def _count_role(counts: Counts, one: Compared, role: Role) -> None:
    for side, those in (("found", one.found), ("wanted", one.marked)):
        counts[role, "exact", side] += sum(bool(other.spans[role]) for other in those)
        counts[role, "overlap", side] += sum(len(other.words[role]) for other in those)
    for row, column in one.pairs.items():
        wanted, found = one.marked[row], one.found[column]
        counts[role, "exact", "right"] += _is_same(wanted, found, role)
        counts[role, "overlap", "right"] += len(wanted.words[role] & found.words[role])


def _count_kinds(counts: Counts, one: Compared) -> None:
    """Count what is found of each kind of marked attribution."""
    nothing = Placed(dict.fromkeys(ROLES, ()), dict.fromkeys(ROLES, frozenset()))
    for row, (marked, kind) in enumerate(zip(one.marked, one.kinds, strict=True)):
        found = one.found[one.pairs[row]] if row in one.pairs else nothing
        counts[kind, "items"] += 1
        counts[kind, "matched"] += row in one.pairs
        counts[kind, "content_exact"] += _is_same(marked, found, "content")
        counts[kind, "sourced"] += bool(marked.words["source"])
        counts[kind, "speaker"] += bool(marked.words["source"] & found.words["source"])
        for role in ("source", "content"):
            counts[kind, role, "wanted"] += len(marked.words[role])
            counts[kind, role, "right"] += len(marked.words[role] & found.words[role])


def _is_same(marked: Placed, found: Placed, role: Role) -> bool:
    return bool(marked.spans[role]) and marked.spans[role] == found.spans[role]


def _metrics(counts: Counts) -> dict[str, Any]:
    metrics: dict[str, Any] = {}
    for role in ROLES:
        for how in ("exact", "overlap"):
            right, found, wanted = (counts[role, how, one] for one in ("right", "found", "wanted"))
            scores = f1_scores(right, found, wanted)
            for name in ("f1", "precision", "recall"):
                metrics[f"{role}_{how}_{name}"] = scores[name]
    by_kind = {kind: _of_kind(counts, kind) for kind in _KINDS}
    metrics["direct_content_exact"] = by_kind["direct"]["content_exact_recall"]
    metrics["direct_speaker"] = percent(counts["direct", "speaker"], counts["direct", "sourced"])
    return metrics | {"nested_left_out": counts["nested", "left_out"], "by_kind": by_kind}


def _of_kind(counts: Counts, kind: StatementKind) -> dict[str, float]:
    """Return how much is found of what is marked and of a kind."""
    items = counts[kind, "items"]
    scores: dict[str, float] = {
        "items": items,
        "matched": percent(counts[kind, "matched"], items),
        "content_exact_recall": percent(counts[kind, "content_exact"], items),
    }
    for role in ("content", "source"):
        right, wanted = counts[kind, role, "right"], counts[kind, role, "wanted"]
        scores[f"{role}_overlap_recall"] = percent(right, wanted)
    return scores
