"""What the lake holds of events, for telling which are of one story."""

from collections.abc import Iterator
from typing import Any

from warehouse.lake import Lake
from warehouse.translated import translated

FETCHED = 10_000
"""Rows taken from DuckDB at a time, so that a large lake needs little memory for them."""
TOLD = """
WITH countries AS (
    SELECT entity_id, country_iso3 AS iso3 FROM lake.main.entities
    WHERE country_iso3 IS NOT NULL
)
SELECT
    e.event_id, e.article_id, e.sentence_id,
    coalesce(a.published_on, a.published_not_before), e.start_char, e.action_code,
    e.actor_id, e.actor, actor.iso3, e.target_id, e.target, target.iso3,
    e.place_id, e.place, place.iso3,
    e.happened_from, e.happened_to,
    e.modality = 'asserted' AND NOT e.is_negated, e.action, s.text
FROM lake.linked.events AS e
JOIN lake.main.articles AS a USING (article_id)
LEFT JOIN lake.main.sentences AS s USING (sentence_id)
LEFT JOIN countries AS actor ON actor.entity_id = e.actor_id
LEFT JOIN countries AS target ON target.entity_id = e.target_id
LEFT JOIN countries AS place ON place.entity_id = e.place_id"""
"""What stories are told of: each event, with its entities linked and its sentence."""


def told(lake: Lake) -> Iterator[tuple[Any, ...]]:
    """Yield event_id, article_id, sentence_id, day, start_char, action_code, actor_id, actor,
    actor_country, target_id, target, target_country, place_id, place, place_country,
    happened_from, happened_to, is_fact, action and sentence of each event.

    Entities are linked, so they must be settled. The day is NULL where nothing is known. Countries
    are those of the entities, NULL where they have none.
    """
    with translated():
        lake.con.execute(TOLD)
        while rows := lake.con.fetchmany(FETCHED):
            yield from rows
