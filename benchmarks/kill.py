"""SIGKILL at random moments: nothing torn, nothing lost, and the same tables in the end.

A run over the Wikinews articles in batches of 20 is killed at moments drawn over the time that
an undisturbed run takes, again and again over the same lake; when that lake holds all articles,
it is compared and a fresh one started. After each kill the lake must open and every article in
it must have exactly the rows that it has in the undisturbed lake.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random

from benchmarks.leftovers import leftovers
from benchmarks.reading import read_python
from benchmarks.result import Options, Result, given_file
from benchmarks.tables import (
    RUN_COLUMNS,
    Digest,
    article_digests,
    differing,
    digests,
    lake_of,
)
from warehouse.errors import LakeError, WarehouseError
from warehouse.lake import Lake

WIKINEWS = "articles/wikinews-2019-2020.jsonl"
BATCH_SIZE = 20
KILLS, QUICK_KILLS = 20, 4
BY_RUN = frozenset({"runs", "quality"})
"""Tables whose rows are about runs: killed ones leave other rows, and should."""

ARTICLE_STATE = "article_id, revision, text_sha256, duplicate_of, cluster_id, annotated_with"


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """The lake of a run that nothing happened to, and how long the run took."""

    seconds: float
    tables: dict[str, Digest]
    articles: set[tuple[object, ...]]
    rows: dict[str, dict[str, Digest]]


@dataclass(slots=True)
class Tally:
    """What all kills together did."""

    kills: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)


def measure(options: Options) -> Result:
    """Kill runs, look at the lake each time, and compare what the last run makes of it."""
    path = given_file(options, WIKINEWS)
    code = _code_digest()
    undisturbed = _undisturbed(path, options.work / "undisturbed")
    tally = Tally()
    rng = Random(options.seed)
    wanted = QUICK_KILLS if options.is_quick else KILLS
    number = 0
    while tally.kills.total() < wanted:
        number += 1
        _kill_until_complete(path, options.work / f"lake{number}", undisturbed, rng, tally, wanted)
    if _code_digest() != code:
        tally.failures.append("the code was edited meanwhile: measure again, this says nothing")
    names = (
        "torn articles",
        "lost articles",
        "torn publications",
        "differing tables",
        "lakes that did not open",
    )
    return Result(
        rows=[{"moment of the kill": moment, "kills": n} for moment, n in tally.kills.items()],
        figures={
            "seconds of the undisturbed run": round(undisturbed.seconds, 1),
            "lakes taken to their end": number,
            **{name: tally.counts[name] for name in names},
            **{f"left over after the last run: {name}": n for name, n in tally.left.items()},
        },
        failures=tally.failures,
    )


def _code_digest() -> str:
    """Return a digest of all that decides what the runs write; each run loads it anew."""
    folders = ("flows", "tasks", "warehouse", "seeds")
    files = [path for folder in folders for path in Path(folder).rglob("*") if path.is_file()]
    kept = sorted(path for path in files if path.suffix in {".py", ".sql", ".csv"})
    return sha256(b"".join(path.read_bytes() for path in kept)).hexdigest()


def _undisturbed(path: Path, data_dir: Path) -> Undisturbed:
    begun = time.monotonic()
    subprocess.run(_command(path, data_dir), check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - begun
    with lake_of(data_dir) as lake:
        return Undisturbed(
            seconds, digests(lake, without=RUN_COLUMNS), _articles(lake), article_digests(lake)
        )


def _kill_until_complete(
    path: Path, data_dir: Path, undisturbed: Undisturbed, rng: Random, tally: Tally, wanted: int
) -> None:
    """Kill runs over one lake until one comes to its end; it may do so from the last kill on."""
    acknowledged: set[str] = set()
    while tally.kills.total() < wanted:
        if not _is_killed(_command(path, data_dir), rng.uniform(0, undisturbed.seconds)):
            break
        moment = _look(data_dir, undisturbed, acknowledged, tally)
        tally.kills[moment] += 1
    _run_to_the_end(_command(path, data_dir), tally)
    _look(data_dir, undisturbed, acknowledged, tally)
    with lake_of(data_dir) as lake:
        for table in differing(undisturbed.tables, digests(lake, without=RUN_COLUMNS)):
            if table not in BY_RUN:
                tally.counts["differing tables"] += 1
                tally.failures.append(f"{table} differs after the last run")
    _look_for_leftovers(data_dir, tally)


def _run_to_the_end(command: list[str], tally: Tally) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        tally.failures.append(f"the run after a kill failed: {done.stderr.strip()[-300:]}")


def _is_killed(command: list[str], after: float) -> bool:
    """Start `command`, kill it and its children `after` seconds; False where it ended first."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def _look(data_dir: Path, undisturbed: Undisturbed, acknowledged: set[str], tally: Tally) -> str:
    """Check lake and publication after a kill and return how far the run had come."""
    if (data_dir / "publish" / "current").exists():
        wrong = read_python(data_dir / "publish", "")[0]
        tally.counts["torn publications"] += bool(wrong)
        tally.failures += [f"publication: {text}" for text in wrong]
    if not (data_dir / "lake" / "catalog.sqlite").exists():
        return "before there was a lake"
    try:
        with lake_of(data_dir) as lake:
            return _look_inside(lake, undisturbed, acknowledged, tally)
    except LakeError as error:
        # A kill while the lake is made leaves one without tables; the next run must make them.
        if not acknowledged:
            return "while the lake was made"
        _not_open(tally, error)
    except WarehouseError as error:
        _not_open(tally, error)
    return "lake did not open"


