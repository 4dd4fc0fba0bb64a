"""What share of `annotate` each step takes, on one core."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

from benchmarks.result import Row

if TYPE_CHECKING:
    from benchmarks.scale import Clock


def bind() -> None:
    """Bind this process to one CPU: before anything is imported that starts threads."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])


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
