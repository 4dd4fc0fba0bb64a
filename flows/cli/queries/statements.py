"""`demarche statements`: who said what."""

from enum import StrEnum
from typing import Annotated, get_args

import typer

from flows.cli.options import AsOf, Config, Csv, DataDir, Json, Limit, Since, Until
from flows.cli.output import chosen_format, show
from flows.cli.queries.names import is_given, name_literal, require_known
from flows.cli.reading import condition, open_reader, settings_for
from warehouse import tables

SHOWN = ("day", "speaker", "cue", "cue_class", "kind", "content", "publisher", "statement_id")

ABOUT = """(contains(lower(content), lower({0})) OR statement_id IN (
    SELECT s.statement_id FROM statements AS s JOIN mentions AS m
        ON m.article_id = s.article_id
        AND m.start_char >= s.start_char AND m.end_char <= s.end_char
    WHERE m.entity_id IN (FROM entity_ids({0}))))"""
"""Statements that mention the entity so called in what they say, or hold the words themselves."""


VIA = "via_id IN (FROM entity_ids({}))"


class StatementKind(StrEnum):
    """How a statement is reported."""

    direct = "direct"
    indirect = "indirect"
    mixed = "mixed"


CueClass = StrEnum("CueClass", {name: name for name in get_args(tables.CueClass)})  # type: ignore[misc]
"""What the words that report a statement do."""


def statements(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Who speaks.")] = None,
    about: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Only what mentions this entity or these words.",
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        StatementKind | None, typer.Option(help="Only quoted so.", show_default=False)
    ] = None,
    cue_class: Annotated[
        CueClass | None,
        typer.Option("--class", help="Only what is put so.", show_default=False),
    ] = None,
    via: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only what this entity passes on.", show_default=False),
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Only what is at least as sure.", show_default=False),
    ] = None,
    first: Annotated[
        bool, typer.Option("--first", help="Only the first appearance of what is repeated.")
    ] = False,
    since: Since = None,
    until: Until = None,
    data_dir: DataDir = None,
    config: Config = None,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Csv = False,
    limit: Limit = None,
) -> None:
    """Show what NAME, or anyone, is reported to have said, earliest first.

    Example: demarche statements Lavrov --about Taliban --kind direct

    Example: demarche statements - --class deny --via Reuters --first
    """
    fmt = chosen_format(as_json, as_csv, limit)
    wanted = condition(
        {
            ABOUT: about,
            VIA: via,
            "kind = {}": kind,
            "cue_class = {}": cue_class,
            "confidence >= {}::DOUBLE": None if min_confidence is None else str(min_confidence),
            "is_first": "yes" if first else None,
            "day >= {}": since,
            "day <= {}": until,
        }
    )
    source = f"statements_by({name_literal(name)})" if is_given(name) else "quotes"
    said = f"FROM (SELECT coalesce(published_on, published_not_before) AS day, * FROM {source})"
    order = "ORDER BY day NULLS LAST, article_id, start_char, statement_id"
    with open_reader(settings_for(config, data_dir), as_of, is_of_marts=True) as reader:
        if is_given(name) and not reader.rows(f"{said} LIMIT 1"):
            require_known(reader, name)
        if via and not reader.rows(f"FROM quotes {condition({VIA: via})} LIMIT 1"):
            require_known(reader, via)
        show(reader.query(f"{said} {wanted} {order}"), fmt, SHOWN)
