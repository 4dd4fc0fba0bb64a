"""A WARC of news pages and a JSONL of articles through ingest alone: speed by step, memory."""

import gzip
import json
import resource
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from random import Random
from unittest.mock import patch

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.generated import FIRST, LAST, OUTLETS
from benchmarks.prose import headline, paragraphs
from benchmarks.result import Options, Result, Row
from benchmarks.scale import MEGABYTE, STEP_NAMES, Clock, timed_steps
from flows import batches, pipeline, processing
from flows.settings import Settings
from tasks.records import Source
from warehouse.lake import open_lake

PAGE_WORDS, RECORD_WORDS = 300, 120
RECORDS_PER_PAGE = 10
"""The JSONL holds so many articles for every page of the WARC."""

FIRST_DAY, DAYS = date(2023, 1, 1), 730
CRAWLED = datetime(2025, 3, 1, tzinfo=UTC)
COPY, GONE, BINARY, PACKED = 40, 50, 100, 10
"""Every so many-eth page is a copy of the one before, a 404, a PDF, or gzip within the record."""

SITE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{title} | {outlet}</title>
<link rel="canonical" href="{url}"><meta property="og:site_name" content="{outlet}">
<script type="application/ld+json">{data}</script></head><body><header><nav><ul>{nav}</ul></nav>
</header><main><article><h1>{title}</h1><p class="byline">By {author}</p>{body}</article>
<aside><h2>Related</h2><ul>{related}</ul></aside></main><footer><p>Copyright {outlet}. All rights
reserved.</p><p><a href="/privacy">Privacy</a> <a href="/contact">Contact</a></p></footer></body>
</html>
"""
SECTIONS = ("World", "Politics", "Business", "Culture", "Science", "Sport", "Opinion", "Weather")


@dataclass(frozen=True, slots=True)
class _Taken:
    """What one file cost: seconds by step and in all, memory, items by state.

    `course` has the items done and the seconds gone after each batch.
    """

    steps: dict[str, float]
    seconds: float
    peak_mb: int
    states: dict[str, int]
    course: list[tuple[int, float]]

    def tenth(self, number: int) -> float:
        """Return the items a second in the first (1) to last (10) tenth of the items."""
        items = self.course[-1][0]
        low, high = items * (number - 1) / 10, items * number / 10
        begun = max((point for point in self.course if point[0] <= low), default=(0, 0.0))
        ended = min(point for point in self.course if point[0] >= high)
        return (ended[0] - begun[0]) / (ended[1] - begun[1])


def measure(options: Options) -> Result:
    """Take in both files, each in a process of its own, and compare the states with the plan."""
    inputs = {
        "WARC": write_warc(options.work / "pages.warc.gz", options.articles, seed=options.seed),
        "JSONL": write_records(
            options.work / "articles.jsonl", options.articles * RECORDS_PER_PAGE, seed=options.seed
        ),
    }
    rows: list[Row] = []
    failures: list[str] = []
    figures: dict[str, object] = {}
    for name, (path, planned) in inputs.items():
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            taken = pool.submit(_take_in, path, options.work / f"{name}-data").result()
        items = sum(taken.states.values())
        figures |= {
            f"{name} MB": round(path.stat().st_size / MEGABYTE, 1),
            f"{name} items": items,
            f"{name} items/s": round(items / taken.seconds, 1),
            f"{name} items/s, second tenth": round(taken.tenth(2), 1),
            f"{name} items/s, last tenth": round(taken.tenth(10), 1),
            f"{name} peak MB": taken.peak_mb,
            f"{name} states": ", ".join(f"{n} {s}" for s, n in sorted(taken.states.items())),
        }
        rows += _rows(name, taken, items)
        if taken.states != planned:
            failures.append(f"{name}: states {taken.states}, planned were {planned}")
    return Result(rows=rows, figures=figures, failures=failures)


def write_warc(path: Path, count: int, *, seed: int) -> tuple[Path, dict[str, int]]:
    """Write `count` answers, each gzipped by itself, and return the states they should get."""
    planned: Counter[str] = Counter()
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "benchmark"}))
        for number in range(count):
            state, url, status, kind, payload = _answer(number, seed)
            planned[state] += 1
            fields = [("Content-Type", kind)]
            if number % PACKED == 3:
                payload = gzip.compress(payload, mtime=0)
                fields.append(("Content-Encoding", "gzip"))
            record = writer.create_warc_record(
                url,
                "response",
                payload=BytesIO(payload),
                http_headers=StatusAndHeaders(status, fields, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": _crawled(number)},
            )
            writer.write_record(record)
    return path, dict(planned)


def write_records(path: Path, count: int, *, seed: int) -> tuple[Path, dict[str, int]]:
    """Write `count` short articles as JSON Lines and return the states they should get."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            rng = Random(f"{seed}:record:{number}")
            record = {
                "url": f"https://archive.example/{number}",
                "title": headline(rng),
                "author": f"{rng.choice(FIRST)} {rng.choice(LAST)}",
                "published_at": _day(rng).isoformat(),
                "text": "\n\n".join(paragraphs(rng, RECORD_WORDS)),
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path, {"processed": count}


def _answer(number: int, seed: int) -> tuple[str, str, str, str, bytes]:
    """Return state planned, address, status line, media type and payload."""
    if number % GONE == 7:
        return "rejected", f"https://gone.example/{number}", "404 Not Found", "text/html", b"gone"
    if number % BINARY == 13:
        address = f"https://papers.example/{number}.pdf"
        return "rejected", address, "200 OK", "application/pdf", b"%PDF-1.7 " + bytes(5_000)
    is_copy = number % COPY == 21
    drawn = Random(f"{seed}:page:{number - is_copy}")
    host = "copies" if is_copy else "pages"
    day = _day(drawn)
    url = f"https://{host}.example/{day:%Y/%m/%d}/{number}.html"
    page = _page(drawn, url, day).encode()
    return "duplicate" if is_copy else "processed", url, "200 OK", "text/html; charset=UTF-8", page


def _page(rng: Random, url: str, day: date) -> str:
    title, outlet = headline(rng), rng.choice(OUTLETS)
    author = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": f"{day.isoformat()}T06:00:00Z",
        "author": {"@type": "Person", "name": author},
        "publisher": {"@type": "Organization", "name": outlet},
    }
    return SITE.format(
        title=title,
        outlet=outlet,
        url=url,
        author=author,
        data=json.dumps(data),
        nav="".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in SECTIONS),
        body="".join(f"<p>{text}</p>" for text in paragraphs(rng, PAGE_WORDS)),
        related="".join(f'<li><a href="/{n}">{headline(rng)}</a></li>' for n in range(5)),
    )


