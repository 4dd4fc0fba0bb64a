"""What the commands that write share: settings and sources, Prefect, progress, exit status."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from flows.cli import interrupts

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


def settings_in_force(config: Path | None, **flags: Any) -> "Settings":
    """Return the settings; flags that are None count as not given. Raises SettingsError."""
    from flows.settings import load_settings

    return load_settings(config=config, **flags)


def require_lake(settings: "Settings") -> None:
    """Raise LakeError where there is no lake yet: before anything slow is started."""
    from flows.logs import log_to
    from warehouse.lake import open_lake

    with open_lake(settings.location, read_only=True):
        log_to(settings.data_dir)


def sources_given(
    settings: "Settings", locations: list[str], mapping: list[str], publisher: str | None
) -> list["Source"]:
    """Return the sources to read; wrong paths and an unwritable lake are told at once."""
    from dataclasses import replace

    from flows.logs import log_to
    from flows.pipeline import sources_of
    from tasks.ingest.read.columns import check_mapping
    from tasks.ingest.read.discover import discover
    from warehouse.lake import open_lake

    columns = dict(_field_and_column(text) for text in mapping)
    sources = sources_of(settings, locations)
    if not sources:
        raise typer.BadParameter(
            "name a file, folder, glob or address, or add a source (`demarche source add`)",
            param_hint="SOURCE",
        )
    if locations:
        sources = [
            replace(s, mapping=columns or s.mapping, publisher=publisher or s.publisher)
            for s in sources
        ]
    for source in sources:
        check_mapping(source.mapping)
        if not source.is_web:
            discover(source.location, skip=settings.data_dir)
    with open_lake(settings.location, lock_timeout=settings.lock_timeout):
        log_to(settings.data_dir)
    return sources


def _field_and_column(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not (field and equals and column):
        raise typer.BadParameter(f"'{text}' is not FIELD=COLUMN", param_hint="--map")
    return field, column


def check_reasons(reasons: list[str]) -> None:
    """Raise BadParameter for a reason outside the closed list."""
    from typing import get_args

    from warehouse.tables import RejectionReason

    known = get_args(RejectionReason)
    for reason in reasons:
        if reason not in known:
            raise typer.BadParameter(
                f"'{reason}' is no reason; reasons are {', '.join(known)}", param_hint="--reason"
            )


def prefect_flows(settings: "Settings") -> Any:
    """Return the module of Prefect flows, its environment settled first."""
    from flows.prefect_env import prepare

    if not prepare(settings.data_dir):
        typer.echo(NOTE, err=True)
    from flows import prefect_flows as module

    return module


@contextmanager
def progress() -> Iterator[Callable[[Counter[str]], None]]:
    """Show one line of progress on a terminal, nothing in a pipe; end at a Ctrl-C that got lost."""
    interrupts.stop_if_asked()
    if not sys.stderr.isatty():
        yield lambda _counts: interrupts.stop_if_asked()
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    done: Counter[str] = Counter()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading sources", total=None)

        def report(counts: Counter[str]) -> None:
            done.update(counts)
            states = ", ".join(f"{count} {state}" for state, count in sorted(done.items()))
            bar.update(task, description=states)
            interrupts.stop_if_asked()

        yield report


def finish(summary: "Summary", *, as_json: bool, as_csv: bool) -> None:
    """Print what a run did; exit where checks kept it from being published."""
    from dataclasses import asdict

    from flows.summaries import summary_lines

    record = asdict(summary)
    if as_csv:  # flat: one row, the counts as columns
        record = record | record.pop("counts") | {"published": None}
        if summary.published is not None and summary.published.manifest is not None:
            record["published"] = summary.published.manifest.snapshot_id
    tell(record, summary_lines(summary), as_json=as_json, as_csv=as_csv)
    if summary.published is not None:
        exit_for(summary.published)


def tell(record: dict[str, Any], lines: list[str], *, as_json: bool, as_csv: bool) -> None:
    """Print `lines`, or `record` as one JSON object or as CSV with a header."""
    import json

    from flows.cli.output import chosen_format, show_records

    if chosen_format(as_json, as_csv).kind == "table":
        typer.echo("\n".join(lines))
    elif as_json:
        typer.echo(json.dumps(record, default=str, ensure_ascii=False))
    else:
        show_records([record], chosen_format(as_json, as_csv))


def exit_for(published: "Published") -> None:
    """Exit with CHECKS_FAILED where a check kept the publication as it was."""
    if published.has_failed:
        raise typer.Exit(CHECKS_FAILED)
