"""Who annotates in a run, by the settings: this process, a pool of processes, or a Dask cluster."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from typing import TypeVar

from flows.annotating.cluster import Cluster
from flows.annotating.crew import Crew, Submit
from flows.annotating.pool import Pool
from flows.settings import AnnotateSettings, Settings

Hands = Callable[[AnnotateSettings], AbstractContextManager[Submit]]
"""Opens the way to those who do jobs; what takes time is done with the first job."""
T = TypeVar("T")


@contextmanager
def own_hands(given: AnnotateSettings) -> Iterator[Submit]:
    """Have jobs done by the processes or the cluster of the settings, without Prefect."""
    if given.cluster is not None:
        with closing(Cluster(given.cluster, timeout=given.timeout)) as cluster:
            yield lambda job: partial(cluster.wait, cluster.submit(job), job)
        return
    size = pool_size(given)
    with ThreadPoolExecutor(size) as threads, closing(Pool(size)) as pool:
        try:
            yield lambda job: threads.submit(pool.run, job).result
        finally:
            threads.shutdown(wait=False, cancel_futures=True)


def pool_size(given: AnnotateSettings) -> int:
    """Return how many processes the settings want."""
    return given.processes or len(os.sched_getaffinity(0))


@contextmanager
def open_crew(settings: Settings, run_id: str, hands: Hands = own_hands) -> Iterator[Crew | None]:
    """Open the crew of run `run_id`; None where this process annotates alone."""
    if not settings.annotate.is_shared:
        yield None
        return
    crew = None
    try:
        with hands(settings.annotate) as submit:
            crew = Crew(settings, run_id, submit)
            yield crew
    finally:
        if crew is not None:
            crew.clear()


def behind(items: Iterable[T], by: int) -> Iterator[T]:
    """Yield `items`, each once `by` more were taken, or there are no more."""
    held: deque[T] = deque()
    for item in items:
        held.append(item)
        if len(held) > by:
            yield held.popleft()
    yield from held
