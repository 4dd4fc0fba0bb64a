"""What `annotate` costs beside `nlp.pipe`, the same language model alone, on one core.

The texts are those that `nlp` reads, with a day of publication each. Each turn has texts of its
own, which both read, in turn the one or the other first; the first turn is not counted. Seconds are
those of the process, which is bound to one CPU as that of `stance` is.
"""

import itertools
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from unittest.mock import patch

from benchmarks.result import Options, Result, Row
from benchmarks.speed.shares import in_turns, share_rows, timed_steps, words_a_second

TURNS, TEXTS = 10, 10
"""Turns that count, and texts a turn; a quick run has fewer."""
QUICK_TURNS, QUICK_TEXTS = 2, 3
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
NETWORKS = ("between", "towards")
"""Methods of the classifier of stances."""
FOUND = ("stances", "time_expressions", "events", "citations")


def measure(options: Options) -> Result:
    """Time `nlp.pipe` and `annotate` over the same texts, and the steps of the latter."""
    turns, count = (QUICK_TURNS, QUICK_TEXTS) if options.is_quick else (TURNS, TEXTS)
    return in_turns(options, turns, count, _compared)


def _compared(given: Sequence[str], count: int) -> tuple[list[Row], dict[str, object]]:
    """Return the share of each step, the ratio, and how many rows a text has."""
    from benchmarks.scale import Clock
    from flows.evaluation.text_article import text_article
    from tasks.extract.annotate import Annotator
    from tasks.language import load_language
    from tasks.language.stance import StanceModel

    annotator, nlp = Annotator(), load_language()
    clock, found = Clock(time.process_time), Counter[str]()

    def alone(turn: Sequence[str]) -> None:
        with nlp.memory_zone():
            for _ in nlp.pipe(turn):
                pass

    def annotated(turn: Sequence[str]) -> None:
        articles = [text_article(text, published_on=next(days)) for text in turn]
        for _, rows in annotator.annotate_batch(articles):
            found.update({table: len(getattr(rows, table)) for table in FOUND})

    days = (FIRST_DAY + timedelta(days=number) for number in itertools.count())
    ways = [alone, annotated]
    taken: list[list[float]] = []
    with timed_steps(clock, STEPS), ExitStack() as patches:
        for name in NETWORKS:
            timed = clock.timed("of stances, networks", getattr(StanceModel, name))
            patches.enter_context(patch.object(StanceModel, name, timed))
        for start in range(0, len(given), count):
            seconds = [0.0, 0.0]
            for way in (0, 1) if start // count % 2 else (1, 0):
                seconds[way] = clock.now()
                ways[way](given[start : start + count])
                seconds[way] = clock.now() - seconds[way]
            taken.append(seconds)
            if not start:
                clock.seconds.clear()
                found.clear()
    pipe, annotate = (sum(way) for way in zip(*taken[1:], strict=True))
    ratios = [both / one for one, both in taken[1:]]
    counted = given[count:]
    figures: dict[str, object] = {
        "annotate / nlp.pipe": round(annotate / pipe, 2),
        "of a turn": f"{min(ratios):.2f} to {max(ratios):.2f}",
        "words/s, nlp.pipe": words_a_second(counted, pipe),
        "words/s annotated": words_a_second(counted, annotate),
    }
    figures |= {
        f"{table.replace('_', ' ')} in a text": round(found[table] / len(counted), 1)
        for table in FOUND
    }
    return share_rows(clock.seconds, annotate), figures
