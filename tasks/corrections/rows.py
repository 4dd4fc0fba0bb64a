"""Corrections of what was found in an article: values set, rows rejected with what rests on them.

A statement that is rejected takes its stances and events with it, a stance those that follow from
it; a polarity that is set holds for these, too.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from tasks.corrections.loading import Corrections
from tasks.corrections.values import ROW_TABLES, column_of, parsed, place, shown
from tasks.extract.events.quad import QUAD_CLASS
from tasks.records import Annotations
from warehouse.tables import Correction, CorrectionState, Stance

SIGNS = {"support": 1.0, "oppose": -1.0, "neutral": 0.0}
FAINT = 0.5
"""Score of a neutral row that gets a side: half-way, since nothing was measured."""


def correct_rows(
    found: Annotations, corrections: Corrections
) -> tuple[Annotations, list[Correction]]:
    """Return `found` with its corrections applied, and what became of each one that it meets."""
    if not corrections.by_subject:
        return found, []
    outcomes: list[Correction] = []
    tables: dict[str, list[Any]] = {table: list(getattr(found, table)) for table in ROW_TABLES}
    gone: set[str] = set()
    for table, (key, words) in ROW_TABLES.items():
        for position, row in enumerate(tables[table]):
            for one in corrections.by_subject.get(getattr(row, key), ()):
                if place(one)[0] != table:
                    continue
                outcome = _outcome(one, row, words)
                outcomes.append(outcome)
                if outcome.state != "applied":
                    continue
                if one.kind == "reject_row":
                    gone.add(one.subject)
                else:
                    tables[table][position] = row = _with_value(row, one)
    if not outcomes:
        return found, []
    _let_go(tables, gone)
    tables["stances"] = _followed(tables["stances"])
    return replace(found, **tables), outcomes


def _outcome(one: Correction, row: Any, words: str) -> Correction:
    table, name = place(one)
    if one.kind == "reject_row":
        value = _line(getattr(row, words))
        is_met = value is not None and value == _line(one.expect)
    else:
        value = getattr(row, name)
        is_met = value == parsed(column_of(table, name), one.expect)
    state: CorrectionState = "applied" if is_met else "stale"
    return replace(one, state=state, found=shown(value), article_id=row.article_id)


def _line(text: str | None) -> str | None:
    """Return `text` on one line, as a file of corrections holds it: quotations have paragraphs."""
    return text and " ".join(text.split())


def _with_value(row: Any, one: Correction) -> Any:
    table, name = place(one)
    changes = {name: parsed(column_of(table, name), one.value)}
    if name == "polarity":
        changes["score"] = SIGNS[changes[name]] * (abs(row.score) or FAINT)
    if name == "action_code":
        changes["quad_class"] = QUAD_CLASS[changes[name]]
    return replace(row, **changes)


def _let_go(tables: dict[str, list[Any]], gone: set[str]) -> None:
    """Take the rows `gone` out, with those that rest on one that goes."""
    size = -1
    while gone and len(gone) != size:
        size = len(gone)
        gone.update(s.stance_id for s in tables["stances"] if _rests(s, gone))
        gone.update(e.event_id for e in tables["events"] if e.statement_id in gone)
    for table, (key, _) in ROW_TABLES.items():
        tables[table] = [row for row in tables[table] if getattr(row, key) not in gone]
    tables["statements"] = [
        replace(row, via_statement_id=None) if row.via_statement_id in gone else row
        for row in tables["statements"]
    ]


def _rests(stance: Stance, gone: Collection[str]) -> bool:
    return stance.statement_id in gone or stance.from_stance_id in gone


def _followed(stances: list[Stance]) -> list[Stance]:
    """Return `stances`, where each that follows from another has its direction."""
    by_id = {row.stance_id: row for row in stances}
    told = []
    for row in stances:
        source = by_id.get(row.from_stance_id or "")
        if source is not None and source.polarity != row.polarity:
            score = SIGNS[source.polarity] * (abs(row.score) or FAINT)
            row = replace(row, polarity=source.polarity, score=score)
        told.append(row)
    return told
