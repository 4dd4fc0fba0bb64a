"""Tables that follow from reference data and from all articles together.

They are settled after a run's batches, so that no batch depends on the order of the others.
"""

from collections.abc import Sequence

from warehouse.arrow import to_arrow
from warehouse.lake import Lake
from warehouse.schema import columns
from warehouse.tables import (
    Entity,
    EntityAlias,
    EntityLink,
    EntityMember,
    EntityRole,
    NamedSource,
    StoryLink,
    UtteranceLink,
)

SPELT = """array_to_string(list_transform(
    string_split(split_part(split_part(speaker_id, ':', 2), '.', 1), '-'),
    lambda w: upper(w[1]) || w[2:]), ' ')"""
"""The name that a person's id was made of: the label of a turn, 'MR. EARNEST', is none."""

DERIVED = {
    "entity_links": "FROM wanted_links",
    "entities": f"""
        WITH named AS (
            SELECT article_id, entity_id, surface AS name, (kind = 'name')::INT AS weight
            FROM lake.linked.mentions
            UNION ALL SELECT article_id, entity_id, expansion, 1 FROM lake.linked.acronyms
            UNION ALL SELECT article_id, speaker_id,
                if(method = 'turn' AND speaker_id LIKE 'person:%', {SPELT}, speaker), 0
            FROM lake.linked.statements
            UNION ALL SELECT article_id, holder_id, holder, 0 FROM lake.linked.stances
            UNION ALL SELECT article_id, target_id, target, 0 FROM lake.linked.stances
            UNION ALL SELECT article_id, author_id, author, 0 FROM lake.linked.citations
            UNION ALL SELECT article_id, publisher_id, publisher, 0 FROM lake.linked.citations
        ), first_seen AS (
            SELECT entity_id, min(coalesce(published_on, published_not_before)) AS first_seen_on
            FROM named JOIN lake.main.articles USING (article_id) GROUP BY 1
        ), counted AS (
            SELECT entity_id, name, weight, count(*) AS times FROM named
            WHERE entity_id IS NOT NULL AND name IS NOT NULL GROUP BY ALL
        ), discovered AS (
            SELECT entity_id, arg_max(name, (weight, times, length(name), name)) AS name
            FROM counted ANTI JOIN registry_entities USING (entity_id) GROUP BY 1
        )
        SELECT r.* REPLACE (f.first_seen_on AS first_seen_on)
        FROM registry_entities AS r
        LEFT JOIN first_seen AS f USING (entity_id)
        ANTI JOIN (FROM wanted_links WHERE article_id IS NULL) AS l USING (entity_id)
        UNION ALL BY NAME
        SELECT entity_id, name, split_part(entity_id, ':', 1) AS type, 'discovered' AS origin,
            first_seen_on,
            upper(nullif(regexp_extract(entity_id, '^person:.*[.]([a-z]{{3}})$', 1), ''))
                AS country_iso3
        FROM discovered JOIN first_seen USING (entity_id)""",
    "entity_aliases": """
        WITH everywhere AS (FROM wanted_links WHERE article_id IS NULL),
        spelt AS (
            SELECT entity_id, surface, count(*) AS times
            FROM lake.main.mentions SEMI JOIN everywhere USING (entity_id)
            WHERE kind = 'name' GROUP BY ALL
        ), given AS (
            SELECT * REPLACE (coalesce(linked_id, entity_id) AS entity_id)
            FROM (
                SELECT r.*, l.linked_id
                FROM registry_aliases AS r LEFT JOIN everywhere AS l USING (entity_id)
            )
            UNION ALL BY NAME
            SELECT entity_id, acronym AS alias, 'acronym' AS kind, 'discovered' AS origin
            FROM lake.linked.acronyms WHERE entity_id IS NOT NULL
            UNION ALL BY NAME
            SELECT linked_id AS entity_id, arg_max(surface, (times, surface)) AS alias,
                'name' AS kind, 'discovered' AS origin
            FROM spelt JOIN everywhere AS l USING (entity_id) GROUP BY l.entity_id, linked_id
        )
        SELECT DISTINCT entity_id, alias, kind, origin FROM given
        QUALIFY origin = max(origin) OVER (PARTITION BY entity_id, alias)""",
    "entity_roles": "SELECT *, NULL::VARCHAR AS run_id FROM registry_roles",
    "entity_members": "SELECT * FROM registry_members",
    "sources": """
        FROM named_sources
        UNION ALL BY NAME FROM lake.sources ANTI JOIN named_sources USING (source_id)""",
}
"""What each derived table should hold; links first, since the others look through them."""

OWNED = {"entity_roles": "article_id IS NULL"}
"""Rows of a table that are derived here; the others belong to articles."""


def settle(
    lake: Lake,
    *,
    entities: Sequence[Entity],
    aliases: Sequence[EntityAlias],
    roles: Sequence[EntityRole],
    members: Sequence[EntityMember] = (),
    links: Sequence[EntityLink] = (),
    sources: Sequence[NamedSource] = (),
) -> bool:
    """Bring the derived tables up to date and return whether anything changed."""
    given = {
        "registry_entities": to_arrow("entities", entities),
        "registry_aliases": to_arrow("entity_aliases", aliases),
        "registry_roles": to_arrow("entity_roles", roles).drop_columns(["run_id"]),
        "registry_members": to_arrow("entity_members", members),
        "wanted_links": to_arrow("entity_links", links),
        "named_sources": to_arrow("sources", sources),
    }
    with lake.holding(**given):
        lake.con.execute("CREATE OR REPLACE TEMP TABLE entity_links AS FROM wanted_links")
        try:
            with lake.write():
                changed = [_replace(lake, table, sql) for table, sql in DERIVED.items()]
            return any(changed)
        finally:
            lake.con.execute("DROP TABLE temp.entity_links")


def settle_utterances(lake: Lake, links: Sequence[UtteranceLink]) -> bool:
    """Bring `utterance_links` up to date and return whether anything changed.

    Entities come first: whether two speakers are one decides about short statements.
    """
    return _settle_links(lake, "utterance_links", links)


def settle_stories(lake: Lake, links: Sequence[StoryLink]) -> bool:
    """Bring `story_links` up to date and return whether anything changed.

    Entities come first: events are of one story where those who act are the same.
    """
    return _settle_links(lake, "story_links", links)


def _settle_links(lake: Lake, table: str, links: Sequence[object]) -> bool:
    lake.con.register("wanted_members", to_arrow(table, links))
    try:
        with lake.write():
            return _replace(lake, table, "FROM wanted_members")
    finally:
        lake.con.unregister("wanted_members")


def _replace(lake: Lake, table: str, sql: str) -> bool:
    """Make the derived rows of `table` what `sql` gives; untouched where they are that already."""
    owned = OWNED.get(table, "true")
    names = ", ".join(f'"{column.name}"' for column in columns(table))
    lake.con.execute(f"CREATE OR REPLACE TEMP TABLE wanted_rows AS SELECT {names} FROM ({sql})")
    present = f"(SELECT {names} FROM lake.{table} WHERE {owned})"
    difference = f"""SELECT count(*) FROM (
        (FROM wanted_rows EXCEPT ALL FROM {present})
        UNION ALL (FROM {present} EXCEPT ALL FROM wanted_rows))"""
    if lake.rows(difference) == [(0,)]:
        return False
    lake.con.execute(f"DELETE FROM lake.{table} WHERE {owned}")
    lake.con.execute(f"INSERT INTO lake.{table} BY NAME FROM wanted_rows ORDER BY ALL")
    return True
