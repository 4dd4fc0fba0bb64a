"""`demarche timeline`: what happened, or is said to happen, and when."""

from enum import StrEnum
from typing import Annotated

import typer

from flows.cli.options import AsOf, Config, Csv, DataDir, Json, Limit, Since, Until
from flows.cli.output import chosen_format, show
from flows.cli.queries.names import is_given, name_literal, require_known
from flows.cli.reading import condition, open_reader, settings_for

SHOWN = ("happened_from", "happened_to", "what", "modality", "evidence", "publisher", "row_id")


class TimelineKind(StrEnum):
    """What stands on a timeline."""

    event = "event"
    citation = "citation"


def timeline(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Entity that takes part.")
    ] = None,
    since: Since = None,
    until: Until = None,
    kind: Annotated[
        TimelineKind | None, typer.Option(help="Only these.", show_default=False)
    ] = None,
    data_dir: DataDir = None,
    config: Config = None,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Csv = False,
    limit: Limit = None,
) -> None:
    """Show dated events and cited works, earliest first, of NAME or of all.

    Whatever may have happened between --since and --until is shown.

    Example: demarche timeline Taliban --since 2021-08-15 --until 2021-08-31
    """
    fmt = chosen_format(as_json, as_csv, limit)
    wanted = condition(
        {
            "coalesce(happened_to, happened_from) >= {}": since,
            "coalesce(happened_from, happened_to) <= {}": until,
            "kind = {}": kind,
        }
    )
    source = f"timeline_of({name_literal(name)})" if is_given(name) else "timeline"
    with open_reader(settings_for(config, data_dir), as_of) as reader:
        dated = f"FROM {source} {wanted}"
        if is_given(name) and not reader.rows(f"{dated} LIMIT 1"):
            require_known(reader, name)
        order = "coalesce(happened_from, happened_to), happened_to, row_id"
        show(reader.query(f"{dated} ORDER BY {order}"), fmt, SHOWN)
