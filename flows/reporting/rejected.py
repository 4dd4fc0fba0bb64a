"""What could not be used, and why."""

from typing import Any

from flows.cli.reading import Reader, literal
from flows.reporting.content import Chart, Row, Section, Table, counted, left_out
from flows.reporting.evidence import PER_MARK, Evidence, safe_url
from flows.reporting.scope import Scope

ROWS = 100


def rejected(reader: Reader, scope: Scope, evidence: Evidence) -> Section:
    """Return the section of rejected items: of all, since one that was not read names nobody."""
    since = f"WHERE rejected_at::DATE >= {literal(scope.since)}" if scope.since else ""
    rows = reader.records(
        f"""FROM rejections {since}
        ORDER BY rejected_at DESC, source_id, item_ref, rejection_id"""
    )
    reasons: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        reasons.setdefault(row["reason"], []).append(row)
    marks = [
        _mark(evidence, number, reason, found)
        for number, (reason, found) in enumerate(
            sorted(reasons.items(), key=lambda one: (-len(one[1]), one[0]))
        )
    ]
    whole = " Of all items, whoever they are about." if scope.about else ""
    return Section(
        "rejected",
        "What was rejected",
        f"{counted(len(rows), 'item')} could not be used.{whole}" if rows else "Nothing.",
        [Chart("rejected", "Items by reason", "bars", {"rows": marks}, height=40 + 26 * len(marks))]
        if marks
        else [],
        [_table(rows[:ROWS])] if rows else [],
        notes=left_out(ROWS, len(rows), "items in the table", "demarche rejects --limit 0"),
    )


def _mark(
    evidence: Evidence, number: int, reason: str, rows: list[dict[str, Any]]
) -> dict[str, Any]:
    label = f"{reason.replace('_', ' ')}: {counted(len(rows), 'item')}"
    items = [
        (f"{row['item_ref']} ({row['source_id']})", row["detail"], safe_url(row["item_ref"]))
        for row in rows[:PER_MARK]
    ]
    key = evidence.add_items(f"r{number}", label, len(rows), items, "demarche rejects")
    name = reason.replace("_", " ")
    return {"key": key, "label": label, "name": name, "id": key, "number": len(rows)}


def _table(rows: list[dict[str, Any]]) -> Table:
    found = [
        Row(
            (
                row["item_ref"],
                row["source_id"],
                row["stage"],
                row["reason"].replace("_", " "),
                row["detail"],
                f"{row['rejected_at']:%Y-%m-%d %H:%M}",
            ),
            url=safe_url(row["item_ref"]),
        )
        for row in rows
    ]
    columns = ("item", "source", "step", "reason", "detail", "when (UTC)")
    return Table("Rejected items", columns, found)
