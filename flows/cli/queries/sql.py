"""`demarche sql`: any query on the lake, which it cannot change."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import AsOf, Config, Csv, DataDir, Json, Limit
from flows.cli.output import chosen_format, show
from flows.cli.reading import open_reader, settings_for


def sql(
    query: Annotated[
        str | None,
        typer.Argument(metavar="QUERY", help="SQL, or '-' to read it from standard input."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", "-f", metavar="FILE", help="Read the SQL here.", show_default=False),
    ] = None,
    data_dir: DataDir = None,
    config: Config = None,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Csv = False,
    limit: Limit = None,
) -> None:
    """Run SQL on the lake, read-only. `demarche tables` lists what there is to ask.

    Example: demarche sql "SELECT name, mentions FROM entity_profile ORDER BY ALL" --csv

    Example: demarche sql -f report.sql --json --as-of 2021-10-19
    """
    fmt = chosen_format(as_json, as_csv, limit)
    text = _text(query, file)
    with open_reader(settings_for(config, data_dir), as_of) as reader:
        show(reader.query(text), fmt)


def _text(query: str | None, file: Path | None) -> str:
    if (query is None) == (file is None):
        raise typer.BadParameter("give either a query or --file")
    if file is None:
        return sys.stdin.read() if query == "-" else str(query)
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file} cannot be read: {error}", param_hint="--file") from None
