"""What a commit costs where catalogue and files are on servers, and with several committers.

Each machine is a process that commits batches of 100 articles with a sentence and a mention each,
in the same lake. A PostgreSQL server and moto's server, which stands for S3, run on this machine.
"""

import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from benchmarks.result import Options, Result, Row
from tests.rows import NOW, article, mention, sentence
from tests.services import new_bucket, new_database, postgres, store_server
from warehouse.checks import run_checks
from warehouse.commit import replace_articles
from warehouse.lake import open_lake
from warehouse.location import LakeLocation, ObjectStore

ARTICLES = 100
COMMITS, QUICK_COMMITS = 40, 5
MACHINES = (1, 2, 4)


def measure(options: Options) -> Result:
    """Commit to each kind of lake, by one machine and by several at once."""
    commits = QUICK_COMMITS if options.is_quick else COMMITS
    rows: list[Row] = []
    failures: list[str] = []
    with ExitStack() as stack:
        server, store = stack.enter_context(postgres()).uri, stack.enter_context(store_server())
        for kind in ("SQLite, disk", "PostgreSQL, disk", "PostgreSQL, S3"):
            for machines in MACHINES if kind != "SQLite, disk" else MACHINES[:1]:
                place = _place(options.work / f"{kind}-{machines}", kind, server, store)
                rows.append({"catalogue, files": kind, **_commit_all(place, machines, commits)})
                failures += _wrong(place, machines * commits * ARTICLES)
    return Result(rows=rows, failures=failures)


def _place(folder: Path, kind: str, server: str, store: ObjectStore) -> LakeLocation:
    place = LakeLocation.in_folder(folder, object_store=store)
    if "PostgreSQL" in kind:
        place = replace(place, catalog=f"postgres:{new_database(server)}")
    if "S3" in kind:
        place = replace(place, data_path=f"s3://{new_bucket(store)}/lake/")
    return place


def _commit_all(place: LakeLocation, machines: int, commits: int) -> Row:
    open_lake(place).con.close()  # made, so that no machine measures that
    with get_context("spawn").Pool(machines) as pool:
        found = pool.starmap(_commit, [(place, number, commits) for number in range(machines)])
    times = [one for part in found for one in part]
    seconds = max(end for _, end in times) - min(begin for begin, _ in times)
    spent = sorted((end - begin) * 1000 for begin, end in times)
    return {
        "machines": machines,
        "median ms": round(statistics.median(spent)),
        "slowest of 20, ms": round(spent[int(0.95 * (len(spent) - 1))]),
        "commits a second, all": round(machines * commits / seconds, 1),
    }


def _commit(place: LakeLocation, machine: int, commits: int) -> list[tuple[float, float]]:
    """Commit batches and return when each began, to wait for others or at once, and when it ended.

    The times are those of a clock that all processes of this machine share.
    """
    spent = []
    with open_lake(place) as lake:
        for number in range(commits):
            names = [f"{machine}-{number}-{one}" for one in range(ARTICLES)]
            begun = time.monotonic()
            with lake.write() as con:
                rows: dict[str, Sequence[object]] = {
                    "sentences": [sentence(name) for name in names],
                    "mentions": [mention(name) for name in names],
                }
                heads = [article(name) for name in names]
                replace_articles(con, heads, [], rows, run_id="r", now=NOW)
            spent.append((begun, time.monotonic()))
    return spent


def _wrong(place: LakeLocation, wanted: int) -> list[str]:
    with open_lake(place, read_only=True) as lake:
        ((present,),) = lake.rows("SELECT count(*) FROM articles")
        twice = [found.name for found in run_checks(lake) if found.name == "unique_ids"]
    lost = [f"{present} articles instead of {wanted}"] if present != wanted else []
    return lost + [f"check {name} found rows" for name in twice]
