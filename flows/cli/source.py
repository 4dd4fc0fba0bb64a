"""`demarche source`: the places that runs read, and those that demarche knows of."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.options import Config, Csv, Json

if TYPE_CHECKING:
    from flows.settings import Settings, SourceSettings

HELP = """List, add, test, enable and disable sources.

Example: demarche source list
"""

app = typer.Typer(help=HELP, no_args_is_help=True)

SHOWN = ("source_id", "outlet", "kind", "is_enabled", "location", "listed_in")
TRIED = ("item_ref", "reason", "title", "byline", "published_on", "published_method", "words")

SourceId = Annotated[str, typer.Argument(metavar="ID", help="Id of a source.")]


@app.command("list")
def list_sources(
    known: Annotated[
        bool, typer.Option("--known", help="Also those that demarche knows of, not yet added.")
    ] = False,
    config: Config = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """List the sources, enabled or not, and the file that each stands in.

    Example: demarche source list --known
    """
    from flows.cli.output import chosen_format, show
    from flows.cli.reading import Answer
    from flows.cli.running import settings_in_force
    from flows.sources import COLUMNS, registry

    fmt = chosen_format(as_json, as_csv)
    settings = settings_in_force(config)
    own = {source.id for source in _own(settings)}
    where = str(settings.sources_file)
    listed = [(s, where if s.id in own else "settings") for s in settings.sources]
    if known:
        added = {source.id for source in settings.sources}
        listed += [(source, "known") for source in registry() if source.id not in added]
    rows = [
        (*(getattr(source, field) for field in COLUMNS.values()), place) for source, place in listed
    ]
    show(Answer((*COLUMNS, "listed_in"), rows), fmt, SHOWN)


@app.command()
def add(
    location: Annotated[
        str,
        typer.Argument(
            metavar="LOCATION", help="Address, path or glob; or the id of a known source."
        ),
    ],
    source_id: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="Name of the source.", show_default=False),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="files, feed, sitemap, page or address_list; default: told from what is there.",
            show_default=False,
        ),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option(metavar="OUTLET", help="Outlet.", show_default=False)
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(metavar="ISO3", help="Country, as in RUS.", show_default=False),
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Language, as in en.", show_default=False)
    ] = None,
    licence: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Terms of use of its texts.", show_default=False),
    ] = None,
    delay: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", help="Between two requests.", show_default=False),
    ] = None,
    max_items: Annotated[
        int | None, typer.Option(metavar="N", help="New addresses a run.", show_default=False)
    ] = None,
    config: Config = None,
) -> None:
    """Add a source, or a known one by its id, to the list beside the settings.

    Example: demarche source add https://news.example/feed.xml --id example-news
    """
    from flows.cli.running import settings_in_force
    from flows.sources import registry

    settings = settings_in_force(config)
    known = {source.id: source for source in registry()}
    if location in known:
        given: dict[str, Any] = known[location].model_dump() | {"enabled": True}
    elif source_id is None:
        raise typer.BadParameter("a source needs a name", param_hint="--id")
    else:
        given = {"id": source_id, "location": location}
    options: dict[str, Any] = {"kind": kind, "publisher": publisher, "country_iso3": country}
    options |= {"language": language, "licence": licence, "delay": delay, "max_items": max_items}
    if source_id is not None:
        given["id"] = source_id
    given |= {name: value for name, value in options.items() if value is not None}
    source = _checked(given)
    if any(source.id == other.id for other in settings.sources):
        raise typer.BadParameter(f"there is a source '{source.id}' already", param_hint="--id")
    _write(settings, source)
    typer.echo(
        f"added '{source.id}' to {settings.sources_file}; try `demarche source test {source.id}`"
    )


@app.command()
def enable(source_id: SourceId, config: Config = None) -> None:
    """Have runs read a source again.

    Example: demarche source enable example-news
    """
    _switch(source_id, config, to=True)


@app.command()
def disable(source_id: SourceId, config: Config = None) -> None:
    """Have runs pass over a source; what was read of it stays.

    Example: demarche source disable example-news
    """
    _switch(source_id, config, to=False)


@app.command("test")
def try_out(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="Id of a source, an address or a path.")
    ],
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="Items to try.")] = 5,
    config: Config = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Read a few items of a source and show what is found in them; keep nothing.

    Example: demarche source test https://news.example/feed.xml --limit 3
    """
    from dataclasses import asdict

    from flows.cli.output import chosen_format, show
    from flows.cli.reading import Answer
    from flows.cli.running import settings_in_force
    from flows.pipeline import source_at
    from flows.sources import registry
    from flows.trial import try_source

    fmt = chosen_format(as_json, as_csv)
    settings = settings_in_force(config)
    named = {s.id: s.source for s in (*registry(), *settings.sources)}
    wanted = named.get(source) or source_at(source)
    tried = [asdict(trial) for trial in try_source(settings, wanted, limit=limit)]
    columns = tuple(tried[0]) if tried else TRIED
    show(Answer(columns, [tuple(trial.values()) for trial in tried]), fmt, TRIED)
    for trial in tried:
        if trial["reason"] and fmt.kind == "table":
            typer.echo(f"{trial['reason']}: {trial['detail']}", err=True)
    if not any(trial["reason"] is None for trial in tried):
        raise typer.Exit(1)


def _switch(source_id: str, config: Path | None, *, to: bool) -> None:
    from flows.cli.running import settings_in_force

    settings = settings_in_force(config)
    mine = next((source for source in _own(settings) if source.id == source_id), None)
    if mine is None:
        is_set = any(source.id == source_id for source in settings.sources)
        raise typer.BadParameter(
            f"'{source_id}' stands in the settings file: set enabled = {str(to).lower()} there"
            if is_set
            else f"there is no source '{source_id}'; see `demarche source list`",
            param_hint="ID",
        )
    _write(settings, mine.model_copy(update={"enabled": to}))
    typer.echo(f"{'enabled' if to else 'disabled'} '{source_id}'")


def _own(settings: "Settings") -> "tuple[SourceSettings, ...]":
    from flows.sources import read_sources

    return read_sources(settings.sources_file) if settings.sources_file.is_file() else ()


def _write(settings: "Settings", source: "SourceSettings") -> None:
    from flows.sources import put, write_sources

    write_sources(settings.sources_file, put(_own(settings), source))


def _checked(given: dict[str, Any]) -> "SourceSettings":
    from pydantic import ValidationError

    from flows.settings import SourceSettings

    try:
        return SourceSettings.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        hint = f"--{first['loc'][0]}".replace("_", "-").replace("--country-iso3", "--country")
        raise typer.BadParameter(
            f"{first['msg']}, got {first['input']!r}", param_hint=hint
        ) from error
