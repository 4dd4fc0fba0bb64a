"""`demarche search`: sentences that hold some words, the best first."""

from typing import Annotated

import typer

from flows.cli.options import AsOf, Config, Csv, DataDir, Json, Limit, Since, Until
from flows.cli.output import chosen_format, show
from flows.cli.queries.names import require_known
from flows.cli.reading import literal, open_reader, settings_for

SHOWN = ("score", "day", "publisher", "title", "speaker", "sentence", "url")


class NoWordsError(typer.TyperException):
    """Nothing that could be looked for."""


def search(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS", help='Any of them; what stands in "quotes" must be there.'),
    ],
    about: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Only sentences that mention this entity.", show_default=False
        ),
    ] = None,
    outlet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only of this outlet.", show_default=False)
    ] = None,
    since: Since = None,
    until: Until = None,
    data_dir: DataDir = None,
    config: Config = None,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Csv = False,
    limit: Limit = None,
) -> None:
    """Show the sentences that hold WORDS, the best first, and who says them.

    Words are found whatever their case, accents and endings; rare ones count most.

    Example: demarche search frozen assets

    Example: demarche search 'sanctions "central bank"' --about Taliban --since 2021-08-15
    """
    fmt = chosen_format(as_json, as_csv, limit)
    asked = literal(" ".join(words))
    wanted = ", ".join(
        f"{name} := {literal(value)}"
        for name, value in {
            "about": about, "in_outlet": outlet, "since": since, "until": until
        }.items()
        if value is not None
    )  # fmt: skip
    with open_reader(settings_for(config, data_dir), as_of, is_of_marts=True) as reader:
        require_known(reader, about)
        if not reader.rows(f"SELECT unnest(search_units({asked}))"):
            raise NoWordsError(
                f"{' '.join(words)!r} has no words but those that stand everywhere; add others, or "
                "put it in double quotes inside single ones, as in '\"to be\"'"
            )
        found = f"FROM search_sentences({asked}{', ' + wanted if wanted else ''})"
        show(reader.query(found), fmt, SHOWN)
