"""Annotating by one process, by two, and by two workers of a Dask cluster, over the same articles,
beside the language model alone.

Each of the three is a whole `ingest`, and its tables must be those of the first. Memory is that of
the run, its processes and workers together, looked at twice a second.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from threading import Event, Thread

import psutil

from benchmarks.prose import headline, paragraphs
from benchmarks.result import Options, Result, Row
from benchmarks.tables import RUN_COLUMNS, differing, digests, lake_of
from flows import pipeline
from flows.annotating.extraction import annotator
from flows.settings import AnnotateSettings, Settings
from tasks.language import load_language
from tasks.records import Source

ARTICLES, QUICK_ARTICLES, WORDS = 2_000, 60, 600
QUICK_CHUNK = 10
PORT = 18786
ALONE = "nlp.pipe alone"
BATCH = 64
"""Texts in a memory zone, where `nlp.pipe` reads alone."""
ONE, TWO, DASK = "one process", "two processes", "Dask, two workers"
WAYS = {
    ONE: AnnotateSettings(),
    TWO: AnnotateSettings(processes=2),
    DASK: AnnotateSettings(cluster=f"tcp://127.0.0.1:{PORT}", timeout=60),
}
LOOK_SECONDS = 0.5
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""As a worker has with its nanny, which is left out here."""


def measure(options: Options) -> Result:
    """Take the same articles in each way, and compare time, memory and tables with the first."""
    count = QUICK_ARTICLES if options.is_quick else ARTICLES
    source = Source(location=str(write_articles(options.work / "in.jsonl", count, options.seed)))
    annotator(None)  # loaded once a process, also where others annotate
    rows: list[Row] = []
    failures = []
    seconds = {ALONE: _alone(options.work / "in.jsonl")}
    rows.append(_row(ALONE, count, seconds))
    tables = {}
    for way, given in WAYS.items():
        chunk = QUICK_CHUNK if options.is_quick else given.chunk
        annotate = given.model_copy(update={"chunk": chunk})
        with ExitStack() as stack:
            if annotate.cluster is not None:
                stack.enter_context(_cluster())
            seconds[way], peak = _take_in(options.work / way, annotate, source)
        with lake_of(options.work / way) as lake:
            tables[way] = digests(lake, without=RUN_COLUMNS)
        rows.append(_row(way, count, seconds) | {"peak MB": peak})
        others = set(differing(tables[ONE], tables[way])) - {"runs"}
        failures += [f"{way}: other rows in {table}" for table in sorted(others)]
    figures = {
        "articles": count,
        "words an article": WORDS,
        "one process / nlp.pipe": round(seconds[ONE] / seconds[ALONE], 2),
        "Dask / two processes": round(seconds[DASK] / seconds[TWO], 2),
    }
    return Result(rows=rows, figures=figures, failures=failures)


def _row(way: str, count: int, seconds: Mapping[str, float]) -> dict[str, object]:
    taken = seconds[way]
    return {"way": way, "seconds": round(taken, 1), "articles/s": round(count / taken, 2)}


def _alone(path: Path) -> float:
    """Return the seconds in which the language model alone reads the articles."""
    nlp = load_language()
    with path.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    begun = time.perf_counter()
    for at in range(0, len(texts), BATCH):
        with nlp.memory_zone():
            for _ in nlp.pipe(texts[at : at + BATCH]):
                pass
    return time.perf_counter() - begun


def write_articles(path: Path, count: int, seed: int, *, words: int = WORDS) -> Path:
    """Write `count` articles of `words` words or a few more that are like no other."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            rng = Random(f"{seed} {number}")
            article = {
                "url": f"https://crew.example/{number}",
                "title": headline(rng),
                "text": "\n\n".join(paragraphs(rng, words)),
                "published_at": f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
            }
            file.write(json.dumps(article) + "\n")
    return path


def _take_in(data_dir: Path, annotate: AnnotateSettings, source: Source) -> tuple[float, int]:
    """Return the seconds of an ingest, and the most memory in MB that it took."""
    settings = Settings(data_dir=data_dir, annotate=annotate)
    with _memory() as peak:
        begun = time.perf_counter()
        pipeline.ingest(settings, [source])
        seconds = time.perf_counter() - begun
    return seconds, round(max(peak) / 1e6)


@contextmanager
def _memory() -> Iterator[list[int]]:
    """Gather the memory of this process and all that it started, in bytes, while the block runs."""
    found: list[int] = []
    ended = Event()

    def look() -> None:
        while not ended.wait(LOOK_SECONDS):
            ours = psutil.Process()
            found.append(sum(map(_resident, [ours, *ours.children(recursive=True)])))

    watch = Thread(target=look)
    watch.start()
    try:
        yield found
    finally:
        ended.set()
        watch.join()


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


@contextmanager
def _cluster() -> Iterator[None]:
    """Run a scheduler and two workers as processes of their own."""
    address = f"127.0.0.1:{PORT}"
    programs: Sequence[Sequence[str]] = (
        ("dask_scheduler", "--host", "127.0.0.1", "--port", str(PORT), "--no-dashboard"),
        ("dask_worker", f"tcp://{address}", "--no-nanny", "--nthreads", "1"),
        ("dask_worker", f"tcp://{address}", "--no-nanny", "--nthreads", "1"),
    )
    quiet = subprocess.DEVNULL
    started = [
        subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{name}", *options],
            stdout=quiet,
            stderr=quiet,
            env=os.environ | ONE_THREAD,
        )
        for name, *options in programs
    ]
    try:
        yield
    finally:
        for process in started:
            process.kill()
            process.wait()
