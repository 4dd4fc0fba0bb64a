"""The index of near duplicates as it grows: seconds a batch, memory, bytes, a look-up at the end.

Generated articles, five times as many as `--articles`, go through a lake a thousand at a time as
in a run, without extraction and without raw bytes. One in a hundred is a copy of an earlier one.
"""

import resource
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

from benchmarks.generated import articles
from benchmarks.near_duplicates import made_article
from benchmarks.result import Options, Result, Row
from benchmarks.variants import worked_over
from flows import parsing, preparing, processing
from flows.knowing import Bands, Pairs, known_of
from flows.preparing import Work
from flows.settings import Settings
from tasks.ingest.similarity import NEAREST, SHARED, bands, wording
from warehouse.lake import Lake, open_lake
from warehouse.maintenance import compact
from warehouse.text_index import near_originals

TIMES, BATCH, COPIES, ASKED = 5, 1_000, 10, 200
"""Batches for 1,000 of `--articles`, articles and copies a batch, articles of the last look-up."""
FIRST_DAY = date(2020, 1, 1)
SHOWN = 10
"""Batches of which the table shows the mean."""


def measure(options: Options) -> Result:
    """Fill the index batch by batch, then look up one batch more."""
    settings = Settings(data_dir=options.work / "data")
    batches = options.articles * TIMES // BATCH
    spent: list[tuple[float, float]] = []
    counts = {"copies found": 0, "copies": 0, "others taken for copies": 0}
    with open_lake(settings.location) as lake:
        begun = time.perf_counter()
        for number, pairs in enumerate(_batches(batches, options.seed)):
            spent.append(_take_in(lake, pairs, counts))
            if number == 0:
                first_memory = _peak_megabytes()
        seconds = time.perf_counter() - begun
        figures: dict[str, object] = {
            "articles": batches * BATCH,
            "seconds in all, generating included": round(seconds, 1),
            **counts,
            "peak MB after the first batch": first_memory,
            "peak MB": _peak_megabytes(),
            **_size(lake),
            **_look_up(lake, batches, options.seed, "look-up of 200"),
        }
        now = datetime.now(UTC)
        compact(lake, expire_before=now, remove_before=now - timedelta(days=1))
        figures |= _look_up(lake, batches, options.seed, "compacted, look-up of 200")
    figures |= _cost_of_keys(options.seed)
    failures = [] if not counts["others taken for copies"] else ["an article was taken for a copy"]
    return Result(rows=_shown(spent), figures=figures, failures=failures)


def _batches(count: int, seed: int) -> Iterator[Pairs]:
    """Yield batches of distinct articles, ten of each but the first copies of earlier ones."""
    rng = Random(seed)
    for batch in range(count):
        start = batch * BATCH
        day = FIRST_DAY + timedelta(days=batch)
        texts = [record["text"] for record in articles(BATCH, seed=seed, first=start)]
        for number in range(COPIES if batch else 0):
            original = rng.randrange(start // BATCH) * BATCH + rng.randrange(COPIES, BATCH)
            (record,) = articles(1, seed=seed, first=original)
            texts[number] = worked_over(rng, record["text"])
        yield [made_article(text, str(start + n), day) for n, text in enumerate(texts)]


def _take_in(lake: Lake, pairs: Pairs, counts: dict[str, int]) -> tuple[float, float]:
    """Decide and commit as a run does; return the seconds of both, and count what was found."""
    work = Work(run_id="r", is_annotating=False)
    keys: Bands = {}
    blocks: parsing.Blocks = {(raw.source_id, raw.item_ref): () for raw, _ in pairs}
    begun = time.perf_counter()
    decisions = preparing.decided(lake, list(pairs), keys)
    decided = time.perf_counter()
    with lake.write():
        processing._commit(lake, work, decisions, {}, blocks, keys)
    committed = time.perf_counter()
    is_first = pairs[0][1].article_id == "0"
    for number, decision in enumerate(decisions):
        is_copy = number < COPIES and not is_first
        counts["copies"] += is_copy
        counts["copies found"] += is_copy and decision.state == "duplicate"
        counts["others taken for copies"] += not is_copy and decision.state == "duplicate"
    return decided - begun, committed - decided


def _look_up(lake: Lake, batches: int, seed: int, name: str) -> dict[str, object]:
    """Return milliseconds, median of five, for 200 new articles: index alone, and all questions."""
    texts = [record["text"] for record in articles(ASKED, seed=seed, first=batches * BATCH)]
    pairs = [made_article(text, f"new {n}", FIRST_DAY) for n, text in enumerate(texts)]
    keys = {article.text_sha256: bands(article.text) for _, article in pairs}
    index, all_questions = [], []
    for _ in range(5):
        begun = time.perf_counter()
        near_originals(lake, keys, shared=SHARED, limit=NEAREST)
        index.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        known_of(lake, pairs, keys)
        all_questions.append(time.perf_counter() - begun)
    return {
        f"{name}: ms, index alone": round(1000 * statistics.median(index)),
        f"{name}: ms, all that is asked": round(1000 * statistics.median(all_questions)),
    }


def _size(lake: Lake) -> dict[str, object]:
    rows = lake.rows("SELECT count(*), count(DISTINCT article_id) FROM lake.text_bands")
    files = lake.rows(
        """SELECT file_count, file_size_bytes FROM ducklake_table_info('lake')
        WHERE table_name = 'text_bands'"""
    )
    return {
        "keys": rows[0][0],
        "keys an original": round(rows[0][0] / rows[0][1], 1),
        "files of the index": files[0][0],
        "MB of the index": round(files[0][1] / 1e6, 1),
    }


def _cost_of_keys(seed: int) -> dict[str, object]:
    texts = [record["text"] for record in articles(ASKED, seed=seed)]
    figures: dict[str, object] = {}
    for name, function in (("keys", bands), ("what is compared", wording)):
        begun = time.perf_counter()
        for text in texts:
            function(text)
        figures[f"ms an article for {name}"] = round(
            1000 * (time.perf_counter() - begun) / len(texts), 2
        )
    return figures


def _shown(spent: list[tuple[float, float]]) -> list[Row]:
    """Return the mean seconds of a batch for each stretch of ten batches."""
    rows: list[Row] = []
    for start in range(0, len(spent), SHOWN):
        part = spent[start : start + SHOWN]
        rows.append(
            {
                "articles": (start + len(part)) * BATCH,
                "s to decide on 1,000": round(statistics.mean(d for d, _ in part), 2),
                "s to commit 1,000": round(statistics.mean(c for _, c in part), 2),
            }
        )
    return rows


def _peak_megabytes() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
