"""`demarche diff`: what changed between two revisions of an article."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.options import Config, Csv, DataDir, Json
from flows.cli.output import chosen_format, print_note, show_records
from flows.cli.reading import Reader, literal, open_reader, settings_for

if TYPE_CHECKING:
    from warehouse.tables import Article

FOUND = """SELECT article_id FROM articles
    WHERE starts_with(article_id, {0}) OR url = {0} OR canonical_url = {0}
    ORDER BY article_id LIMIT 6"""

REVISIONS = """FROM (
    SELECT * EXCLUDE run_id FROM articles
    UNION ALL BY NAME SELECT * EXCLUDE (run_id, replaced_at) FROM article_revisions
) WHERE article_id = {} ORDER BY revision"""


class NoRevisionError(typer.TyperException):
    """An article or a revision that is not there."""


def diff(
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="Id of an article, its start, or its address.")
    ],
    old: Annotated[
        int | None,
        typer.Option(
            "--from", metavar="N", help="Revision; default: the last but one.", show_default=False
        ),
    ] = None,
    new: Annotated[
        int | None,
        typer.Option("--to", metavar="N", help="Revision; default: the last.", show_default=False),
    ] = None,
    data_dir: DataDir = None,
    config: Config = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Show what changed between two revisions of an article: head, text and extracted rows.

    Both texts are annotated by the extraction in force. In a table, `-` is what only the earlier
    revision has and `+` what only the later one has; CSV gives the rows alone.

    Example: demarche diff https://news.example/2021/talks
    """
    fmt = chosen_format(as_json, as_csv)
    settings = settings_for(config, data_dir)
    with open_reader(settings) as reader:
        earlier, later = _revisions(reader, article, old, new)
    from dataclasses import asdict

    from flows.comparison import compare

    found = compare(earlier, later, model=settings.nlp.model, entities=settings.entities_folder)
    rows = [asdict(change) for change in found.rows]
    if fmt.kind == "csv":
        show_records(rows, fmt)
    elif fmt.kind == "json":
        span = {"from_revision": earlier.revision, "to_revision": later.revision}
        record: dict[str, Any] = {"article_id": later.article_id, **span}
        show_records([record | {"head": found.head, "text": found.text, "rows": rows}], fmt)
    else:
        _print(found.head, found.text, rows)


def _revisions(
    reader: Reader, wanted: str, old: int | None, new: int | None
) -> "tuple[Article, Article]":
    from warehouse.tables import Article

    ids = [row[0] for row in reader.rows(FOUND.format(literal(wanted)))]
    if len(ids) != 1:
        several = f"several articles start so: {', '.join(ids[:5])}" if ids else "there is none"
        raise NoRevisionError(f"no single article '{wanted}': {several}")
    records = reader.records(REVISIONS.format(literal(ids[0])))
    held = {record["revision"]: Article(**record) for record in records}
    new = max(held) if new is None else new
    old = max((number for number in held if number < new), default=None) if old is None else old
    if old is None:
        raise NoRevisionError(f"article {ids[0]} has one revision; there is nothing to compare")
    for number in (old, new):
        if number not in held:
            numbers = ", ".join(map(str, held))
            raise NoRevisionError(f"article {ids[0]} has no revision {number}; it has {numbers}")
    return held[old], held[new]


def _print(head: dict[str, tuple[Any, Any]], text: list[str], rows: list[dict[str, Any]]) -> None:
    from flows.cli.output import neutral

    for name, (before, after) in head.items():
        print(neutral(f"{name}: {before} -> {after}"))
    for line in text:
        print(neutral(line))
    for change in rows:
        sign = "-" if change["change"] == "removed" else "+"
        told = ", ".join(f"{name}={value}" for name, value in change["row"].items() if value)
        print(neutral(f"{sign} {change['table']}: {told}"))
    if not (head or text or rows):
        print_note("no difference")
