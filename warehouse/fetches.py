"""What earlier runs fetched: what is held of an address, and which could not be had."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import pyarrow as pa

from warehouse.lake import Lake
from warehouse.tables import Fetch

COLUMNS = ", ".join(field.name for field in fields(Fetch))


def seen_fetches(lake: Lake, items: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Fetch]:
    """Return the last fetch of those (source_id, item_ref) of `items` that have one."""
    if not items:
        return {}
    sources, refs = zip(*items, strict=True)
    wanted = {"source_id": pa.array(sources, pa.string()), "item_ref": pa.array(refs, pa.string())}
    with lake.holding(wanted=pa.table(wanted)):
        found = lake.query(
            f"SELECT {COLUMNS} FROM lake.fetches SEMI JOIN wanted USING (source_id, item_ref)"
        )
    return {(fetch.source_id, fetch.item_ref): fetch for fetch in _fetches(found.to_pylist())}


def failing_fetches(lake: Lake, source_id: str, *, since: datetime) -> list[Fetch]:
    """Return the pages of a source that were first found out of order `since`, and still are."""
    found = lake.query(
        f"""SELECT {COLUMNS} FROM lake.fetches SEMI JOIN (
            FROM lake.rejections WHERE reason = 'unavailable' AND rejected_at >= ?
        ) USING (source_id, item_ref)
        WHERE source_id = ? AND kind = 'page'
            AND (status IS NULL OR status >= 500 OR status IN (408, 425, 429))
        ORDER BY item_ref""",
        [since, source_id],
    )
    return _fetches(found.to_pylist())


def _fetches(rows: Iterable[dict[str, Any]]) -> list[Fetch]:
    return [Fetch(**row) for row in rows]
