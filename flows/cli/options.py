"""Options that commands share, and how their values are read."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        metavar="FOLDER",
        help="Folder of the lake and all else; default demarche-data.",
        show_default=False,
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="Settings file; default demarche.toml.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV with a header.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="STATE",
        help="Ask the lake as it was: a snapshot number, a day (its end) or an ISO time, in UTC.",
        show_default=False,
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit",
        min=0,
        metavar="ROWS",
        help="Rows shown, 0 for all; default 50 on a terminal, else all.",
        show_default=False,
    ),
]


def parse_day(text: str) -> date:
    """Return the day that `text` (such as 2021-10-19) names. Raises BadParameter."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is not a day like 2021-10-19") from None


Since = Annotated[
    date | None,
    typer.Option(
        "--since", parser=parse_day, metavar="DAY", help="First day wanted.", show_default=False
    ),
]
Until = Annotated[
    date | None,
    typer.Option(
        "--until", parser=parse_day, metavar="DAY", help="Last day wanted.", show_default=False
    ),
]


def parse_as_of(text: str | None) -> int | datetime | None:
    """Return the snapshot number or time that `text` names. Raises BadParameter.

    A day stands for its end, a time without offset is UTC.
    """
    if text is None:
        return None
    if text.isdecimal():
        return int(text)
    try:
        moment = datetime.fromisoformat(text)
        if len(text) == len("2021-10-19"):
            moment = datetime.combine(moment, time.max)
    except ValueError:
        raise typer.BadParameter(
            f"'{text}' is neither a snapshot number nor a day nor an ISO time",
            param_hint="--as-of",
        ) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