def _day(rng: Random) -> date:
    return FIRST_DAY + timedelta(days=rng.randrange(DAYS))


def _crawled(number: int) -> str:
    return f"{CRAWLED + timedelta(seconds=number):%Y-%m-%dT%H:%M:%SZ}"


def _take_in(path: Path, data_dir: Path) -> _Taken:
    """Run `ingest` over one file, its steps timed."""
    clock = Clock()
    settings = Settings(data_dir=data_dir)
    with ExitStack() as patches:
        for timed in timed_steps(clock):
            patches.enter_context(timed)
        find = clock.timed_items("read, hash, keep raw", batches.find_batches)
        patches.enter_context(patch.object(pipeline, "find_batches", find))
        process = clock.timed("batch", processing.process_batch)
        course: list[tuple[int, float]] = []

        def note(counts: Counter[str]) -> None:
            done = course[-1][0] if course else 0
            course.append((done + counts.total(), time.perf_counter() - begun))

        begun = time.perf_counter()
        sources = [Source(location=str(path))]
        pipeline.ingest(settings, sources, flow="ingest", process=process, report=note)
        seconds = time.perf_counter() - begun
    steps = dict(clock.seconds)
    steps["commit"] = steps.pop("batch") - sum(steps.get(step, 0) for step in STEP_NAMES)
    steps["open, settle, record"] = seconds - sum(steps.values())
    with open_lake(settings.location, read_only=True) as lake:
        states = dict(lake.rows("SELECT state, count(*) FROM lake.ledger GROUP BY state"))
    peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # Linux counts in KiB
    return _Taken(steps, seconds, round(peak_kib * 1024 / MEGABYTE), states, course)


def _rows(name: str, taken: _Taken, items: int) -> Iterator[Row]:
    for step, seconds in sorted(taken.steps.items(), key=lambda pair: -pair[1]):
        yield {
            "file": name,
            "step": step,
            "seconds": round(seconds, 2),
            "share %": round(100 * seconds / taken.seconds, 1),
            "items/s": round(items / seconds) if seconds > 0.005 else None,
        }
    yield {
        "file": name,
        "step": "all",
        "seconds": round(taken.seconds, 2),
        "share %": 100.0,
        "items/s": round(items / taken.seconds),
    }
