"""`demarche reprocess` and `demarche rollback`: new rows beside the old, and the way back."""

from typing import Annotated, Any

import typer

from flows.cli.changes import show_changes, tally_line
from flows.cli.options import Config, Csv, DataDir, Json, Since

HELP = """Read stored articles again beside the tables in force, and show what would change.

Only steps whose code, word lists, model or registry changed are done again, with those that rest
on them. Nothing that readers see changes before `promote`; `discard` lets go of it.

Example: demarche reprocess --since 2021-08-01 --step stances
"""

app = typer.Typer(help=HELP)

LISTED = 10
"""Sources offered where a wrong one is given."""

Table = Annotated[
    str | None,
    typer.Option(metavar="TABLE", help="Only what differs in this table.", show_default=False),
]
EntityId = Annotated[
    str | None,
    typer.Option(
        "--entity", metavar="ID", help="Only rows that name this entity.", show_default=False
    ),
]
Samples = Annotated[
    int, typer.Option(min=0, metavar="N", help="Rows shown of each table and kind of change.")
]


@app.callback(invoke_without_command=True)
def reprocess(
    ctx: typer.Context,
    since: Since = None,
    source: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Only articles of this source.", show_default=False),
    ] = None,
    step: Annotated[
        str | None,
        typer.Option(
            metavar="STEP",
            help="Only this step, stale ones that it needs, and those that rest on either.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Do it where nothing changed, too.")
    ] = False,
    samples: Samples = 3,
    data_dir: DataDir = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Read stored articles again; the help of the group tells more."""
    if ctx.invoked_subcommand is not None:
        return
    from flows.cli.output import print_note
    from flows.cli.running import progress, require_lake, settings_in_force

    settings = settings_in_force(config, data_dir=data_dir)
    require_lake(settings)
    _check_source(settings, source)
    from flows import reprocessing
    from warehouse.staging import Scope

    with progress() as report:
        done = reprocessing.reprocess(
            settings,
            scope=Scope(since, source),
            step=_step(step),
            is_forced=force,
            report=report,
        )
    for article_id, problem in done.broken.items():
        print_note(f"article {article_id} broke and stays as it is: {problem}")
    try:
        state, found = reprocessing.compare(settings, samples=samples)
    except reprocessing.NothingStagedError:
        state, found = None, None
    show_changes(done, state, found, as_json=as_json)


@app.command()
def show(
    table: Table = None,
    entity: EntityId = None,
    samples: Samples = 3,
    data_dir: DataDir = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Show what the promotion of what is staged would change: by table, source and entity.

    Example: demarche reprocess show --table stances --entity state:rus --samples 20
    """
    from flows.cli.running import require_lake, settings_in_force

    settings = settings_in_force(config, data_dir=data_dir)
    require_lake(settings)
    _check_table(table)
    from flows import reprocessing

    state, found = reprocessing.compare(settings, table=table, entity_id=entity, samples=samples)
    show_changes(None, state, found, as_json=as_json)


@app.command()
def promote(
    data_dir: DataDir = None, config: Config = None, as_json: Json = False, as_csv: Csv = False
) -> None:
    """Put what is staged in force, all at once, then check and publish.

    Articles that another run has written to since stay as that run left them.

    Example: demarche reprocess promote
    """
    from flows.cli.running import exit_for, require_lake, settings_in_force, tell

    settings = settings_in_force(config, data_dir=data_dir)
    require_lake(settings)
    from dataclasses import asdict

    from flows import reprocessing
    from flows.publishing import publish
    from flows.summaries import publication_lines

    done = reprocessing.promote(settings)
    published = publish(settings)
    lines = [f"{done.articles} articles promoted; undo: demarche rollback {done.snapshot_before}"]
    if done.overtaken:
        lines.append(
            f"{done.overtaken} articles were written to since, and stay as they are: "
            "run `demarche reprocess` again for them"
        )
    tell(asdict(done), lines + publication_lines(published), as_json=as_json, as_csv=as_csv)
    exit_for(published)


@app.command()
def discard(data_dir: DataDir = None, config: Config = None) -> None:
    """Let go of what is staged; the tables in force stay as they are.

    Example: demarche reprocess discard
    """
    from flows.cli.running import require_lake, settings_in_force

    settings = settings_in_force(config, data_dir=data_dir)
    require_lake(settings)
    from flows import reprocessing

    typer.echo(f"let go of the new rows of {reprocessing.discard(settings)} articles")


def rollback(
    snapshot: Annotated[
        int, typer.Argument(metavar="SNAPSHOT", help="A number that `demarche snapshots` lists.")
    ],
    data_dir: DataDir = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Make the lake what it was at a snapshot, then check and publish; it can be undone.

    Everything goes back, what runs took in since as well: the next run takes that in again where
    its sources still have it. The states in between stay, and what is staged goes.

    Example: demarche rollback 41
    """
    from flows.cli.running import exit_for, require_lake, settings_in_force, tell

    settings = settings_in_force(config, data_dir=data_dir)
    require_lake(settings)
    from dataclasses import asdict

    from flows import reprocessing
    from flows.publishing import publish
    from flows.summaries import publication_lines

    done = reprocessing.rollback(settings, snapshot)
    published = publish(settings)
    lines = [f"back at snapshot {snapshot}; undo: demarche rollback {done.snapshot_before}"]
    lines += [tally_line(one) for one in done.tables]
    tell(asdict(done), lines + publication_lines(published), as_json=as_json, as_csv=False)
    exit_for(published)


def _step(name: str | None) -> Any:
    """Return the name of a step. Raises BadParameter for any other."""
    from tasks.extract.steps import STEPS

    if name is not None and name not in STEPS:
        known = ", ".join(STEPS)
        raise typer.BadParameter(f"'{name}' is no step; steps are {known}", param_hint="--step")
    return name


def _check_table(table: str | None) -> None:
    from warehouse.tables import TABLES

    if table is not None and table not in TABLES:
        raise typer.BadParameter(
            f"'{table}' is no table; `demarche tables` lists them", param_hint="--table"
        )


def _check_source(settings: Any, source: str | None) -> None:
    from warehouse.lake import open_lake

    if source is None:
        return
    with open_lake(settings.location, read_only=True) as lake:
        found = [one for (one,) in lake.rows("SELECT DISTINCT source_id FROM articles ORDER BY 1")]
    if source not in found:
        known = ", ".join(found[:LISTED]) or "none"
        raise typer.BadParameter(
            f"no article is of source '{source}'; sources are {known}", param_hint="--source"
        )
