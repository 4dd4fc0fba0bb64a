"""Many articles in one process: speed by step, memory, size on disk, upkeep, nothing-new runs."""

import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psutil

from benchmarks.generated import write_articles
from benchmarks.result import Options, Result, Row
from flows import batches, pipeline, preparing, processing
from flows.annotating.extraction import annotator
from flows.publishing import maintain, publish
from flows.settings import Settings
from tasks.records import Source
from warehouse.lake import open_lake
from warehouse.maintenance import data_files

POINTS = (0.05, 0.1, 0.25, 0.5, 0.75, 1.0)
"""Shares of the articles at which memory and speed are noted."""
MEGABYTE = 1_000_000
SHOWN_SECONDS = 0.005
"""A step that took less did not run."""

STEPS = (
    (preparing, "parse_all", "parse"),
    (preparing, "decided", "deduplicate"),
    (processing, "decided", "deduplicate"),
    (preparing, "read_here", "annotate"),
)
"""Functions of a batch that are timed, by module; what else it does is the commit."""


@dataclass(slots=True)
class Clock:
    """Seconds by step, taken by wrapping the pipeline's functions; `now` tells the time."""

    now: Callable[[], float] = time.perf_counter
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def timed(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return `function` with its time added to `step`."""

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            begun = self.now()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds[step] += self.now() - begun

        return wrapped

    def timed_items(
        self, step: str, function: Callable[..., Iterator[Any]]
    ) -> Callable[..., Iterator[Any]]:
        """Return generator `function` with the time that its items take added to `step`."""

        def wrapped(*args: Any, **kwargs: Any) -> Iterator[Any]:
            items = iter(function(*args, **kwargs))
            step_on = self.timed(step, lambda: next(items, None))
            while (item := step_on()) is not None:
                yield item

        return wrapped


def measure(options: Options) -> Result:
    """Take in generated articles and see what each part costs, then do the same with none new."""
    path = write_articles(options.work / "articles.jsonl", options.articles, seed=options.seed)
    settings = Settings(data_dir=options.work / "data")
    sources = [Source(location=str(path))]
    annotator(None)  # loaded once a process; `startup` measures what that takes
    growth = _Growth(options.articles)
    steps, seconds = _ingest(settings, sources, growth)
    rows: list[Row] = _shares("first run", steps, options.articles, seconds)
    rows += growth.rows
    figures: dict[str, object] = {
        "articles": options.articles,
        "input MB": round(path.stat().st_size / MEGABYTE, 1),
        "articles/s": round(options.articles / seconds, 1),
    }
    figures |= _upkeep(settings)
    steps, seconds = _ingest(settings, sources, _Growth(options.articles))
    rows += _shares("nothing new", steps, options.articles, seconds)
    begun = time.perf_counter()
    published = publish(settings)
    figures["seconds to find nothing new to publish"] = _since(begun)
    figures["peak MB in the end"] = _peak()
    failures = ["a run that found nothing new published anew"] if published.is_new else []
    return Result(rows=rows, figures=figures, failures=failures)


STEP_NAMES = frozenset(step for *_, step in STEPS)


def timed_steps(clock: Clock) -> list[Any]:
    """Return patches that have `clock` time the steps of a batch."""
    return [
        patch.object(module, name, clock.timed(step, getattr(module, name)))
        for module, name, step in STEPS
    ]


def _ingest(
    settings: Settings, sources: Sequence[Source], growth: "_Growth"
) -> tuple[dict[str, float], float]:
    """Return the seconds by step and in all of taking in `sources`."""
    clock = Clock()
    patches = timed_steps(clock)
    find = clock.timed_items("read, hash, keep raw", batches.find_batches)
    patches.append(patch.object(pipeline, "find_batches", find))
    process = clock.timed("batch", processing.process_batch)
    begun = time.perf_counter()
    for each in patches:
        each.start()
    try:
        pipeline.ingest(settings, sources, process=process, report=growth.note)
    finally:
        for each in patches:
            each.stop()
    seconds = time.perf_counter() - begun
    steps = clock.seconds
    steps["commit"] = steps.pop("batch") - sum(steps[step] for step in STEP_NAMES)
    steps["open, settle, record"] = seconds - sum(steps.values())
    return steps, seconds


class _Growth:
    """Notes memory and speed as articles come in."""

    def __init__(self, wanted: int) -> None:
        self.rows: list[Row] = []
        self._points = [round(share * wanted) for share in POINTS]
        self._done, self._begun, self._last = 0, time.perf_counter(), 0

    def note(self, counts: Counter[str]) -> None:
        """Take the counts of one batch."""
        self._done += counts.total()
        if not self._points or self._done < self._points[0]:
            return
        while self._points and self._done >= self._points[0]:
            self._points.pop(0)
        seconds = time.perf_counter() - self._begun
        self.rows.append(
            {
                "run": "first run",
                "step": f"after {self._done} articles",
                "articles/s": round((self._done - self._last) / seconds, 1),
                "MB now": round(psutil.Process().memory_info().rss / MEGABYTE),
                "peak MB": _peak(),
            }
        )
        self._last, self._begun = self._done, time.perf_counter()


def _shares(run: str, steps: dict[str, float], items: int, seconds: float) -> list[Row]:
    named = [*sorted(steps.items(), key=lambda pair: -pair[1]), ("all", seconds)]
    return [
        {
            "run": run,
            "step": step,
            "seconds": round(taken, 2),
            "share %": round(100 * taken / seconds, 1),
            "articles/s": round(items / taken, 1),
        }
        for step, taken in named
        if taken >= SHOWN_SECONDS
    ]


def _upkeep(settings: Settings) -> dict[str, object]:
    """Publish, compact and publish again; return times, sizes and numbers of files."""
    figures: dict[str, object] = {}
    begun = time.perf_counter()
    publish(settings)
    figures["seconds to check and publish"] = _since(begun)
    figures["peak MB after publishing"] = _peak()
    held = (settings.publish_folder / "current").resolve()
    for name, folder in {
        "lake data": Path(settings.location.data_path),
        "raw": settings.raw_folder,
        "publication": held,
        "of it Parquet": held / "parquet",
    }.items():
        figures |= _size(name, folder)
    catalog = settings.location.catalog_file
    if catalog is not None:
        figures["catalogue MB"] = round(catalog.stat().st_size / MEGABYTE, 1)
    begun = time.perf_counter()
    done = maintain(settings)
    figures["seconds to compact"] = _since(begun)
    figures["data files before"] = done.files_before
    figures["data files after"] = done.files_after
    begun = time.perf_counter()
    publish(settings, is_forced=True)
    figures["seconds to check and publish after compaction"] = _since(begun)
    with open_lake(settings.location, read_only=True) as lake:
        figures["rows"] = sum(
            lake.rows(f"SELECT count(*) FROM lake.{table}")[0][0]
            for (table,) in lake.rows("SELECT table_name FROM ducklake_table_info('lake')")
        )
        if data_files(lake) != done.files_after:
            raise RuntimeError("data files appeared after compaction")
    return figures


def _size(name: str, folder: Path) -> dict[str, object]:
    """Return megabytes of content and on disk (whole blocks), and files."""
    found = [path.stat() for path in folder.rglob("*") if path.is_file()]
    return {
        f"{name} MB": round(sum(stat.st_size for stat in found) / MEGABYTE, 1),
        f"{name} MB on disk": round(sum(stat.st_blocks * 512 for stat in found) / MEGABYTE, 1),
        f"{name} files": len(found),
    }


def _peak() -> int:
    """Return the most memory this process has held so far, in MB; Linux counts in KiB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE)


def _since(begun: float) -> float:
    return round(time.perf_counter() - begun, 2)
