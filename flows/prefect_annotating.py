"""Chunks of articles as Prefect tasks, on the task runner that the settings ask for.

Threads wait for the processes of this machine, or for a Dask cluster; where the cluster's workers
can reach Prefect's server, its tasks run there, by `prefect-dask`.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import copy_context
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect.settings import PREFECT_API_URL
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.annotating.cluster import Cluster, installed
from flows.annotating.crew import Submit
from flows.annotating.doing import do
from flows.annotating.job import Done, Job
from flows.annotating.opening import pool_size
from flows.annotating.pool import Pool
from flows.settings import AnnotateSettings

WAITING = 200
"""Threads that wait for chunks at a cluster: no more are under way at once."""
HERE = frozenset({"localhost", "127.0.0.1", "::1"})


@task(name="annotate-chunk", cache_policy=NO_CACHE, persist_result=False)
def annotate_chunk(run: Callable[[Job], Done], job: Job) -> Done:
    """Have a chunk annotated by `run`; the articles and their rows do not pass through Prefect."""
    return run(job)


def runner(given: AnnotateSettings) -> TaskRunner[Any]:
    """Return the task runner on which a flow's chunks are annotated."""
    if given.cluster is None:
        return ThreadPoolTaskRunner(max_workers=pool_size(given) + 1)
    if not is_reached(PREFECT_API_URL.value(), given.cluster):
        return ThreadPoolTaskRunner(max_workers=WAITING)
    with installed():
        from prefect_dask.task_runners import DaskTaskRunner
    return DaskTaskRunner(address=given.cluster, client_kwargs={"timeout": given.timeout})


def is_reached(api_url: str | None, cluster: str) -> bool:
    """Return whether the workers of `cluster` may be thought to reach Prefect's server.

    A temporary server, and one on this machine's loopback address, is for this machine.
    """
    if not api_url:
        return False
    return urlsplit(api_url).hostname not in HERE or urlsplit(cluster).hostname in HERE


@contextmanager
def task_hands(given: AnnotateSettings) -> Iterator[Submit]:
    """Have jobs done as tasks of the flow that is running."""
    flow = FlowRunContext.get()
    assert flow is not None, "chunks are tasks of a flow"
    if given.cluster is None:
        with closing(Pool(pool_size(given))) as pool:
            yield lambda job: annotate_chunk.submit(pool.run, job).result
    elif isinstance(flow.task_runner, ThreadPoolTaskRunner):
        with closing(Cluster(given.cluster, timeout=given.timeout)) as cluster:
            yield lambda job: annotate_chunk.submit(cluster.run, job).result
    else:
        yield from _on_workers(given, given.cluster, flow)


def _on_workers(given: AnnotateSettings, address: str, flow: FlowRunContext) -> Iterator[Submit]:
    """Yield what submits tasks that run on the cluster's workers.

    They get the flow's context without its parameters, which neither can nor should travel: the
    settings may hold what is secret, and a lake is of this process.
    """
    runner: Any = flow.task_runner
    context = copy_context()
    context.run(flow.model_copy(update={"parameters": {}}).__enter__)

    def submit(job: Job) -> Callable[[], Done]:
        cluster.client()
        future = context.run(annotate_chunk.submit, do, job)
        return partial(cluster.wait, future, job)

    with closing(Cluster(address, timeout=given.timeout, client=lambda: runner.client)) as cluster:
        yield submit
