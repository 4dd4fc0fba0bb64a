"""Read 1 % and 100 % of a lake's articles again: how long, and is the difference the right one.

A lake of generated articles is built, then the registry learns one more name. The newest 1 % of
the articles are read again and compared, then all. The differences told must be those between the
lake and one built afresh with the larger registry; once promoted, the tables must be its tables.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.generated import write_articles
from benchmarks.result import Options, Result
from benchmarks.tables import RUN_COLUMNS, Digest, differing, digests, lake_of
from flows import pipeline, reprocessing
from flows.settings import Settings
from tasks.records import Source
from warehouse.difference import DERIVED, KEYS, compared
from warehouse.lake import open_lake
from warehouse.staging import Scope
from warehouse.tables import ARTICLE_ROWS

ARTICLES, FEW = 500, 40
"""Articles where nobody says how many, and of a quick measurement: reading them takes the time."""
SHARE = 100
"""The newest article of so many is read again in the first round."""

FIGURES = frozenset({"quality", "runs", "ledger"})
"""Tables that tell of runs, of which the lakes had other ones."""

T = TypeVar("T")
Tallies = dict[str, tuple[int, int, int]]


def measure(options: Options) -> Result:
    """Build, change the registry, read again in two rounds, build afresh, and compare."""
    size = options.only or (FEW if options.is_quick else ARTICLES)
    articles = write_articles(options.work / "in.jsonl", size, seed=options.seed)
    folder = options.work / "entities"
    settings = Settings(data_dir=options.work / "lake", entities_folder=folder)
    rows: list[dict[str, object]] = []
    build = _timed(rows, "build", lambda: _build(settings, articles))
    _learn(folder)
    fresh = settings.model_copy(update={"data_dir": options.work / "fresh"})
    _timed(rows, "fresh build", lambda: _build(fresh, articles))
    wanted = _tallies(settings, fresh)
    failures = [] if build else ["nothing was built"]
    with open_lake(settings.location, read_only=True) as lake:
        newest = max(1, size // SHARE)
        ((since,),) = lake.rows(
            "SELECT published_on FROM articles ORDER BY 1 DESC LIMIT 1 OFFSET ?", [newest - 1]
        )
    _round(rows, settings, "1 %", Scope(since=since))
    reprocessing.discard(settings)
    told = _round(rows, settings, "100 %", Scope())
    if told != wanted:
        failures.append(f"differences told {told}, of a fresh build {wanted}")
    _timed(rows, "promote 100 %", lambda: reprocessing.promote(settings))
    failures += [f"{t} differs from a fresh build" for t in _differing(settings, fresh)]
    figures = {"rows that differ": sum(map(sum, wanted.values())), "articles": size}
    return Result(rows=rows, figures=figures, failures=failures)


def _build(settings: Settings, articles: Path) -> str:
    return pipeline.ingest(settings, [Source(location=str(articles))])


def _learn(folder: Path) -> None:
    folder.mkdir()
    header = "entity_id,name,type,country_iso3,wikidata_id,description\n"
    row = "initiative:water-treaty,the water treaty,initiative,,,\n"
    (folder / "entities.csv").write_text(header + row)


def _round(rows: list[dict[str, object]], settings: Settings, share: str, scope: Scope) -> Tallies:
    _timed(rows, f"reprocess {share}", lambda: reprocessing.reprocess(settings, scope=scope))
    _, told = _timed(rows, f"compare {share}", lambda: reprocessing.compare(settings, samples=0))
    return {one.name: (one.added, one.removed, one.changed) for one in told.tables}


def _timed(rows: list[dict[str, object]], what: str, work: Callable[[], T]) -> T:
    wall, cpu = time.monotonic(), time.process_time()
    done = work()
    spent = {"seconds": time.monotonic() - wall, "CPU seconds": time.process_time() - cpu}
    rows.append({"what": what, **{name: round(value, 1) for name, value in spent.items()}})
    return done


def _tallies(old: Settings, new: Settings) -> Tallies:
    """Count what differs between two lakes by other means than the code that is measured."""
    found = {}
    for table in (*ARTICLE_ROWS, *DERIVED):
        was, now = (_rows(one, table) for one in (old, new))
        gone, come = was - now, now - was
        keys = len(KEYS.get(table, ()))
        changed = len({row[:keys] for row in gone} & {row[:keys] for row in come}) if keys else 0
        counts = (len(come) - changed, len(gone) - changed, changed)
        if any(counts):
            found[table] = counts
    return found


def _rows(settings: Settings, table: str) -> set[tuple[object, ...]]:
    """Return the rows of `table`, the columns of its key first; a row that is there twice, once."""
    names = list(KEYS.get(table, ()))
    chosen = ", ".join(f'"{name}"' for name in names)
    with lake_of(settings.data_dir) as lake:
        sql = f"SELECT {chosen + ', ' if chosen else ''}{compared(table)} FROM lake.main.{table}"
        return set(lake.rows(sql))


def _differing(ours: Settings, fresh: Settings) -> list[str]:
    found: list[dict[str, Digest]] = []
    for settings in (ours, fresh):
        with lake_of(settings.data_dir) as lake:
            found.append(digests(lake, without=RUN_COLUMNS))
    return [table for table in differing(*found) if table not in FIGURES]
