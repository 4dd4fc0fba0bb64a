"""Readers of the publication while it is replaced twenty times: no error, nothing torn.

One process opens `current/demarche.duckdb` anew again and again and asks it five questions whose
answer is known to be 'nothing wrong'; another reads the Parquet files of the current folder.
Meanwhile this process takes in articles and publishes, over and over.
"""

import json
import multiprocessing
from collections.abc import Callable
from multiprocessing.synchronize import Event
from pathlib import Path
from queue import Queue
from typing import Any

import duckdb
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.generated import write_articles
from benchmarks.result import Options, Result
from flows import pipeline
from flows.settings import Settings
from tasks.records import Source
from warehouse.publication import current

PUBLICATIONS, QUICK_PUBLICATIONS = 20, 5
ARTICLES_EACH = 25
PARQUET_TABLES = ("articles", "mentions", "sentences", "ledger")

OFFENDING = {
    "mentions without article": """
        SELECT count(*) FROM mentions ANTI JOIN articles USING (article_id)""",
    "mentions of entities, less those of entity_profile": """
        SELECT (SELECT count(*) FROM mentions WHERE entity_id IS NOT NULL)
            - (SELECT sum(mentions) FROM entity_profile)""",
    "runs whose counts are not the ledger's": """
        SELECT count(*) FROM runs AS r
        WHERE status <> 'running'
            AND items <> (SELECT count(*) FROM ledger AS l WHERE l.run_id = r.run_id)""",
    "annotated articles without sentences": """
        SELECT count(*) FROM articles ANTI JOIN sentences USING (article_id)
        WHERE annotated_with IS NOT NULL AND word_count > 0""",
}
"""Questions to which 0 is the only right answer; the fifth asks for the manifest's count."""

Counts = dict[str, int]


def measure(options: Options) -> Result:
    """Publish while two processes read."""
    wanted = QUICK_PUBLICATIONS if options.is_quick else PUBLICATIONS
    settings = Settings(data_dir=options.work / "data")
    _publish(settings, options, 0)
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    found: Queue[tuple[str, Counts, list[str]]] = context.Manager().Queue()
    readers = [
        context.Process(target=_read, args=(read.__name__, settings.publish_folder, stop, found))
        for read in (read_database, read_parquet)
    ]
    for reader in readers:
        reader.start()
    try:
        for number in range(1, wanted + 1):
            _publish(settings, options, number)
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    results = [found.get() for _ in readers]
    return Result(
        rows=[{"reader": name, "publications": wanted, **counts} for name, counts, _ in results],
        figures={"articles at the end": (wanted + 1) * ARTICLES_EACH},
        failures=[f"{name}: {text}" for name, _, texts in results for text in texts],
    )


def _publish(settings: Settings, options: Options, number: int) -> None:
    path = write_articles(
        options.work / f"part{number}.jsonl",
        ARTICLES_EACH,
        seed=options.seed,
        first=number * ARTICLES_EACH,
    )
    summary = pipeline.run(settings, [Source(location=str(path))])
    if summary.published is None or not summary.published.is_new:
        raise RuntimeError(f"part {number} was not published: {summary}")


def _read(
    name: str, folder: Path, stop: Event, found: "Queue[tuple[str, Counts, list[str]]]"
) -> None:
    """Read until `stop`; put the counts of openings, errors, torn reads and versions seen."""
    read: Callable[[Path], list[str]] = globals()[name]
    counts: Counts = dict.fromkeys(("opens", "errors", "torn", "versions seen"), 0)
    versions: set[int] = set()
    texts: list[str] = []
    while not stop.is_set():
        counts["opens"] += 1
        try:
            torn = read(folder)
        except Exception as error:  # any error at all is what this looks for
            counts["errors"] += 1
            texts.append(f"{type(error).__name__}: {error}")
            continue
        counts["torn"] += bool(torn)
        texts += torn
        manifest = current(folder)
        versions |= {manifest.snapshot_id} if manifest else set()
    counts["versions seen"] = len(versions)
    found.put((name, counts, texts[:20]))


def read_database(folder: Path) -> list[str]:
    """Open the database as a BI tool would and return what is wrong with it."""
    before = current(folder)
    with duckdb.connect(str(folder / "current" / "demarche.duckdb"), read_only=True) as con:
        found = {name: _number(con, sql) for name, sql in OFFENDING.items()}
        count = _number(con, "SELECT count(*) FROM articles")
    # The switch may fall between two openings, so either manifest may be the one that belongs.
    counts = {manifest.rows["articles"] for manifest in (before, current(folder)) if manifest}
    if count not in counts:
        found[f"articles: {count}, manifests: {sorted(counts)}"] = 1
    return [f"{name}: {number}" for name, number in found.items() if number]


def read_parquet(folder: Path) -> list[str]:
    """Read the Parquet files of one publication and return what is wrong with them."""
    # Resolved once: four files opened through `current` could be of two publications.
    held = (folder / "current").resolve()
    manifest = json.loads((held / "manifest.json").read_text(encoding="utf-8"))
    tables = {name: pq.read_table(held / "parquet" / f"{name}.parquet") for name in PARQUET_TABLES}
    wrong = []
    ids: Any = tables["articles"]["article_id"]
    for name in ("mentions", "sentences"):
        known: Any = pc.is_in(tables[name]["article_id"], value_set=ids.combine_chunks())
        if not pc.all(known).as_py():
            wrong.append(f"{name} of no article")
    for name, table in tables.items():
        if table.num_rows != manifest["rows"][name]:
            wrong.append(f"{name}: {table.num_rows}, manifest: {manifest['rows'][name]}")
    return wrong


def _number(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = con.execute(sql).fetchone()
    return int(row[0] or 0) if row else 0
