"""Put cloned articles into a lake: in bulk to reach a size, and as the next batch of a run."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.growth.clones import RUN_ID, clones
from benchmarks.growth.template import Templates
from flows.knowing import Pairs
from flows.settings import Settings
from tasks.records import Annotations, RawItem
from warehouse.lake import Lake, open_lake
from warehouse.runs import put_run
from warehouse.tables import ARTICLE_ROWS, Article, Run

SEED = 1


def settings_of(folder: Path) -> Settings:
    """Return the settings of the lake in `folder`: the shipped ones."""
    return Settings(data_dir=folder / "data")


def writing(folder: Path) -> Lake:
    """Open the lake in `folder` as a run does."""
    return _bounded(open_lake(settings_of(folder).location), folder)


def reading(folder: Path) -> Lake:
    """Open the lake in `folder` as for checks and a publication."""
    return _bounded(open_lake(settings_of(folder).location, read_only=True), folder)


def _bounded(lake: Lake, folder: Path) -> Lake:
    lake.con.execute(f"SET memory_limit = '{settings_of(folder).memory_limit}'")
    return lake


def fill(folder: Path, templates: Templates, count: int) -> None:
    """Make a lake of `count` clones; a transaction holds up to 10,000 of them."""
    with open_lake(settings_of(folder).location) as lake:
        for tables in clones(templates, count, seed=SEED):
            with lake.write() as con:
                for table, rows in tables.items():
                    con.register("new_rows", rows)
                    con.execute(f'INSERT INTO lake."{table}" BY NAME FROM new_rows')
                    con.unregister("new_rows")
        note_run(lake)


def note_run(lake: Lake) -> None:
    """Write the row of the run that made all articles, with what the ledger counts."""
    counted = dict(lake.rows("SELECT state, count(*) FROM lake.ledger GROUP BY 1"))
    now = datetime.now(UTC)
    run = Run(
        flow="run",
        started_at=now,
        finished_at=now,
        status="succeeded",
        code_version="made",
        model_version="made",
        settings_sha256="made",
        items=sum(counted.values()),
        processed=counted.get("processed", 0),
        duplicates=counted.get("duplicate", 0),
        seconds=0.0,
    )
    put_run(lake, RUN_ID, run)


Next = tuple[Pairs, dict[tuple[str, str], Annotations]]


def next_batch(templates: Templates, first: int, count: int) -> Next:
    """Return `count` new articles as they come from parsing, and what was extracted from each."""
    (tables,) = clones(templates, count, seed=SEED, first=first)
    heads = [_made(Article, row) for row in tables["articles"].to_pylist()]
    rows = {table: _by_article(table, tables[table]) for table in ARTICLE_ROWS}
    pairs = [(_raw(head), head) for head in heads]
    annotations = {
        (head.article_id, head.text_sha256): Annotations(
            **{table: found.get(head.article_id, []) for table, found in rows.items()}
        )
        for head in heads
    }
    return pairs, annotations


def _by_article(table: str, rows: pa.Table) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows.to_pylist():
        found.setdefault(row["article_id"], []).append(_made(ARTICLE_ROWS[table], row))
    return found


def _made(kind: type, row: Mapping[str, Any]) -> Any:
    return kind(**{field.name: row[field.name] for field in fields(kind)})


def _raw(head: Article) -> RawItem:
    return RawItem(
        source_id=head.source_id,
        item_ref=head.url or head.article_id,
        media_type=head.media_type,
        raw_ref=head.raw_ref,
        fetched_at=head.fetched_at,
        seen_at=head.fetched_at,
    )
