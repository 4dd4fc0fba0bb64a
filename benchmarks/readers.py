"""Readers of the publication while it is replaced fifty times: no error, nothing torn.

Forty processes open what is published anew again and again, in five ways (`reading.py`), and ask
questions whose answer is known. Meanwhile this process puts articles into the lake, new ones and
new texts of known ones, publishes, and exports to PostgreSQL, over and over. The articles' rows
are made, not extracted: what extraction costs has benchmarks of its own.
"""

import multiprocessing
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

from benchmarks.reading import Counts, read_until
from benchmarks.result import Options, Result
from benchmarks.rows import put_part
from warehouse.export.postgres import export_to_postgres
from warehouse.lake import open_lake
from warehouse.location import LakeLocation
from warehouse.publication import publish

PUBLICATIONS, QUICK_PUBLICATIONS = 50, 5
CREW = {"python": 14, "command line": 8, "adbc": 6, "parquet": 4, "postgres": 8}
"""Readers by what they read with: forty."""
QUICK_CREW = dict.fromkeys(CREW, 1) | {"python": 2}


def measure(options: Options) -> Result:
    """Publish and export while the crew reads."""
    from tests.services import new_database, postgres  # the server of the tests does here, too

    wanted = QUICK_PUBLICATIONS if options.is_quick else PUBLICATIONS
    crew = QUICK_CREW if options.is_quick else CREW
    seconds: defaultdict[str, float] = defaultdict(float)
    with postgres() as server, open_lake(LakeLocation.in_folder(options.work / "lake")) as lake:
        database = new_database(server.uri)
        folder = options.work / "publish"

        def publish_part(number: int) -> None:
            put_part(lake, number)
            began = time.perf_counter()
            publish(lake, folder, keep=5, code_version="1")
            published = time.perf_counter()
            export_to_postgres(folder, database)
            seconds["seconds for a publication"] += published - began
            seconds["seconds for an export"] += time.perf_counter() - published

        results = watch(crew, folder, database, publish_part, wanted)
    means = {name: round(total / (wanted + 1), 2) for name, total in seconds.items()}
    return Result(
        rows=_rows(results, wanted),
        figures={"readers": sum(crew.values()), "publications": wanted, **means},
        failures=[f"{name}: {text}" for name, _, texts in results for text in texts],
    )


Found = tuple[str, Counts, list[str]]


def watch(
    crew: Mapping[str, int],
    folder: Path,
    database: str,
    publish_part: Callable[[int], None],
    publications: int,
) -> list[Found]:
    """Publish once, then as often as asked while `crew` reads; return what it found."""
    publish_part(0)
    with reading(crew, folder, database) as results:
        for number in range(1, publications + 1):
            publish_part(number)
    return results


@contextmanager
def reading(crew: Mapping[str, int], folder: Path, database: str) -> Iterator[list[Found]]:
    """Have processes of `crew` read in this block; afterwards the list has what each found."""
    context = multiprocessing.get_context("spawn")
    results: list[Found] = []
    with context.Manager() as manager:
        stop = context.Event()
        found: Queue[Found] = manager.Queue()
        names = [name for name, count in crew.items() for _ in range(count)]
        readers = [
            context.Process(
                target=read_until, args=(name, folder, database, stop, found), daemon=True
            )
            for name in names
        ]
        for reader in readers:
            reader.start()
        try:
            yield results
        finally:
            stop.set()
            results += [found.get(timeout=300) for _ in readers]
            for reader in readers:
                reader.join()


def _rows(results: list[Found], wanted: int) -> list[dict[str, object]]:
    """Return a row for each way of reading: counts added up, versions those of who saw fewest."""
    rows: list[dict[str, object]] = []
    for way in sorted({name for name, _, _ in results}):
        counts = [found for name, found, _ in results if name == way]
        added = {key: sum(count[key] for count in counts) for key in ("opens", "errors", "torn")}
        fewest = min(count["versions seen"] for count in counts)
        rows.append(
            {"reads with": way, "readers": len(counts), "publications": wanted}
            | added
            | {"versions that each saw, at least": fewest}
        )
    return rows
