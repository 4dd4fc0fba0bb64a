"""Commands that write: run, ingest, annotate, publish, retry, maintain."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.options import Config, DataDir, Json

if TYPE_CHECKING:
    from flows.publishing import Published, Summary
    from flows.settings import Settings
    from tasks.records import Source

CHECKS_FAILED = 3
"""Exit status where a check kept the publication as it was."""

NOTE = (
    "starting Prefect's temporary server, about 10 s; "
    "set PREFECT_API_URL to use a running one, or give --no-prefect"
)

Locations = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="Files, folders or globs; none: the sources of the settings file.",
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
) -> None:
    """Take in what is new, annotate it, check and publish.

    Example: demarche run news/ --data-dir demarche-data
    """
    settings = _settings(config, data_dir=data_dir, batch_size=batch_size)
    wanted = _sources(settings, sources or [], mapping or [], publisher)
    from flows import pipeline

    with _progress() as report:
        if no_prefect:
            summary = pipeline.run(settings, wanted, report=report)
        else:
            summary = _flows(settings).run_flow(settings, wanted, report)
    _finish(summary, as_json=as_json)


def ingest(
    sources: Locations = None,
    data_dir: DataDir = None,
    config: Config = None,
    mapping: Mapping = None,
    publisher: Publisher = None,
    batch_size: BatchSize = None,
    no_prefect: NoPrefect = False,
    as_json: Json = False,
) -> None:
    """Take in what is new and leave it to wait for `annotate`.

    Example: demarche ingest news/2021-*.jsonl
    """
    settings = _settings(config, data_dir=data_dir, batch_size=batch_size)
    wanted = _sources(settings, sources or [], mapping or [], publisher)
    from flows import pipeline
    from flows.publishing import conclude

    with _progress() as report:
        if no_prefect:
            run_id = pipeline.ingest(settings, wanted, flow="ingest", report=report)
        else:
            run_id = _flows(settings).ingest_flow(settings, wanted, report, flow="ingest")
    _finish(conclude(settings, run_id, None), as_json=as_json)


def annotate(
    data_dir: DataDir = None,
    config: Config = None,
    batch_size: BatchSize = None,
    no_prefect: NoPrefect = False,
) -> None:
    """Annotate the articles that wait for it, or that an older extraction annotated.

    Example: demarche annotate && demarche publish
    """
    settings = _settings(config, data_dir=data_dir, batch_size=batch_size)
    _require_lake(settings)
    from flows import pipeline

    done: Counter[str] = Counter()
    with _progress() as report:

        def count(counts: Counter[str]) -> None:
            done.update(counts)
            report(counts)

        if no_prefect:
            run_id = pipeline.annotate(settings, report=count)
        else:
            run_id = _flows(settings).annotate_flow(settings, count)
    typer.echo(f"run {run_id}: {done['processed']} articles annotated")


def publish(
    data_dir: DataDir = None,
    config: Config = None,
    force: Annotated[
        bool, typer.Option("--force", help="Publish even where nothing changed.")
    ] = False,
    no_prefect: NoPrefect = False,
) -> None:
    """Check the lake and publish it.

    Example: demarche publish --force
    """
    settings = _settings(config, data_dir=data_dir)
    _require_lake(settings)
    from flows.publishing import publish as publish_lake
    from flows.report import publication_lines

    if no_prefect:
        published = publish_lake(settings, is_forced=force)
    else:
        published = _flows(settings).publish_flow(settings, is_forced=force)
    typer.echo("\n".join(publication_lines(published)))
    _exit_for(published)


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
) -> None:
    """Try rejected items again from their kept bytes, then check and publish.

    Example: demarche retry --reason encoding
    """
    settings = _settings(config, data_dir=data_dir)
    _require_lake(settings)
    from flows import pipeline
    from flows.publishing import conclude
    from flows.publishing import publish as publish_lake

    _check_reasons(reason or [])
    with _progress() as report:
        run_id = pipeline.retry(
            settings, reasons=tuple(reason or ()), source_id=source, report=report
        )
    summary = conclude(settings, run_id, publish_lake(settings))
    _finish(summary, as_json=as_json)


def maintain(data_dir: DataDir = None, config: Config = None) -> None:
    """Merge small files, let go of old snapshots and of files that nothing needs any more.

    Example: demarche maintain
    """
    settings = _settings(config, data_dir=data_dir)
    _require_lake(settings)
    from flows.publishing import maintain as maintain_lake

    done = maintain_lake(settings)
    typer.echo(
        f"data files {done.files_before} -> {done.files_after}, "
        f"{done.snapshots_expired} snapshots let go, {done.files_removed} files removed"
    )


def _settings(config: Path | None, **flags: Any) -> "Settings":
    from flows.settings import load_settings

    return load_settings(config=config, **flags)


def _require_lake(settings: "Settings") -> None:
    """Raise LakeError where there is no lake yet: before anything slow is started."""
    from flows.logs import log_to
    from warehouse.lake import open_lake

    with open_lake(settings.location, read_only=True):
        log_to(settings.data_dir)


def _sources(
    settings: "Settings", locations: list[str], mapping: list[str], publisher: str | None
) -> list["Source"]:
    """Return the sources to read; wrong paths and an unwritable lake are told at once."""
    from dataclasses import replace

    from flows.logs import log_to
    from flows.pipeline import sources_of
    from tasks.ingest.read.discover import discover
    from warehouse.lake import open_lake

    columns = dict(_field_and_column(text) for text in mapping)
    sources = sources_of(settings, locations)
    if not sources:
        raise typer.BadParameter(
            "name a file, folder or glob, or add [[sources]] to demarche.toml",
            param_hint="SOURCE",
        )
    if locations:
        sources = [replace(s, mapping=columns, publisher=publisher) for s in sources]
    for source in sources:
        discover(source.location)
    with open_lake(settings.location, lock_timeout=settings.lock_timeout):
        log_to(settings.data_dir)
    return sources


def _field_and_column(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not (field and equals and column):
        raise typer.BadParameter(f"'{text}' is not FIELD=COLUMN", param_hint="--map")
    return field, column


def _check_reasons(reasons: list[str]) -> None:
    from typing import get_args

    from warehouse.tables import RejectionReason

    known = get_args(RejectionReason)
    for reason in reasons:
        if reason not in known:
            raise typer.BadParameter(
                f"'{reason}' is no reason; reasons are {', '.join(known)}", param_hint="--reason"
            )


def _flows(settings: "Settings") -> Any:
    """Return the module of Prefect flows, its environment settled first."""
    from flows.prefect_env import prepare

    if not prepare(settings.data_dir):
        typer.echo(NOTE, err=True)
    from flows import prefect_flows

    return prefect_flows


@contextmanager
def _progress() -> Iterator[Callable[[Counter[str]], None]]:
    """Show one line of progress on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _counts: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    done: Counter[str] = Counter()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading sources", total=None)

        def report(counts: Counter[str]) -> None:
            done.update(counts)
            states = ", ".join(f"{count} {state}" for state, count in sorted(done.items()))
            progress.update(task, description=states)

        yield report


def _finish(summary: "Summary", *, as_json: bool) -> None:
    from flows.report import summary_json, summary_lines

    typer.echo(summary_json(summary) if as_json else "\n".join(summary_lines(summary)))
    if summary.published is not None:
        _exit_for(summary.published)


def _exit_for(published: "Published") -> None:
    if published.has_failed:
        raise typer.Exit(CHECKS_FAILED)
