"""What the user has decided about entities: one and the same, two, or another one in an article."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast, get_args

from tasks.registry.ids import entity_id
from tasks.registry.rows import Row

DecisionKind = Literal["merge", "apart", "split"]

_KINDS = frozenset(get_args(DecisionKind))
_ARTICLE_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision.

    `merge`: `entity_id` is `other_id` from now on. `apart`: no rule ever merges the two.
    `split`: in the article `article_id`, `entity_id` means `other_id`. A decision that rests on a
    correction has no day; its note says whose it is.
    """

    decision: DecisionKind
    entity_id: str
    other_id: str
    article_id: str | None
    decided_on: date | None
    note: str | None


def decisions(rows: Iterable[Row]) -> tuple[Decision, ...]:
    """Return the decisions in `rows`. Raises SeedError where two contradict each other."""
    read = [(row, _decision(row)) for row in rows]
    merged: dict[str, Row] = {}
    said: dict[object, Row] = {}
    for row, decision in read:
        _check_new(row, decision, said)
        if decision.decision == "merge":
            merged[decision.entity_id] = row
    ends = _ends(merged)
    for row, decision in read:
        if decision.decision == "apart":
            _check_apart(row, decision, merged, ends)
    return tuple(decision for _, decision in read)


def _decision(row: Row) -> Decision:
    kind = cast(DecisionKind, row.one_of("decision", _KINDS))
    article_id = row.optional("article_id")
    if kind == "split" and not _ARTICLE_ID.fullmatch(row.required("article_id")):
        raise row.error("article_id", f"{article_id!r} is not an article_id of 16 hex digits")
    if kind != "split" and article_id is not None:
        raise row.error("article_id", f"a row that says {kind!r} holds in all articles")
    row.required("decided_on")
    decision = Decision(
        decision=kind,
        entity_id=entity_id(row, "entity_id"),
        other_id=entity_id(row, "other_id"),
        article_id=article_id,
        decided_on=row.day("decided_on"),
        note=row.optional("note"),
    )
    if decision.entity_id == decision.other_id:
        raise row.error("other_id", f"{decision.other_id!r} is entity_id itself")
    return decision


def _check_new(row: Row, decision: Decision, said: dict[object, Row]) -> None:
    """Refuse a second answer to one question: into what, whether apart, what in that article."""
    key: object = (decision.decision, decision.entity_id, decision.article_id)
    if decision.decision == "apart":
        key = frozenset((decision.entity_id, decision.other_id))
    before = said.setdefault(key, row)
    if before is not row:
        problem = f"line {before.line} decides on {decision.entity_id!r} already"
        raise row.error("entity_id", problem)


def _ends(merged: Mapping[str, Row]) -> dict[str, str]:
    """Return what each merged entity is in the end. Raises SeedError on merges in a circle."""
    ends: dict[str, str] = {}
    for start in merged:
        path: dict[str, Row] = {}
        at = start
        while at in merged and at not in ends:
            if at in path:
                circle = list(path.values())[list(path).index(at) :]
                lines = ", ".join(str(row.line) for row in circle)
                raise merged[at].error("other_id", f"merges go in a circle: lines {lines}")
            path[at] = merged[at]
            at = merged[at].values["other_id"]
        ends |= dict.fromkeys(path, ends.get(at, at))
    return ends


def _check_apart(
    row: Row, decision: Decision, merged: Mapping[str, Row], ends: Mapping[str, str]
) -> None:
    pair = (decision.entity_id, decision.other_id)
    if len({ends.get(one, one) for one in pair}) == 1:
        lines = " and ".join(f"line {merged[one].line}" for one in pair if one in merged)
        raise row.error(
            "decision", f"{pair[0]!r} and {pair[1]!r} are merged by {lines}; delete one of them"
        )
