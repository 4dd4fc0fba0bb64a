"""`demarche timeline`: what happened, or is said to happen, and when."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import AsOf, Config, Csv, DataDir, Json, Limit, parse_day
from flows.cli.output import Format, chosen_format, print_note, show
from flows.cli.queries.names import is_given, require_known
from flows.cli.queries.picture import check_picture
from flows.cli.queries.timeline_periods import Grain, periods
from flows.cli.reading import Reader, literal, open_reader, settings_for

KINDS = ("event", "statement", "stance_shift", "citation")
USUAL = ("event", "stance_shift", "citation")
"""Statements are left out unless asked for: of the sample articles they are six lines in ten."""

SURENESS = (
    *("told", "reported", "reckoned", "planned"),
    *("possible", "desired", "hypothetical", "denied"),
)


DRAWN = 100
"""Things in a picture where no limit is given; more are hard to read, and take seconds to draw."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines are asked for. A value of None asks for nothing."""

    name: str | None
    kinds: tuple[str, ...]
    sureness: tuple[str, ...]
    since: date | None
    until: date | None
    min_confidence: float | None

    @property
    def source(self) -> str:
        """Return the FROM clause of the lines that are asked for."""
        given = [f"kinds := [{', '.join(map(literal, self.kinds))}]"]
        if is_given(self.name):
            given.append(f"about := {literal(self.name)}")
        wanted = " AND ".join(self._conditions()) or "true"
        return f"FROM timeline_about({', '.join(given)}) WHERE {wanted}"

    def _conditions(self) -> list[str]:
        floor = self.min_confidence
        conditions = {
            "coalesce(happened_to, happened_from) >= {}": self.since and literal(self.since),
            "coalesce(happened_from, happened_to) <= {}": self.until and literal(self.until),
            "(confidence IS NULL OR confidence >= {})": None if floor is None else literal(floor),
            "sureness IN ({})": ", ".join(map(literal, self.sureness)),
        }
        return [text.format(value) for text, value in conditions.items() if value]


def timeline(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="Entity that takes part or is named; '-' for all."),
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="With --plot, the PNG or SVG file to draw in."),
    ] = None,
    since: Annotated[
        date | None,
        typer.Option(
            "--from",
            "--since",
            parser=parse_day,
            metavar="DAY",
            help="First day wanted.",
            show_default=False,
        ),
    ] = None,
    until: Annotated[
        date | None,
        typer.Option(
            "--to",
            "--until",
            parser=parse_day,
            metavar="DAY",
            help="Last day wanted.",
            show_default=False,
        ),
    ] = None,
    granularity: Annotated[
        Grain | None,
        typer.Option(help="Put lines, or bars, together by it, with counts.", show_default=False),
    ] = None,
    kinds: Annotated[
        str | None,
        typer.Option(
            "--kinds",
            "--kind",
            metavar="LIST",
            help=f"Of {', '.join(KINDS)}; default {','.join(USUAL)}.",
            show_default=False,
        ),
    ] = None,
    sureness: Annotated[
        str | None,
        typer.Option(
            metavar="LIST", help=f"Only these of {', '.join(SURENESS)}.", show_default=False
        ),
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Only events at least as sure.", show_default=False),
    ] = None,
    plot: Annotated[bool, typer.Option("--plot", help="Draw the days: here, or in FILE.")] = False,
    data_dir: DataDir = None,
    config: Config = None,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Csv = False,
    limit: Limit = None,
) -> None:
    """Show what happened, earliest first, with NAME or with anyone.

    One line is one story, however many articles tell of it, one change of stance, one cited work
    or one statement. What is planned stands apart until an article tells that it took place, and so
    does what is only possible, wished for, supposed or denied. Days on which sources disagree are
    shown with the sources. Whatever may have happened between --from and --to is shown. --plot
    draws the days, or with --granularity how much happened in each period: in the terminal in
    place of the lines, in FILE beside them.

    Example: demarche timeline Taliban --from 2021-08-15 --to 2021-08-31 --granularity week

    Example: demarche timeline Taliban --kinds event,statement --sureness told,reported

    Example: demarche timeline Taliban --plot days.svg
    """
    fmt = chosen_format(as_json, as_csv, limit)
    asked = Asked(
        name,
        _listed(kinds, KINDS) or USUAL,
        _listed(sureness, SURENESS),
        since,
        until,
        min_confidence,
    )
    _check_plot(picture, plot, fmt)
    with open_reader(settings_for(config, data_dir), as_of, is_of_marts=True) as reader:
        if is_given(name) and not reader.rows(f"{asked.source} LIMIT 1"):
            require_known(reader, name)
        if plot:
            _plot(reader, asked, granularity, picture, limit, fmt)
        if not plot or picture is not None:
            _show(reader, asked, fmt, granularity)


def _listed(text: str | None, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of `text`, parted by commas. Raises BadParameter for one not `known`."""
    parts = tuple(part.strip() for part in (text or "").split(",") if part.strip())
    for part in parts:
        if part not in known:
            raise typer.BadParameter(f"'{part}' is none of {', '.join(known)}")
    return parts


def _check_plot(picture: Path | None, plot: bool, fmt: Format) -> None:
    if picture is not None and not plot:
        raise typer.BadParameter(f"'{picture}' is one argument too many; FILE goes with --plot")
    if plot and picture is None and fmt.kind != "table":
        raise typer.BadParameter(f"give --plot a file, or leave out --{fmt.kind}")
    if picture is not None:
        check_picture(picture)


def _show(reader: Reader, asked: Asked, fmt: Format, grain: Grain | None) -> None:
    if fmt.kind == "table":
        from flows.cli.queries.timeline_lines import show_lines

        show_lines(reader, asked, fmt, grain)
        return
    period, order = periods(grain)
    first = f"{period} AS period, " if grain else ""
    left_out = "" if is_given(asked.name) else " EXCLUDE (part)"
    show(reader.query(f"SELECT {first}*{left_out} {asked.source} ORDER BY {order}"), fmt)


def _plot(
    reader: Reader,
    asked: Asked,
    grain: Grain | None,
    picture: Path | None,
    limit: int | None,
    fmt: Format,
) -> None:
    from flows.cli.queries.timeline_bars import bars, heaviest, near
    from flows.cli.queries.timeline_periods import by_period

    within = near(bars(reader, asked, grain), asked.since is not None, asked.until is not None)
    every = within.bars if grain is None else by_period(within.bars)
    usual = fmt.limit if picture is None else DRAWN
    found = heaviest(every, usual if limit is None else limit)
    if not found:
        print_note("no rows" if picture is None else f"{picture} is not drawn: nothing has a day")
        return
    if picture is None:
        from flows.cli.queries.timeline_chart import chart

        print("\n".join(chart(found)))
    else:
        from flows.cli.queries.timeline_picture import draw

        draw(found, picture, title=asked.name if is_given(asked.name) else None)
        print_note(f"drawn in {picture}")
    for note in within.left_out():
        print_note(note)
    if left_out := len(every) - len(found):
        why = "that fewer outlets tell of" if grain is None else "periods in which less happened"
        print_note(f"{left_out} {why} are left out; `--limit 0` shows all")
