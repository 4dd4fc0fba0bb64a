"""`demarche statements`: who said what."""

from enum import StrEnum
from typing import Annotated

import typer

from flows.cli.options import AsOf, Config, Csv, DataDir, Json, Limit, Since, Until
from flows.cli.output import chosen_format, show
from flows.cli.queries.names import is_given, name_literal, require_known
from flows.cli.reading import condition, open_reader, settings_for

SHOWN = ("day", "speaker", "cue", "kind", "content", "publisher", "statement_id")

ABOUT = """(contains(lower(content), lower({0})) OR statement_id IN (
    SELECT s.statement_id FROM statements AS s JOIN mentions AS m
        ON m.article_id = s.article_id
        AND m.start_char >= s.start_char AND m.end_char <= s.end_char
    WHERE m.entity_id IN (FROM entity_ids({0}))))"""
"""Statements that mention the entity so called in what they say, or hold the words themselves."""


class StatementKind(StrEnum):
    """How a statement is reported."""

    direct = "direct"
    indirect = "indirect"
    mixed = "mixed"


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
    """
    fmt = chosen_format(as_json, as_csv, limit)
    wanted = condition({ABOUT: about, "kind = {}": kind, "day >= {}": since, "day <= {}": until})
    source = f"statements_by({name_literal(name)})" if is_given(name) else "quotes"
    said = f"FROM (SELECT coalesce(published_on, published_not_before) AS day, * FROM {source})"
    with open_reader(settings_for(config, data_dir), as_of) as reader:
        if is_given(name) and not reader.rows(f"{said} LIMIT 1"):
            require_known(reader, name)
        order = "ORDER BY day NULLS LAST, article_id, statement_id"
        show(reader.query(f"{said} {wanted} {order}"), fmt, SHOWN)
