"""The pipeline as Prefect flows: the same plain functions, with retries, states and an artifact.

Import this module only after `flows.prefect_env.prepare()`, which settles Prefect's environment.
"""

from collections.abc import Sequence
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

from flows import pipeline
from flows.batches import Batch
from flows.prefect_annotating import runner, task_hands
from flows.preparing import Work
from flows.processing import Counts, process_batch
from flows.publishing import Published, Summary, publish
from flows.run_tables import run_tables
from flows.settings import Settings
from flows.summaries import summary_markdown
from tasks.records import Source
from warehouse.errors import OutageError
from warehouse.lake import Lake


def is_outage(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Return whether a task failed for a reason that may pass; nothing else is tried again."""
    try:
        state.result()
    except OutageError:
        return True
    except Exception:
        return False
    return False


@task(
    name="process-batch",
    retries=3,
    retry_delay_seconds=[2, 10, 30],
    retry_condition_fn=is_outage,
    cache_policy=NO_CACHE,
)
def process(lake: Lake, settings: Settings, work: Work, batch: Batch) -> Counts:
    """Process one batch; its raw bytes are passed by reference."""
    return process_batch(lake, settings, work, batch)


@task(
    name="check-and-publish",
    retries=2,
    retry_delay_seconds=[5, 30],
    retry_condition_fn=is_outage,
    cache_policy=NO_CACHE,
)
def check_and_publish(settings: Settings, is_forced: bool) -> Published:
    """Check the lake and publish it."""
    return publish(settings, is_forced=is_forced)


@flow(name="ingest", validate_parameters=False)
def ingest(
    settings: Settings, sources: Sequence[Source], report: pipeline.Report, flow: str = "run"
) -> str:
    """Discover, fetch, parse, deduplicate, annotate and commit, a task a batch."""
    return pipeline.ingest(
        settings, sources, flow=flow, process=process, hands=task_hands, report=report
    )


def ingest_flow(
    settings: Settings, sources: Sequence[Source], report: pipeline.Report, flow: str = "run"
) -> str:
    """Call `ingest` on the task runner of the settings."""
    run = ingest.with_options(task_runner=runner(settings.annotate))
    return run(settings, sources, report, flow)


@flow(name="annotate", validate_parameters=False)
def annotate(settings: Settings, report: pipeline.Report) -> str:
    """Annotate the articles that wait for it."""
    return pipeline.annotate(settings, hands=task_hands, report=report)


def annotate_flow(settings: Settings, report: pipeline.Report) -> str:
    """Call `annotate` on the task runner of the settings."""
    return annotate.with_options(task_runner=runner(settings.annotate))(settings, report)


@flow(name="publish", validate_parameters=False)
def publish_flow(settings: Settings, is_forced: bool = False) -> Published:
    """Check the lake and publish it."""
    return check_and_publish(settings, is_forced)


@flow(name="run", validate_parameters=False)
def run_flow(
    settings: Settings, sources: Sequence[Source], report: pipeline.Report, flow: str = "run"
) -> Summary:
    """Run the whole pipeline; leave its counts, sources, rejections and quality as artifacts."""
    summary = pipeline.run(
        settings, sources, ingest=ingest_flow, publish=publish_flow, report=report, flow=flow
    )
    create_markdown_artifact(
        summary_markdown(summary), key="demarche-run", description=f"run {summary.run_id}"
    )
    leave_tables(settings, summary.run_id, summary.published)
    return summary


def leave_tables(settings: Settings, run_id: str, published: Published | None) -> None:
    """Leave what a run tells about itself as artifacts, a table each; empty ones are left out."""
    for key, rows in run_tables(settings, run_id, published).items():
        if rows:
            create_table_artifact(rows, key=f"demarche-{key}", description=f"run {run_id}")
