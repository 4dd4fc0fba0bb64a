"""The report over many articles: how long it takes to write, how large it is, when it is seen.

Generated articles are read, and their rows then copied under other ids and days until there are as
many articles as wanted: reading them all would take hours, and a report is made of rows.
"""

import shutil
import time
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.generated import write_articles
from benchmarks.html_paint import paints
from benchmarks.result import Options, Result, Row
from flows import pipeline
from flows.cli.reading import Reader, open_publication
from flows.recording import code_version
from flows.reporting.report import make_report
from flows.reporting.scope import Scope
from flows.settings import Settings
from tasks.records import Source
from warehouse.lake import Lake, open_lake
from warehouse.publication import current, publish
from warehouse.schema import columns
from warehouse.tables import ARTICLE_ROWS

ARTICLES, READ = 10_000, 400
"""Articles of the large lake, and those of them that are read."""
MOST_BYTES = 8_000_000
SAMPLES = Path("seeds/articles")
OWN = (
    *("article_id", "sentence_id", "mention_id", "statement_id", "stance_id", "timex_id"),
    *("event_id", "citation_id", "story_id", "utterance_id", "from_stance_id"),
    *("via_statement_id", "cluster_id", "duplicate_of"),
)
"""Columns whose ids are of one article: a copy has its own."""
DAYS = ("published_on", "published_not_before", "as_of_on", "happened_from", "happened_to")
COPIED = ("articles", *ARTICLE_ROWS, "utterance_links", "story_links")


def measure(options: Options) -> Result:
    """Make reports of the samples and of many articles, whole and narrowed; open each."""
    read, wanted = (20, 100) if options.is_quick else (READ, ARTICLES)
    samples = Settings(data_dir=options.work / "samples")
    pipeline.run(samples, [Source(location=str(SAMPLES))])
    many = Settings(data_dir=options.work / "many")
    path = write_articles(options.work / "generated.jsonl", read, seed=options.seed)
    pipeline.run(many, [Source(location=str(path))])
    multiply(many, wanted // read)
    rows = [
        _row("samples", samples, Scope(None, None), options.work),
        _row(f"{wanted:,} articles", many, Scope(None, None), options.work),
        _row("about Russia", many, Scope("Russia", None), options.work),
        _row("since 2024-07-01", many, Scope(None, date(2024, 7, 1)), options.work),
    ]
    large = [row for row in rows if int(str(row["bytes"])) > MOST_BYTES]
    return Result(rows=rows, failures=[f"{row['report']} is over 8 MB" for row in large])


def multiply(settings: Settings, times: int) -> None:
    """Copy the rows of every article until each is there `times` times, and publish."""
    with open_lake(settings.location) as lake:
        _copy(lake, times)
    shutil.rmtree(settings.publish_folder, ignore_errors=True)
    with open_lake(settings.location, read_only=True) as lake:
        publish(lake, settings.publish_folder, keep=1, code_version=code_version())


def _copy(lake: Lake, times: int) -> None:
    with lake.write() as con:
        for table in COPIED:
            names = [column.name for column in columns(table)]
            changes = [
                f"substr(md5({name} || k), 1, 16) AS {name}" for name in names if name in OWN
            ]
            changes += [f"({name} + (17 * k)::INTEGER) AS {name}" for name in names if name in DAYS]
            con.execute(
                f"""INSERT INTO lake.{table} BY NAME
                SELECT * EXCLUDE (k) REPLACE ({", ".join(changes)})
                FROM lake.{table}, range(1, {times}) AS copies(k)"""
            )


def _row(name: str, settings: Settings, scope: Scope, work: Path) -> Row:
    folder = settings.publish_folder
    manifest = current(folder)
    assert manifest is not None
    begun = time.perf_counter()
    with Reader(open_publication(folder / "current" / "demarche.duckdb"), is_lake=False) as reader:
        made = make_report(reader, scope, manifest)
    seconds = time.perf_counter() - begun
    path = work / "report.html"
    path.write_text(made.text, encoding="utf-8")
    seen = paints(path, work)
    return {
        "report": name,
        "articles": made.articles,
        "s to write": round(seconds, 2),
        "bytes": path.stat().st_size,
        "sentences a mark": made.per_mark,
        "ms to first paint": round(median(first for first, _ in seen)) if seen else None,
        "ms to all drawn": round(median(last for _, last in seen)) if seen else None,
    }
