"""The scheduled jobs as Prefect flows: what `prefect.yaml` deploys and `demarche serve` runs.

A job that fails raises the event `demarche.run.failed` or `demarche.maintain.failed`, and
`demarche.checks.failed` where a check keeps the publication as it was; see `deploy/`.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from prefect import flow, runtime
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.context import FlowRunContext
from prefect.events import emit_event

from flows import jobs
from flows.logs import log_to
from flows.prefect_flows import run_flow
from flows.run_tables import run_tables
from flows.settings import Settings, load_settings
from flows.timetable import Job
from flows.upkeep import Upkeep, look_after, upkeep_line


@flow(name="scheduled-run")
def take_in(
    config: Path | None = None, data_dir: Path | None = None, due: datetime | None = None
) -> jobs.Done:
    """Read all sources that are enabled, annotate, check and publish.

    Settings are read anew, from `config`, DEMARCHE_CONFIG or demarche.toml where the worker stands.
    `due` is when the job was due; by default when Prefect scheduled it.
    """

    def work(settings: Settings, due: datetime | None) -> jobs.Done:
        return jobs.take_in(settings, due=due, run=run_flow)

    return _job("run", work, config, data_dir, due)


@flow(name="scheduled-maintenance")
def maintain(
    config: Path | None = None, data_dir: Path | None = None, due: datetime | None = None
) -> jobs.Done:
    """Compact the lake, let go of what is old, check all rows and measure; parameters as above."""

    def work(settings: Settings, due: datetime | None) -> jobs.Done:
        return jobs.maintain(settings, due=due, upkeep=_upkeep)

    return _job("maintain", work, config, data_dir, due)


FLOWS: dict[Job, Any] = {"run": take_in, "maintain": maintain}


def _job(
    job: Job,
    work: Callable[[Settings, datetime | None], jobs.Done],
    config: Path | None,
    data_dir: Path | None,
    due: datetime | None,
) -> jobs.Done:
    try:
        settings = load_settings(config=config, data_dir=data_dir)
        log_to(settings.data_dir)
        return work(settings, due or _scheduled_at())
    except jobs.ChecksFailedError as error:
        _raise_event("demarche.checks.failed", job, error)
        raise
    except Exception as error:
        _raise_event(f"demarche.{job}.failed", job, error)
        raise


def _scheduled_at() -> datetime | None:
    """Return when a deployment was due; a run that a person started is due whenever it is."""
    context = FlowRunContext.get()
    run = context.flow_run if context else None
    if run is None or run.deployment_id is None or not run.auto_scheduled:
        return None
    due: datetime = runtime.flow_run.scheduled_start_time
    return due


def _raise_event(event: str, job: Job, error: Exception) -> None:
    emit_event(
        event,
        resource={"prefect.resource.id": f"demarche.job.{job}", "prefect.resource.name": job},
        payload={"error": type(error).__name__, "text": " ".join(str(error).split())},
    )


def _upkeep(settings: Settings) -> Upkeep:
    done = look_after(settings)
    create_markdown_artifact(
        f"# Maintenance {done.run_id}\n\n{upkeep_line(done)}\n",
        key="demarche-maintenance",
        description=f"run {done.run_id}",
    )
    if rows := run_tables(settings, done.run_id)["quality"]:
        create_table_artifact(rows, key="demarche-lake-quality", description=f"run {done.run_id}")
    return done
