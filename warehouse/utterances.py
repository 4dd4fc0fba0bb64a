"""What the lake holds of statements, for telling which are the same utterance."""

from collections.abc import Iterator
from typing import Any

from warehouse.lake import Lake
from warehouse.translated import translated

FETCHED = 10_000
"""Rows taken from DuckDB at a time, so that a large lake needs little memory for them."""
SAID = """
SELECT
    s.statement_id, s.article_id, coalesce(a.published_on, a.published_not_before), s.kind,
    s.speaker_id, s.speaker, s.speaker_type, s.cue_class, s.cue_end, s.is_negated,
    s.start_char, s.end_char, s.content
FROM lake.linked.statements AS s
JOIN lake.main.articles AS a USING (article_id)"""
"""What utterances are told of: each statement, its speaker linked, with its article's day."""


def said(lake: Lake) -> Iterator[tuple[Any, ...]]:
    """Yield statement_id, article_id, day, kind, speaker_id, speaker, speaker_type, cue_class,
    cue_end, is_negated, start_char, end_char and content of each statement.

    Speakers are linked, so entities must be settled. The day is NULL where nothing is known.
    """
    with translated():
        lake.con.execute(SAID)
        while rows := lake.con.fetchmany(FETCHED):
            yield from rows
