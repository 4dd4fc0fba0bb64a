"""Commands that write: run, ingest, annotate, publish, retry, maintain."""

from collections import Counter
from dataclasses import asdict
from typing import Annotated

import typer

from flows.cli.options import Config, Csv, DataDir, Json
from flows.cli.running import (
    check_reasons,
    exit_for,
    finish,
    prefect_flows,
    progress,
    require_lake,
    settings_in_force,
    sources_given,
    tell,
)

Locations = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="Files, folders, globs, addresses or ids of sources; none: all sources enabled.",
        show_default=False,
    ),
]
Mapping = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN",
        help="Column that holds a field of a record, such as title=headline; may be repeated.",
        show_default=False,
    ),
]
Publisher = Annotated[
    str | None,
    typer.Option(
        metavar="OUTLET",
        help="Outlet of the given sources, where an item names none.",
        show_default=False,
    ),
]
NoPrefect = Annotated[
    bool, typer.Option("--no-prefect", help="Run the plain functions, without Prefect.")
]
BatchSize = Annotated[
    int | None,
    typer.Option(
        min=1, metavar="N", help="Articles to a transaction; default 200.", show_default=False
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    for command in (run, ingest, annotate, publish, retry, maintain):
        app.command()(command)


def run(
    sources: Locations = None,
    data_dir: DataDir = None,
    config: Config = None,
    mapping: Mapping = None,
    publisher: Publisher = None,
    batch_size: BatchSize = None,
    no_prefect: NoPrefect = False,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Take in what is new, annotate it, check and publish.

    Example: demarche run news/ --data-dir demarche-data
    """
    settings = settings_in_force(config, data_dir=data_dir, batch_size=batch_size)
    wanted = sources_given(settings, sources or [], mapping or [], publisher)
    from flows import pipeline

    with progress() as report:
        if no_prefect:
            summary = pipeline.run(settings, wanted, report=report)
        else:
            summary = prefect_flows(settings).run_flow(settings, wanted, report)
    finish(summary, as_json=as_json, as_csv=as_csv)


def ingest(
    sources: Locations = None,
    data_dir: DataDir = None,
    config: Config = None,
    mapping: Mapping = None,
    publisher: Publisher = None,
    batch_size: BatchSize = None,
    no_prefect: NoPrefect = False,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Take in what is new and leave it to wait for `annotate`.

    Example: demarche ingest news/2021-*.jsonl
    """
    settings = settings_in_force(config, data_dir=data_dir, batch_size=batch_size)
    wanted = sources_given(settings, sources or [], mapping or [], publisher)
    from flows import pipeline
    from flows.publishing import conclude

    with progress() as report:
        if no_prefect:
            run_id = pipeline.ingest(settings, wanted, flow="ingest", report=report)
        else:
            run_id = prefect_flows(settings).ingest_flow(settings, wanted, report, flow="ingest")
    finish(conclude(settings, run_id, None), as_json=as_json, as_csv=as_csv)


def annotate(
    data_dir: DataDir = None,
    config: Config = None,
    batch_size: BatchSize = None,
    no_prefect: NoPrefect = False,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Annotate the articles that wait for it, or that an older extraction annotated.

    Example: demarche annotate && demarche publish
    """
    settings = settings_in_force(config, data_dir=data_dir, batch_size=batch_size)
    require_lake(settings)
    from flows import pipeline

    done: Counter[str] = Counter()
    with progress() as report:

        def count(counts: Counter[str]) -> None:
            done.update(counts)
            report(counts)

        if no_prefect:
            run_id = pipeline.annotate(settings, report=count)
        else:
            run_id = prefect_flows(settings).annotate_flow(settings, count)
    record = {"run_id": run_id, "annotated": done["processed"]}
    lines = [f"run {run_id}: {done['processed']} articles annotated"]
    tell(record, lines, as_json=as_json, as_csv=as_csv)


def publish(
    data_dir: DataDir = None,
    config: Config = None,
    force: Annotated[
        bool, typer.Option("--force", help="Publish even where nothing changed.")
    ] = False,
    no_prefect: NoPrefect = False,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Check the lake and publish it.

    Example: demarche publish --force
    """
    settings = settings_in_force(config, data_dir=data_dir)
    require_lake(settings)
    from flows.publishing import publish as publish_lake
    from flows.summaries import publication_lines

    if no_prefect:
        published = publish_lake(settings, is_forced=force)
    else:
        published = prefect_flows(settings).publish_flow(settings, is_forced=force)
    record = {
        "snapshot_id": published.manifest.snapshot_id if published.manifest else None,
        "is_new": published.is_new,
        "findings": ", ".join(finding.name for finding in published.findings),
    }
    tell(record, publication_lines(published), as_json=as_json, as_csv=as_csv)
    exit_for(published)


def retry(
    reason: Annotated[
        list[str] | None,
        typer.Option(
            metavar="REASON", help="Only this reason; may be repeated.", show_default=False
        ),
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="ID", help="Only this source.", show_default=False)
    ] = None,
    data_dir: DataDir = None,
    config: Config = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Try rejected items again from their kept bytes, then check and publish.

    Example: demarche retry --reason encoding
    """
    settings = settings_in_force(config, data_dir=data_dir)
    require_lake(settings)
    from flows import pipeline
    from flows.publishing import conclude
    from flows.publishing import publish as publish_lake

    check_reasons(reason or [])
    with progress() as report:
        run_id = pipeline.retry(
            settings, reasons=tuple(reason or ()), source_id=source, report=report
        )
    summary = conclude(settings, run_id, publish_lake(settings))
    finish(summary, as_json=as_json, as_csv=as_csv)


def maintain(
    data_dir: DataDir = None, config: Config = None, as_json: Json = False, as_csv: Csv = False
) -> None:
    """Merge small files, let go of old snapshots and of files that nothing needs any more.

    Example: demarche maintain
    """
    settings = settings_in_force(config, data_dir=data_dir)
    require_lake(settings)
    from flows.publishing import maintain as maintain_lake

    done = maintain_lake(settings)
    line = (
        f"data files {done.files_before} -> {done.files_after}, "
        f"{done.snapshots_expired} snapshots let go, {done.files_removed} files removed"
    )
    tell(asdict(done), [line], as_json=as_json, as_csv=as_csv)
