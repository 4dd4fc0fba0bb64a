"""Does a run's memory grow with the articles it reads? 20,000 short ones, all extraction on.

Resident memory of the one process is looked at after each batch, as its rows are committed.
"""

import time

import psutil

from benchmarks.crew import write_articles
from benchmarks.result import Options, Result, Row
from flows import pipeline
from flows.processing import Counts
from flows.settings import Settings
from tasks.records import Source

WORDS, PARTS = 60, 10
MOST = 1.15
"""Memory at the end, as times that after a fifth: what is loaded and cached is there by then."""


def measure(options: Options) -> Result:
    """Take in articles, and compare memory between the parts of the run."""
    path = write_articles(options.work / "in.jsonl", options.articles, options.seed, words=WORDS)
    looks: list[tuple[int, int]] = []
    done = 0

    def look(counts: Counts) -> None:
        nonlocal done
        done += counts.total()
        looks.append((done, psutil.Process().memory_info().rss))

    begun = time.perf_counter()
    settings = Settings(data_dir=options.work / "data")
    pipeline.ingest(settings, [Source(location=str(path))], report=look)
    seconds = time.perf_counter() - begun
    rows = [_part(looks, n, options.articles) for n in range(1, PARTS + 1)]
    grown = float(str(rows[-1]["MB"])) / float(str(rows[1]["MB"]))
    figures = {
        "articles": options.articles,
        "words an article": WORDS,
        "articles/s": round(options.articles / seconds, 1),
        "times as much at the end": round(grown, 2),
    }
    failures = [f"memory grew to {grown:.2f} times"] if grown > MOST else []
    return Result(rows=rows, figures=figures, failures=failures)


def _part(looks: list[tuple[int, int]], number: int, articles: int) -> Row:
    """Return the memory in MB after so many tenths of the run, or after the first batch."""
    reached = articles * number / PARTS
    sizes = [size for done, size in looks if done <= reached] or [looks[0][1]]
    return {"articles": round(reached), "MB": round(sizes[-1] / 1e6)}
