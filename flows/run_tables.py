"""What a run tells about itself, as tables: its sources, its rejections, its quality."""

from typing import Any

from flows.publishing import Published
from flows.settings import Settings
from warehouse.checks import CheckResult
from warehouse.lake import open_lake

Rows = list[dict[str, Any]]

SHOWN = 25
"""Rows of a table: the artifact is read by people, the lake has all of them."""

SOURCES = f"""SELECT l.source_id AS source, count(*) AS items,
        count(*) FILTER (WHERE state IN ('processed', 'revised')) AS new,
        count(*) FILTER (WHERE state = 'rejected') AS rejected,
        round(epoch(max(seen_at) - min(r.started_at)), 1) AS last_item_after_seconds
    FROM ledger AS l JOIN runs AS r USING (run_id) WHERE run_id = ?
    GROUP BY l.source_id ORDER BY last_item_after_seconds DESC, source LIMIT {SHOWN}"""
"""Sources by how long the run waited for their last item: sites are read side by side."""

REJECTIONS = f"""SELECT source_id AS source, reason, stage, count(*) AS items,
        min(item_ref) AS example, arg_min(detail, item_ref) AS detail
    FROM rejections WHERE run_id = ? GROUP BY ALL
    ORDER BY items DESC, source, reason LIMIT {SHOWN}"""

QUALITY = """SELECT task, dataset, metric, round(value, 2) AS value
    FROM quality WHERE run_id = ? ORDER BY ALL"""


def run_tables(
    settings: Settings, run_id: str, published: Published | None = None
) -> dict[str, Rows]:
    """Return rows of text and numbers under `sources` (slowest first), `rejections`, `quality`."""
    with open_lake(settings.location, read_only=True) as lake:
        tables: dict[str, Rows] = {
            name: lake.query(sql, [run_id]).to_pylist()
            for name, sql in (
                ("sources", SOURCES),
                ("rejections", REJECTIONS),
                ("quality", QUALITY),
            )
        }
    tables["quality"] += check_rows(published.findings if published else [])
    return tables


def check_rows(findings: list[CheckResult]) -> Rows:
    """Return what checks found in the form of figures of quality."""
    return [
        {"task": "checks", "dataset": f.severity, "metric": f.name, "value": f.offending}
        for f in findings
    ]
