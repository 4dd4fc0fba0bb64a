"""`demarche stance`: who supports or opposes whom, with the sentences that show it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import AsOf, Config, Csv, DataDir, Json, Limit, Since, Until
from flows.cli.output import Format, chosen_format, print_note, show
from flows.cli.queries.names import is_given, name_literal, require_known
from flows.cli.queries.picture import check_picture
from flows.cli.reading import Reader, literal, open_reader, settings_for

SHOWN = (
    "day",
    "holder",
    "target",
    "aspect",
    "polarity",
    "score",
    "voice",
    "method",
    "sentence",
    "publisher",
    "stance_id",
)

FIGURES = (
    "is_represented, stances, support, oppose, neutral, mean_score, mean_low, mean_high, "
    "statements, articles, outlets, first_on, last_on, basis"
)
"""What is told of a record; see the macro `stance_records`."""


class Voice(StrEnum):
    """Whose words a position is in."""

    author = "author"
    speaker = "speaker"
    actor = "actor"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which positions are asked for. A value of None asks for nothing."""

    holder: str | None
    target: str | None
    voices: tuple[str, ...]
    min_confidence: float | None
    since: date | None
    until: date | None
    outlet: str | None

    def positions(self, *, is_all: bool = False) -> str:
        """Return the call of the macro `stance_between`; `is_all`: however unsure they are."""
        names = f"{name_literal(self.holder)}, {name_literal(self.target)}"
        return f"stance_between({names}{self._arguments(', ', is_all)})"

    def of(self, macro: str) -> str:
        """Return the SELECT of the rows of `macro` that are about holder and target."""
        sides = [*_is_side("holder", self.holder), *_is_side("target", self.target)]
        wanted = f" WHERE {' AND '.join(sides)}" if sides else ""
        return f"FROM {macro}({self._arguments()}){wanted}"

    @property
    def unsure(self) -> str:
        """Return the condition for positions that are left out as unsure."""
        floor = self.min_confidence
        return "NOT is_sure" if floor is None else f"confidence < {literal(floor)}"

    def _arguments(self, before: str = "", is_all: bool = False) -> str:
        values = {
            "min_confidence": "0" if is_all else literal(self.min_confidence),
            "voices": f"[{', '.join(map(literal, self.voices))}]" if self.voices else "NULL",
            "since": literal(self.since),
            "until": literal(self.until),
            "in_outlet": literal(self.outlet),
        }
        given = [f"{name} := {value}" for name, value in values.items() if value != "NULL"]
        return before + ", ".join(given) if given else ""


def stance(
    holder: Annotated[
        str | None, typer.Argument(metavar="HOLDER", help="Who holds the position; '-' for anyone.")
    ] = None,
    target: Annotated[
        str | None, typer.Argument(metavar="TARGET", help="Whom or what it is about.")
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="With --plot, the PNG or SVG file to draw in."),
    ] = None,
    voice: Annotated[
        list[Voice] | None,
        typer.Option(help="Only in this voice; can be given again.", show_default=False),
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            help="Only what is at least as sure; default 0.6, 0 shows all.",
            show_default=False,
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    outlet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only in this outlet.", show_default=False)
    ] = None,
    plot: Annotated[
        bool,
        typer.Option("--plot", help="Draw the course over time: here, or in FILE."),
    ] = False,
    data_dir: DataDir = None,
    config: Config = None,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Csv = False,
    limit: Limit = None,
) -> None:
    """Show who supports or opposes whom.

    With HOLDER and TARGET, a summary and each position with its sentence, newest first; with one
    of them, a summary by the other; with neither, every pair. Rows of method 'represents' follow
    from what a spokesman said, and are summed up apart. Means are of articles, with their 95 %
    interval. With --plot, the course over time instead of the positions.

    Example: demarche stance Russia Taliban --voice speaker --voice actor --since 2021-08-15

    Example: demarche stance - Taliban

    Example: demarche stance Russia Taliban --plot course.svg
    """
    fmt = chosen_format(as_json, as_csv, limit)
    voices = tuple(one.value for one in voice or ())
    asked = Asked(holder, target, voices, min_confidence, since, until, outlet)
    _check_plot(asked, picture, plot, fmt)
    with open_reader(settings_for(config, data_dir), as_of, is_of_marts=True) as reader:
        if not reader.rows(f"FROM {asked.positions(is_all=True)} LIMIT 1"):
            require_known(reader, holder)
            require_known(reader, target)
        if picture is not None:
            _draw(reader, asked, picture)
        _show(reader, asked, fmt, is_chart=plot and picture is None)
        _tell_left_out(reader, asked)


def _check_plot(asked: Asked, picture: Path | None, plot: bool, fmt: Format) -> None:
    if picture is not None and not plot:
        raise typer.BadParameter(f"'{picture}' is one argument too many; FILE goes with --plot")
    if not plot:
        return
    if not (is_given(asked.holder) and is_given(asked.target)):
        raise typer.BadParameter("--plot needs HOLDER and TARGET")
    if picture is None and fmt.kind != "table":
        raise typer.BadParameter(f"give --plot a file, or leave out --{fmt.kind}")
    if picture is not None:
        check_picture(picture)


def _show(reader: Reader, asked: Asked, fmt: Format, *, is_chart: bool) -> None:
    sides = [
        side
        for side, name in (("holder", asked.holder), ("target", asked.target))
        if not is_given(name)
    ]
    if sides:
        show(reader.query(_summary(asked, sides)), fmt)
        return
    if fmt.kind == "table":
        records = reader.query(_summary(asked, ["holder", "target"]))
        rows = list(records.rows)
        if rows:
            show(type(records)(records.columns, rows), Format("table", None))
            print()
        if is_chart:
            _print_chart(reader, asked, has_rows=bool(rows))
            return
    show(reader.query(f"FROM {asked.positions()}"), fmt, SHOWN)


def _summary(asked: Asked, sides: list[str]) -> str:
    names = ", ".join(sides)
    order = f"stances DESC, {names}, is_represented, holder_id, target_id"
    return f"SELECT {names}, {FIGURES} {asked.of('stance_records')} ORDER BY {order}"


def _is_side(side: str, name: str | None) -> Iterator[str]:
    """Yield the condition that the `side` of a row is the one called `name`, if anyone is."""
    if is_given(name):
        called = literal(name)
        yield (
            f"({side}_id IN (FROM entity_ids({called})) "
            f"OR ({side}_id IS NULL AND lower({side}) = lower(trim({called}))))"
        )


def _print_chart(reader: Reader, asked: Asked, *, has_rows: bool) -> None:
    from flows.cli.queries.stance_chart import chart
    from flows.cli.queries.stance_course import course

    if not has_rows:
        print_note("no rows")
        return
    print("\n".join(chart(course(reader, asked))))


def _draw(reader: Reader, asked: Asked, picture: Path) -> None:
    from flows.cli.queries.stance_course import course
    from flows.cli.queries.stance_picture import draw

    found = course(reader, asked)
    if not found.points:
        print_note(f"{picture} is not drawn: there is no position with a day")
        return
    draw(found, picture)
    print_note(f"drawn in {picture}")


def _tell_left_out(reader: Reader, asked: Asked) -> None:
    """Say how many positions are not shown because they are less sure."""
    if asked.min_confidence == 0:
        return
    found = f"SELECT count(*) FROM {asked.positions(is_all=True)} WHERE {asked.unsure}"
    ((count,),) = reader.rows(found)
    if count:
        what = "1 less sure position is" if count == 1 else f"{count} less sure positions are"
        print_note(f"{what} left out; `--min-confidence 0` shows all")
