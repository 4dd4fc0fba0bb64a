"""The same input again gives the same tables: at once, elsewhere, on another day, in other batches.

The second run over the same folder may add rows to `ledger` and `runs` alone. The others go into
new lakes: from a copy of the input with a clock that is more than a year ahead, and in batches
of seven; there all tables must be equal but for the columns that name the run and its times.
"""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from benchmarks.result import Options, Result, SkippedError, given_file
from benchmarks.tables import RUN_COLUMNS, Digest, differing, digests, lake_of
from flows import batches, pipeline
from flows.publishing import Summary
from flows.settings import Settings
from tasks.records import Source
from warehouse.publication import BOOKKEEPING

SAMPLES = Path("seeds/articles")
WIKINEWS = "articles/wikinews-2019-2020.jsonl"
LATER = timedelta(days=400)
SMALL_BATCH = 7


def measure(options: Options) -> Result:
    """Run each input four times and compare the tables."""
    inputs = {"samples": SAMPLES}
    note = {}
    try:
        inputs["wikinews"] = given_file(options, WIKINEWS)
    except SkippedError as reason:
        note["wikinews"] = f"skipped, {reason}"
    rows: list[dict[str, object]] = []
    failures: list[str] = []
    for name, path in inputs.items():
        for comparison, items, rows_compared, found in _compare(path, options.work / name):
            rows.append(
                {
                    "input": name,
                    "compared with the first run": comparison,
                    "items": items,
                    "rows": rows_compared,
                    "differing": len(found),
                }
            )
            failures += [f"{name}, {comparison}: {problem}" for problem in found]
    return Result(rows=rows, figures=note, failures=failures)


Comparison = tuple[str, int, int, list[str]]
"""What was compared, items of the run, rows compared, and what differed."""


def _compare(path: Path, work: Path) -> list[Comparison]:
    first_dir = work / "first"
    first = _run(path, first_dir)
    exact, timeless = _digests(first_dir)
    again = _run(path, first_dir)
    new, _ = _digests(first_dir)
    changed = [f"{t} changed" for t in differing(exact, new) if t not in BOOKKEEPING]
    if again.counts["unchanged"] != again.counts["items"] or again.counts["items"] == 0:
        changed.append(f"items are not all unchanged: {again.counts}")
    if again.published is None or again.published.is_new:
        changed.append("published anew though nothing changed")
    kept = sum(count for table, (count, _) in exact.items() if table not in BOOKKEEPING)
    found: list[Comparison] = [("again, same lake", again.counts["items"], kept, changed)]

    moved = work / "elsewhere" / path.name
    moved.parent.mkdir()
    (shutil.copytree if path.is_dir() else shutil.copy)(path, moved)
    with patch.object(batches, "_now", lambda: datetime.now(UTC) + LATER):
        found.append(_other("other place and day", moved, work / "second", timeless))
    found.append(_other("batches of seven", path, work / "third", timeless, batch_size=SMALL_BATCH))
    if first.counts["items"] != again.counts["items"]:
        changed.append("another number of items")
    return found


def _other(
    name: str, path: Path, data_dir: Path, wanted: dict[str, Digest], **given: int
) -> Comparison:
    summary = _run(path, data_dir, **given)
    _, timeless = _digests(data_dir)
    changed = [f"{table} differs" for table in differing(wanted, timeless)]
    return name, summary.counts["items"], sum(count for count, _ in timeless.values()), changed


def _run(path: Path, data_dir: Path, **given: int) -> Summary:
    settings = Settings.model_validate({"data_dir": data_dir, **given})
    return pipeline.run(settings, [Source(location=str(path))])


def _digests(data_dir: Path) -> tuple[dict[str, Digest], dict[str, Digest]]:
    """Return the digests over all columns, and over those that no run and no settings bear on."""
    with lake_of(data_dir) as lake:
        return digests(lake), digests(lake, without=RUN_COLUMNS | {"settings_sha256"})