def _not_open(tally: Tally, error: WarehouseError) -> None:
    tally.counts["lakes that did not open"] += 1
    tally.failures.append(f"lake did not open: {error}")


def _look_inside(lake: Lake, undisturbed: Undisturbed, acknowledged: set[str], tally: Tally) -> str:
    present = _articles(lake)
    ids = {str(row[0]) for row in present}
    rows = article_digests(lake)
    torn = present - undisturbed.articles
    torn |= {row for row in present if rows.get(str(row[0])) != undisturbed.rows.get(str(row[0]))}
    lost = acknowledged - ids
    tally.counts["torn articles"] += len(torn)
    tally.counts["lost articles"] += len(lost)
    tally.failures += [f"article {row[0]} is torn" for row in sorted(torn, key=str)]
    tally.failures += [f"article {article_id} is lost" for article_id in sorted(lost)]
    tally.failures += _disagreements(lake, rows, ids)
    acknowledged |= ids
    return _moment(lake, len(ids), len(undisturbed.articles))


def _disagreements(lake: Lake, rows: dict[str, dict[str, Digest]], ids: set[str]) -> list[str]:
    found = [f"rows of {article_id}, which is no article" for article_id in rows.keys() - ids]
    taken = "('processed', 'revised', 'duplicate')"
    in_ledger = lake.rows(f"SELECT DISTINCT article_id FROM lake.ledger WHERE state IN {taken}")
    for article_id in {article_id for (article_id,) in in_ledger} ^ ids:
        found.append(f"articles and ledger disagree on {article_id}")
    return found


def _moment(lake: Lake, present: int, wanted: int) -> str:
    if present == 0:
        return "before the first commit"
    if present < wanted:
        return "between first and last commit"
    latest = lake.rows("SELECT arg_max(status, started_at) FROM lake.runs")[0][0]
    return "after the last commit" if latest == "running" else "after the run's end, publishing"


def _articles(lake: Lake) -> set[tuple[object, ...]]:
    return set(lake.rows(f"SELECT {ARTICLE_STATE} FROM lake.articles"))


def _look_for_leftovers(data_dir: Path, tally: Tally) -> None:
    for name, paths in leftovers(data_dir).items():
        tally.left[name] += len(paths)
        if paths and name != "data files that no snapshot needs":
            tally.failures.append(f"left over: {paths[0].relative_to(data_dir)} ({name})")


def _command(path: Path, data_dir: Path) -> list[str]:
    options = ["--no-prefect", "--data-dir", str(data_dir), "--batch-size", str(BATCH_SIZE)]
    return [sys.executable, "-m", "flows.cli.main", "run", str(path), *options]
