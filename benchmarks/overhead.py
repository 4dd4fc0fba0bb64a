"""What lake and Prefect add to the bare work, with extraction switched to do nothing.

Four ways over the same generated articles, in turn, three times: plain functions that read,
parse and write Parquet; the same that also keep the raw bytes; our pipeline without publication;
the same pipeline as a Prefect flow on its temporary server. Medians, and ratios to the first.
"""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import median
from unittest.mock import patch

import pyarrow.parquet as pq

from benchmarks.generated import write_articles
from benchmarks.result import Options, Result
from flows import pipeline
from flows.annotating import extraction
from flows.prefect_env import prepare
from flows.settings import Settings
from tasks.ingest.parse import parse
from tasks.ingest.read import read_source
from tasks.records import Annotations, Item, RawItem, Source
from tasks.registry import Registry
from warehouse.arrow import to_arrow
from warehouse.lake import open_lake
from warehouse.raw import RawStore, content_ref
from warehouse.tables import Article, LedgerEntry, Rejection

ARTICLES, QUICK_ARTICLES = 2_000, 400
TURNS = 3

PLAIN, PLAIN_RAW = "plain functions to Parquet", "plain functions, raw bytes kept"
LAKE, FLOW = "pipeline with lake", "pipeline as Prefect flow"
FLOW_COLD = "Prefect flow with the server's start"


class NoExtraction:
    """Stands in for the annotator and finds nothing."""

    model_version = step_versions = "none"

    def __init__(self, _registry: Registry, *, model: str | None) -> None:
        """Take what the annotator takes."""

    def annotate(self, _article: Article, _steps: Collection[str]) -> Annotations:
        """Return no rows."""
        return Annotations()


def measure(options: Options) -> Result:
    """Take the same articles in each way, in turn, and compare the medians."""
    count = QUICK_ARTICLES if options.is_quick else ARTICLES
    source = Source(
        location=str(write_articles(options.work / "in.jsonl", count, seed=options.seed))
    )
    start_seconds, run_flow = _start_prefect(options.work / "prefect")
    ways: dict[str, Callable[[Settings], object]] = {
        PLAIN: lambda settings: _plain(settings, source, is_keeping=False),
        PLAIN_RAW: lambda settings: _plain(settings, source, is_keeping=True),
        LAKE: lambda settings: pipeline.ingest(settings, [source]),
        FLOW: lambda settings: run_flow(settings, [source]),
    }
    taken: dict[str, list[float]] = {way: [] for way in ways}
    extraction._annotator.cache_clear()
    with patch.object(extraction, "Annotator", NoExtraction):
        for turn in range(TURNS + 1):
            for number, (way, take_in) in enumerate(ways.items()):
                settings = Settings(data_dir=options.work / f"{turn}-{number}")
                begun = time.perf_counter()
                take_in(settings)
                if turn:  # the first turn loads what is loaded once a process
                    taken[way].append(time.perf_counter() - begun)
                _check(settings, way, count)
    extraction._annotator.cache_clear()
    return _result(taken, count, start_seconds)


def _result(taken: dict[str, list[float]], count: int, start_seconds: float) -> Result:
    seconds = {way: median(times) for way, times in taken.items()}
    seconds[FLOW_COLD] = seconds[FLOW] + start_seconds
    rows = [
        {
            "way": way,
            "seconds": round(value, 2),
            "articles/s": round(count / value),
            "ratio": round(value / seconds[PLAIN], 2),
        }
        for way, value in seconds.items()
    ]
    figures = {
        "articles": count,
        "turns": TURNS,
        "seconds of Prefect's import and server start": round(start_seconds, 1),
        "Prefect to the same without": round(seconds[FLOW] / seconds[LAKE], 2),
    }
    return Result(rows=rows, figures=figures)


def _start_prefect(home: Path) -> tuple[float, Callable[[Settings, Sequence[Source]], str]]:
    """Import Prefect, run a flow that does nothing, and return the seconds and our flow."""
    begun = time.perf_counter()
    prepare(home)
    from prefect import flow

    from flows.prefect_flows import ingest_flow

    @flow(name="nothing")
    def nothing() -> None:
        return None

    nothing()
    seconds = time.perf_counter() - begun
    return seconds, lambda settings, sources: ingest_flow(settings, sources, lambda _: None)


def _plain(settings: Settings, source: Source, *, is_keeping: bool) -> None:
    """Read, parse and write articles and ledger as Parquet, a file a batch."""
    store = RawStore(settings.raw_folder)
    settings.data_dir.mkdir()
    now = datetime.now(UTC)
    found = read_source(source, max_item_bytes=settings.max_item_bytes, now=now)
    items = (entry for entry in found if isinstance(entry, Item))
    for number, batch in enumerate(_batches(items, settings.batch_size)):
        articles: list[Article] = []
        entries: list[LedgerEntry] = []
        for item in batch:
            raw = _raw_item(item, now)
            if is_keeping:
                store.put(item.content)
            parsed = parse(raw, item.content, languages=settings.languages)
            if isinstance(parsed, Rejection):
                raise RuntimeError(f"a generated article was refused: {parsed}")
            articles.append(parsed.article)
            entries.append(_entry(raw, parsed.article))
        tables: dict[str, Sequence[object]] = {"articles": articles, "ledger": entries}
        for table, rows in tables.items():
            path = settings.data_dir / f"{table}-{number}.parquet"
            pq.write_table(to_arrow(table, rows, run_id="plain"), path, compression="zstd")


def _batches(items: Iterator[Item], size: int) -> Iterator[list[Item]]:
    while batch := list(islice(items, size)):
        yield batch


def _raw_item(item: Item, now: datetime) -> RawItem:
    return RawItem(
        source_id=item.source_id,
        item_ref=item.item_ref,
        media_type=item.media_type,
        raw_ref=content_ref(item.content),
        fetched_at=now,
        seen_at=now,
        publisher=item.publisher,
    )


def _entry(raw: RawItem, article: Article) -> LedgerEntry:
    return LedgerEntry(
        source_id=raw.source_id,
        item_ref=raw.item_ref,
        state="processed",
        article_id=article.article_id,
        raw_ref=raw.raw_ref,
        media_type=raw.media_type,
        seen_at=raw.seen_at,
    )


def _check(settings: Settings, way: str, count: int) -> None:
    """Raise where not all articles arrived: a time for less work is worth nothing."""
    if way in (PLAIN, PLAIN_RAW):
        files = settings.data_dir.glob("articles-*.parquet")
        arrived = sum(pq.read_metadata(path).num_rows for path in files)
    else:
        with open_lake(settings.location, read_only=True) as lake:
            arrived = lake.rows("SELECT count(*) FROM lake.articles")[0][0]
    if arrived != count:
        raise RuntimeError(f"{way}: {arrived} articles of {count} arrived")
