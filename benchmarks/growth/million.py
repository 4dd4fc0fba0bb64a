"""A lake of 10 thousand, 100 thousand and a million articles: what each step costs in it.

Rows are cloned from annotated articles (`clones.py`), without NLP, and put in 10,000 articles a
transaction; the next batches of 200 go through the product's own steps. Each part runs in a process
of its own, and can be taken again from a kept lake.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from benchmarks.growth import reading, writing
from benchmarks.growth.timing import Taken, bound_memory
from benchmarks.result import Options, Result, Row
from flows.pipeline import ingest
from flows.settings import Settings
from seeds import folder
from tasks.records import Source

SIZES, QUICK = (10_000, 100_000, 1_000_000), (300, 1_000)
PARTS = {
    "fill": writing.filled,
    "links": writing.linked,
    "utterances": writing.uttered,
    "stories": writing.storied,
    "size": writing.sized,
    "checks": reading.checked,
    "marts": reading.made_marts,
    "macros": reading.asked,
    "publication": reading.published,
    "batch": writing.batches,
    "upkeep": writing.kept_up,
}
"""In the order in which they are measured."""
WIKINEWS = "articles/wikinews-2019-2020.jsonl"


def measure(options: Options) -> Result:
    """Fill a lake of each size where there is none yet, and measure every part that is asked for.

    What was taken before in a kept lake stands in its `taken.json` and is shown beside.
    """
    home = options.keep or options.work
    template = home / "template"
    if not template.exists():
        _annotate(template, options)
    sizes = (options.only,) if options.only else QUICK if options.is_quick else SIZES
    for size in sizes:
        for part in options.parts or PARTS:
            _take(home / str(size), template, size, part)
    kept = {size: _read(home / str(size)) for size in sizes}
    return Result(rows=_rows(kept), figures={}, failures=list(_failures(kept)))


def _annotate(template: Path, options: Options) -> None:
    """Run the pipeline over Wikinews where it is given, else over the sample articles."""
    given = options.data / WIKINEWS if options.data else folder() / "articles"
    ingest(Settings(data_dir=template), [Source(location=str(given))])


def _take(place: Path, template: Path, size: int, part: str) -> None:
    place.mkdir(parents=True, exist_ok=True)
    if part == "fill" and _read(place):
        return
    with ProcessPoolExecutor(1, get_context("spawn"), bound_memory, max_tasks_per_child=1) as pool:
        try:
            taken = pool.submit(PARTS[part], place, template, size).result()
        except BrokenProcessPool:
            taken = [Taken(part, part, problem="killed")]
    fresh = {(one.part, one.what): one for one in taken}
    kept = [one for one in _read(place) if (one.part, one.what) not in fresh] + taken
    text = json.dumps([one._asdict() for one in kept], indent=1)
    (place / "taken.json").write_text(text + "\n", encoding="utf-8")


def _read(folder: Path) -> list[Taken]:
    path = folder / "taken.json"
    if not path.is_file():
        return []
    return [Taken(**one) for one in json.loads(path.read_text(encoding="utf-8"))]


def _rows(kept: dict[int, list[Taken]]) -> list[Row]:
    """Return a row for each thing measured, with seconds, CPU seconds and memory by size."""
    rows: dict[tuple[str, str], dict[str, object]] = {}
    for size, taken in kept.items():
        for one in taken:
            row = rows.setdefault((one.part, one.what), {"part": one.part, "what": one.what})
            row[f"{size:,}"] = one.problem or (one.seconds if one.value is None else one.value)
            if one.cpu is not None:
                row[f"{size:,}: CPU s"] = one.cpu
                row[f"{size:,}: peak MB"] = one.peak_mb
    return list(rows.values())


def _failures(kept: dict[int, list[Taken]]) -> Iterator[str]:
    for size, taken in kept.items():
        for one in taken:
            if one.problem:
                yield f"{size:,} articles, {one.part}, {one.what}: {one.problem}"
