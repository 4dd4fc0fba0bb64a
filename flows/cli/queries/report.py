"""`demarche report`: the publication as one file to look at."""

import os
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import Config, DataDir, Since
from flows.cli.output import print_note
from flows.cli.queries.names import require_known
from flows.cli.reading import Reader, open_publication, settings_for

if TYPE_CHECKING:
    from warehouse.publication import Manifest

NAMED = (".html", ".htm")


def report(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The HTML file to write; an old one is replaced.")
    ] = Path("demarche-report.html"),
    about: Annotated[
        str | None,
        typer.Option(
            "--about",
            metavar="NAME",
            help="Only what is about this entity: name, alias or id.",
            show_default=False,
        ),
    ] = None,
    since: Since = None,
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Write the publication as one HTML file: pictures whose marks lead to the sentences.

    Coverage, who appears with whom, who stands where and since when, the timeline, quotes, and
    what was rejected. The file needs no network and nothing beside it. With --since, articles from
    that day on, what happened from then on, and what was rejected since.

    Example: demarche report --about Taliban --since 2021-08-15 taliban.html
    """
    if file.suffix.lower() not in NAMED:
        raise typer.BadParameter(f"'{file}' is not named as an .html file", param_hint="FILE")
    folder = settings_for(config, data_dir).publish_folder
    manifest = _manifest(folder)
    with Reader(open_publication(folder / "current" / "demarche.duckdb"), is_lake=False) as reader:
        require_known(reader, about)
        text, articles = _made(reader, about, since, manifest)
    _write(file, text)
    count = "1 article" if articles == 1 else f"{articles:,} articles"
    print_note(f"{count} in {file}, {len(text.encode()) / 1_000_000:.1f} MB; open it in a browser")


def _manifest(folder: Path) -> "Manifest":
    """Return what tells of the current publication. Raises LakeError where there is none."""
    from warehouse.errors import LakeError
    from warehouse.publication import current

    manifest = current(folder)
    if manifest is None:
        raise LakeError(
            f"nothing is published in {folder}; `demarche run` or `demarche publish` does so"
        )
    return manifest


def _made(
    reader: Reader, about: str | None, since: date | None, manifest: "Manifest"
) -> tuple[str, int]:
    from flows.reporting.report import make_report
    from flows.reporting.scope import Scope

    made = make_report(reader, Scope(about, since), manifest)
    return made.text, made.articles


def _write(file: Path, text: str) -> None:
    """Write `text` beside `file`, then put it in its place: no reader meets half a report."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
        beside.chmod(0o644)
        beside.replace(file)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
