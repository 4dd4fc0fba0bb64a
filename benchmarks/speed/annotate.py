"""What share of `annotate` is spent on expressions of time, events and citations, on one core.

The texts are those that `nlp` reads, with a day of publication each; the first is not counted. It
runs in a process bound to one CPU, as `stance` does.
"""

import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context

from benchmarks.result import Options, Result, Row
from benchmarks.speed.shares import bind, share_rows, timed_steps, words_a_second
from benchmarks.speed.texts import texts

TEXTS, QUICK_TEXTS = 80, 6
FIRST_DAY = date(2020, 1, 1)
"""Day of the first text; each has the day after the one before."""
STEPS = {
    "make_doc": "language model",
    "find_mentions": "mentions",
    "find_statements": "statements",
    "find_stances": "stances",
    "find_time_expressions": "time expressions",
    "dated": "days of statements",
    "find_events": "events",
    "find_citations": "citations",
}
"""Functions of `tasks.extract.annotate` that are timed."""
FOUND = ("time_expressions", "events", "citations")


def measure(options: Options) -> Result:
    """Time the steps of `annotate`."""
    origin, given = texts(options, (QUICK_TEXTS if options.is_quick else TEXTS) + 1)
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=bind) as pool:
        rows, figures = pool.submit(_annotating, given).result()
    return Result(rows=rows, figures={"texts": origin, "counted": len(given) - 1, **figures})


def _annotating(given: Sequence[str]) -> tuple[list[Row], dict[str, object]]:
    """Return the share of each step, and how many rows a text has."""
    from benchmarks.scale import Clock
    from flows.evaluation.text_article import text_article
    from tasks.extract.annotate import Annotator

    annotator = Annotator()
    annotator.annotate(text_article(given[0], published_on=FIRST_DAY))
    clock, found, counted = Clock(), Counter[str](), given[1:]
    with timed_steps(clock, STEPS):
        begun = time.perf_counter()
        for number, text in enumerate(counted):
            day = FIRST_DAY + timedelta(days=number)
            rows = annotator.annotate(text_article(text, published_on=day))
            found.update({table: len(getattr(rows, table)) for table in FOUND})
        seconds = time.perf_counter() - begun
    figures: dict[str, object] = {
        f"{table.replace('_', ' ')} in a text": round(found[table] / len(counted), 1)
        for table in FOUND
    }
    figures["words/s annotated"] = words_a_second(counted, seconds)
    return share_rows(clock.seconds, seconds), figures
