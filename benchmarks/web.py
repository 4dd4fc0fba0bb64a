"""2,000 pages on 20 hosts, some of them hostile: speed, politeness, ledger, memory, second run."""

import socket
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread
from typing import Any
from unittest.mock import patch

import psutil

from benchmarks import web_server
from benchmarks.result import Options, Result, Row
from flows import pipeline
from flows.settings import FetchSettings, Settings, SourceSettings
from warehouse.lake import open_lake

PAGES = 2_000
DELAY = 0.05
"""Seconds between two requests to a host; a real run keeps 1."""

TOLERANCE = 0.005
"""Seconds by which two starts may seem closer at the server than they were at the client."""

FETCH = FetchSettings(
    contact="mailto:bench@news.example", delay=DELAY, timeout=5, max_seconds=10, max_bytes=5_000_000
)
REASONS = {"unavailable", "gone", "forbidden_address", "bad_address", "too_large", "redirects"}
MEGABYTE = 1_000_000


def measure(options: Options) -> Result:
    """Take in all pages twice, through ingest alone, and look at the server's log each time."""
    pages = 400 if options.is_quick else PAGES
    rows: list[Row] = []
    failures: list[str] = []
    log = options.work / "requests.jsonl"
    with _server(pages, log) as port, _names_of_server():
        settings = _settings(options.work / "data", port)
        for run in ("first", "second"):
            seen = sum(1 for _ in web_server.read_log(log))
            with _peak_memory() as memory:
                begun = time.perf_counter()
                sources = pipeline.sources_of(settings, ())
                run_id = pipeline.ingest(settings, sources, flow="ingest", report=memory.note)
                seconds = time.perf_counter() - begun
            requests = list(web_server.read_log(log))[seen:]
            row, broken = _examine(settings, run_id, requests, pages, is_second=run == "second")
            speed = {"run": run, "seconds": seconds, "pages/s": pages / seconds}
            rows.append(speed | row | memory.columns())
            failures += [f"{run} run: {what}" for what in broken]
    return Result(
        rows=rows, figures={"pages": pages, "hosts": 20, "delay": DELAY}, failures=failures
    )


def _settings(data_dir: Path, port: int) -> Settings:
    sources = tuple(
        SourceSettings(id=host.partition(".")[0], location=f"http://{host}:{port}/feed.xml")
        for host in web_server.HOSTS
    )
    hosts = frozenset(f"{host}:{port}" for host in web_server.HOSTS)
    fetch = FETCH.model_copy(update={"allowed_hosts": hosts})
    return Settings(data_dir=data_dir, sources=sources, fetch=fetch)


def _examine(
    settings: Settings,
    run_id: str,
    requests: list[dict[str, Any]],
    pages: int,
    *,
    is_second: bool,
) -> tuple[dict[str, object], list[str]]:
    """Return what a run did as columns, and the promises that it broke."""
    with open_lake(settings.location, read_only=True) as lake:
        entries = lake.rows(
            "SELECT item_ref, state, reason FROM lake.ledger WHERE run_id = ?", [run_id]
        )
        held = {ref for (ref,) in lake.rows("SELECT item_ref FROM lake.fetches WHERE etag <> ''")}
    states = Counter(state if reason is None else reason for _, state, reason in entries)
    spacing = _closest(requests)
    row: dict[str, object] = {
        "requests": len(requests),
        "conditional": sum(request["is_conditional"] for request in requests),
        "304": sum(request["status"] == 304 for request in requests),
        "closest starts, ms": round(spacing * 1000, 1),
        "at once on a host": _most_at_once(requests),
        "states": ", ".join(f"{state} {count}" for state, count in sorted(states.items())),
    }
    broken = []
    refs = Counter(ref for ref, _, _ in entries)
    if len(refs) != pages or max(refs.values()) > 1:
        broken.append(f"{len(refs)} items in the ledger, {pages} pages")
    if spacing < DELAY - TOLERANCE:
        broken.append(f"two requests to a host {spacing:.3f} s apart")
    if row["at once on a host"] != 1:
        broken.append("requests to one host overlap")
    if is_second and (again := _unconditional(requests, held)):
        broken.append(f"{again} pages that are held were asked without validators")
    if unknown := set(states) - REASONS - {"processed", "unchanged", "duplicate"}:
        broken.append(f"unexpected: {', '.join(sorted(unknown))}")
    return row, broken


def _closest(requests: list[dict[str, Any]]) -> float:
    """Return the least seconds between the starts of two requests to one host."""
    starts = defaultdict(list)
    for request in requests:
        starts[request["host"]].append(request["at"])
    gaps = [b - a for times in starts.values() for a, b in pairwise(sorted(times))]
    return float(min(gaps, default=DELAY))


def _most_at_once(requests: list[dict[str, Any]]) -> int:
    """Return the most requests that were under way to one host at one time.

    The host of traps is left out: the server learns only later that its reader went.
    """
    most = 0
    for host in set(web_server.HOSTS) - {web_server.TRAPS}:
        mine = [r for r in requests if r["host"] == host]
        moments = [(r["at"], 1) for r in mine] + [(r["until"], -1) for r in mine]
        under_way = 0
        for _, change in sorted(moments):
            under_way += change
            most = max(most, under_way)
    return most


def _unconditional(requests: list[dict[str, Any]], held: set[str]) -> int:
    paths = {"/" + ref.split("/", 3)[3] for ref in held}
    return sum(not r["is_conditional"] and r["path"] in paths for r in requests)


@contextmanager
def _server(pages: int, log: Path) -> Iterator[int]:
    command = [sys.executable, "-m", "benchmarks.web_server", str(pages), str(log)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


@contextmanager
def _names_of_server() -> Iterator[None]:
    """Have the names of the hosts lead to this machine."""
    ask = socket.getaddrinfo

    def lead_home(host: Any, *args: Any, **kwargs: Any) -> Any:
        return ask("127.0.0.1" if str(host).endswith(".news.example") else host, *args, **kwargs)

    with patch.object(socket, "getaddrinfo", lead_home):
        yield


class _Memory:
    """The memory of this process over a run: at its start, after each batch, and its peak."""

    def __init__(self) -> None:
        self.process = psutil.Process()
        self.begun = self.peak = self.now()
        self.after_batches: list[int] = []
        self.done = Event()

    def now(self) -> int:
        return int(self.process.memory_info().rss)

    def note(self, _: object) -> None:
        """Note the memory after a batch."""
        self.after_batches.append(self.now())

    def watch(self) -> None:
        """Follow the peak until the run is done."""
        while not self.done.wait(0.02):
            self.peak = max(self.peak, self.now())

    def columns(self) -> dict[str, object]:
        """Return what was noted, in MB; batches by quarter of the run."""
        count = len(self.after_batches)
        quarters = [self.after_batches[(count - 1) * part // 4] for part in range(1, 5)]
        return {
            "MB at start": round(self.begun / MEGABYTE),
            "MB by quarter": " ".join(str(round(size / MEGABYTE)) for size in quarters),
            "peak MB": round(self.peak / MEGABYTE),
        }


@contextmanager
def _peak_memory() -> Iterator[_Memory]:
    memory = _Memory()
    watcher = Thread(target=memory.watch, daemon=True)
    watcher.start()
    try:
        yield memory
    finally:
        memory.done.set()
        watcher.join()
