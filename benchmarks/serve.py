"""`demarche serve` with a run each minute: memory, size of Prefect's state, drift of start times.

Each run finds one new article. `--minutes` says for how long; the default is an hour. Memory is
resident, of the process and of its Prefect server, looked at every two seconds.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from benchmarks.generated import articles
from benchmarks.result import Options, Result, Row
from flows.settings import Settings
from warehouse.lake import open_lake

EVERY, QUICK_EVERY = 60, 20
"""Seconds from run to run."""

STOP = 120.0
"""Seconds that it may take to stop."""
LOOK = 2.0
WARM = 3
"""Runs after which all that is loaded once is loaded: memory is compared from here on."""

GROWTH = 1.15
"""Resident memory at the end, over that after the first runs, from which it counts as growing."""

LATE = 2.0
"""Seconds after its due time by which a job must begin where none is at work."""


@dataclass(slots=True)
class Look:
    """What was seen at one moment, in seconds from the start and megabytes."""

    seconds: float
    own_mb: float
    server_mb: float
    state_mb: float


def measure(options: Options) -> Result:
    """Serve for the minutes given, look on, stop it, and read what its log and its lake say."""
    every = QUICK_EVERY if options.is_quick else EVERY
    seconds = (2 if options.is_quick else options.minutes) * 60
    inbox = options.work / "in"
    inbox.mkdir()
    config = options.work / "demarche.toml"
    config.write_text('[[sources]]\nid = "inbox"\nlocation = "in"\n', encoding="utf-8")
    fresh = articles(1 + int(seconds / every * 2), seed=options.seed)
    looks: list[Look] = []
    with _serving(options.work, every) as process:
        begun = time.monotonic()
        while (passed := time.monotonic() - begun) < seconds and process.poll() is None:
            if passed >= len(list(inbox.iterdir())) * every:
                article = next(fresh)
                name = f"{len(list(inbox.iterdir())):05}.jsonl"
                (inbox / name).write_text(json.dumps(article) + "\n", encoding="utf-8")
            looks.append(_look(process.pid, options.work / "data", passed))
            time.sleep(LOOK)
        stopping = time.monotonic()
        process.send_signal(signal.SIGTERM)
        try:
            status = process.wait(timeout=STOP)
        except subprocess.TimeoutExpired:  # what was seen so far is told all the same
            process.kill()
            status = process.wait()
        stopped = time.monotonic() - stopping
    return _result(options.work / "data", looks, every, status, stopped)


@contextmanager
def _serving(work: Path, every: int) -> Iterator["subprocess.Popen[bytes]"]:
    own = ("PREFECT_", "DEMARCHE_")
    environment = {name: text for name, text in os.environ.items() if not name.startswith(own)}
    root = str(Path(__file__).parents[1])
    command = [sys.executable, "-m", "flows.cli.main", "serve", "--every", str(every)]
    with (
        (work / "out.txt").open("wb") as out,
        subprocess.Popen(
            [*command, "--data-dir", "data"],
            cwd=work,
            env=environment | {"PYTHONPATH": root},
            stdout=out,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def _look(pid: int, data: Path, seconds: float) -> Look:
    own = server = 0
    try:
        process = psutil.Process(pid)
        own = process.memory_info().rss
        server = sum(child.memory_info().rss for child in process.children(recursive=True))
    except psutil.NoSuchProcess:
        pass
    state = sum(path.stat().st_size for path in (data / "prefect").glob("prefect.db*"))
    return Look(seconds, own / 1e6, server / 1e6, state / 1e6)


def _result(data: Path, looks: list[Look], every: int, status: int, stopped: float) -> Result:
    log = (data / "logs" / "demarche.jsonl").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in log]
    done = [line for line in told if line["message"] == "job done" and line["job"] == "run"]
    failed = [line for line in told if line["message"] == "job failed"]
    on_time = _awaited(done)
    late = [line["late_seconds"] for line in on_time]
    work = _started_after(data, on_time)
    rows = _rows(looks)
    warm = [look for look in looks if look.seconds > WARM * every] or looks[-1:]
    first, last = _part(warm, 0), _part(warm, -1)
    figures = {
        "minutes": round(looks[-1].seconds / 60, 1),
        "seconds from run to run": every,
        "runs": len(done),
        "runs due while none was at work": len(on_time),
        "runs that failed": len(failed),
        "seconds late, median": round(median(late), 3) if late else None,
        "seconds late, most": round(max(late), 3) if late else None,
        "seconds late, last": late[-1] if late else None,
        "seconds from due to the run's row, median": round(median(work), 2) if work else None,
        "demarche MB after the first runs": round(first[0]),
        "demarche MB at the end": round(last[0]),
        "server MB after the first runs": round(first[1]),
        "server MB at the end": round(last[1]),
        "Prefect's state MB a run": round((warm[-1].state_mb - warm[0].state_mb) / max(
            1, (warm[-1].seconds - warm[0].seconds) / every), 3),
        "seconds to stop": round(stopped, 1),
    }  # fmt: skip
    failures = [f"{len(failed)} runs failed"] if failed else []
    failures += [f"exit status {status}"] if status else []
    failures += [f"a run began {max(late)} s late"] if late and max(late) > LATE else []
    for name, before, after in (("demarche", first[0], last[0]), ("server", first[1], last[1])):
        if after > GROWTH * before:
            failures.append(f"memory of {name} grew from {before:.0f} to {after:.0f} MB")
    return Result(rows=rows, figures=figures, failures=failures)


def _awaited(done: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the jobs that were waited for: not the first, nor one due while another worked."""
    return [job for before, job in pairwise(done) if before["at"] < job["due_at"]]


def _started_after(data: Path, done: list[dict[str, Any]]) -> list[float]:
    """Return the seconds from each due time to the start that the run's own row has."""
    with open_lake(Settings(data_dir=data).location, read_only=True) as lake:
        started = dict(lake.rows("SELECT run_id, started_at FROM runs"))
    return [
        (started[line["run_id"]] - datetime.fromisoformat(line["due_at"])).total_seconds()
        for line in done
    ]


def _part(looks: list[Look], end: int) -> tuple[float, float]:
    """Return the median memory, own and server's, of the first or last fifth of `looks`."""
    fifth = max(1, len(looks) // 5)
    part = looks[:fifth] if end == 0 else looks[-fifth:]
    return median(look.own_mb for look in part), median(look.server_mb for look in part)


def _rows(looks: list[Look]) -> list[Row]:
    steps = range(0, len(looks), max(1, len(looks) // 10))
    return [
        {
            "minute": round(look.seconds / 60, 1),
            "demarche MB": round(look.own_mb),
            "server MB": round(look.server_mb),
            "Prefect's state MB": round(look.state_mb, 1),
        }
        for look in [*(looks[step] for step in steps), looks[-1]]
    ]
