"""Measuring on one core, turn by turn, and what share of `annotate` each step takes."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING
from unittest.mock import patch

from benchmarks.result import Options, Result, Row
from benchmarks.speed.texts import texts

if TYPE_CHECKING:
    from benchmarks.scale import Clock


def bind() -> None:
    """Bind this process to one CPU: before anything is imported that starts threads."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])


def in_turns(
    options: Options,
    turns: int,
    count: int,
    work: Callable[[Sequence[str], int], tuple[list[Row], dict[str, object]]],
) -> Result:
    """Return what `work` finds on one CPU over texts for `turns` turns of `count` and one before.

    It is given the texts and `count`, and returns rows and figures.
    """
    origin, given = texts(options, (turns + 1) * count)
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=bind) as pool:
        rows, figures = pool.submit(work, given, count).result()
    told = {"texts": origin, "turns": turns, "texts a turn": count}
    return Result(rows=rows, figures={**told, **figures})


@contextmanager
def timed_steps(clock: "Clock", steps: Mapping[str, str]) -> Iterator[None]:
    """Add to `clock` the time of functions of `tasks.extract.annotate`, by what they are called."""
    from tasks.extract import annotate

    with ExitStack() as patches:
        for name, step in steps.items():
            timed = clock.timed(step, getattr(annotate, name))
            patches.enter_context(patch.object(annotate, name, timed))
        yield


def share_rows(steps: Mapping[str, float], seconds: float) -> list[Row]:
    """Return the seconds of each step and their share in all, the longest first, then all."""
    ordered = [*sorted(steps.items(), key=lambda pair: -pair[1]), ("annotate", seconds)]
    return [
        {"what": step, "seconds": round(taken, 2), "share %": round(100 * taken / seconds, 1)}
        for step, taken in ordered
    ]


def words_a_second(texts: Sequence[str], seconds: float) -> int:
    """Return how many words of `texts` are read in a second."""
    return round(sum(len(text.split()) for text in texts) / seconds)
