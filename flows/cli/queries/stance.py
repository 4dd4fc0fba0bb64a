"""`demarche stance`: who supports or opposes whom, with the words that show it."""

from enum import StrEnum
from typing import Annotated

import typer

from flows.cli.options import AsOf, Config, Csv, DataDir, Json, Limit, Since, Until
from flows.cli.output import chosen_format, show
from flows.cli.queries.names import is_given, name_literal, require_known
from flows.cli.reading import condition, open_reader, settings_for

SHOWN = (
    "day",
    "holder",
    "target",
    "aspect",
    "polarity",
    "score",
    "voice",
    "evidence",
    "publisher",
    "stance_id",
)

SUMMARY = """SELECT {sides}, count(*) AS stances,
    count(*) FILTER (WHERE polarity = 'support') AS support,
    count(*) FILTER (WHERE polarity = 'oppose') AS oppose,
    count(*) FILTER (WHERE polarity = 'neutral') AS neutral,
    round(avg(score), 4) AS mean_score, count(DISTINCT publisher) AS outlets,
    min(day) AS first_on, max(day) AS last_on
FROM ({positions}) GROUP BY ALL ORDER BY stances DESC, {sides}"""


class Voice(StrEnum):
    """Whose words a position is in."""

    author = "author"
    speaker = "speaker"
    actor = "actor"


def stance(
    holder: Annotated[
        str | None, typer.Argument(metavar="HOLDER", help="Who holds the position; '-' for anyone.")
    ] = None,
    target: Annotated[
        str | None, typer.Argument(metavar="TARGET", help="Whom or what it is about.")
    ] = None,
    voice: Annotated[
        Voice | None, typer.Option(help="Only in this voice.", show_default=False)
    ] = None,
    since: Since = None,
    until: Until = None,
    outlet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only in this outlet.", show_default=False)
    ] = None,
    data_dir: DataDir = None,
    config: Config = None,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Csv = False,
    limit: Limit = None,
) -> None:
    """Show who supports or opposes whom.

    With HOLDER and TARGET, each position with its evidence; with one of them, a summary by the
    other; with neither, every pair.

    Example: demarche stance Russia Taliban --voice speaker --since 2021-08-15

    Example: demarche stance - Taliban
    """
    fmt = chosen_format(as_json, as_csv, limit)
    wanted = condition(
        {
            "voice = {}": voice,
            "day >= {}": since,
            "day <= {}": until,
            "lower(publisher) = lower({})": outlet,
        }
    )
    positions = f"FROM stance_between({name_literal(holder)}, {name_literal(target)}) {wanted}"
    sides = [side for side, name in (("holder", holder), ("target", target)) if not is_given(name)]
    with open_reader(settings_for(config, data_dir), as_of) as reader:
        if not reader.rows(f"{positions} LIMIT 1"):
            require_known(reader, holder)
            require_known(reader, target)
        if sides:
            answer = reader.query(SUMMARY.format(sides=", ".join(sides), positions=positions))
            show(answer, fmt)
        else:
            show(reader.query(positions), fmt, SHOWN)
