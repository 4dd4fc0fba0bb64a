"""Tables that follow from reference data and from all articles together.

They are settled after a run's batches, so that no batch depends on the order of the others.
"""

from collections.abc import Sequence

from warehouse.arrow import to_arrow
from warehouse.lake import Lake
from warehouse.schema import columns
from warehouse.tables import Correction, Entity, EntityAlias, EntityRole, NamedSource

DERIVED = {
    "entities": """
        WITH named AS (
            SELECT article_id, entity_id, surface AS name, (kind = 'name')::INT AS weight
            FROM lake.mentions
            UNION ALL SELECT article_id, entity_id, expansion, 1 FROM lake.acronyms
            UNION ALL SELECT article_id, speaker_id, speaker, 0 FROM lake.statements
            UNION ALL SELECT article_id, holder_id, holder, 0 FROM lake.stances
            UNION ALL SELECT article_id, target_id, target, 0 FROM lake.stances
        ), first_seen AS (
            SELECT entity_id, min(coalesce(published_on, published_not_before)) AS first_seen_on
            FROM named JOIN lake.articles USING (article_id) GROUP BY 1
        ), counted AS (
            SELECT entity_id, name, weight, count(*) AS times FROM named
            WHERE entity_id IS NOT NULL AND name IS NOT NULL GROUP BY ALL
        ), discovered AS (
            SELECT entity_id, arg_max(name, (weight, times, length(name), name)) AS name
            FROM counted ANTI JOIN registry_entities USING (entity_id) GROUP BY 1
        )
        SELECT r.* REPLACE (f.first_seen_on AS first_seen_on)
        FROM registry_entities AS r LEFT JOIN first_seen AS f USING (entity_id)
        UNION ALL BY NAME
        SELECT entity_id, name, split_part(entity_id, ':', 1) AS type, 'discovered' AS origin,
            first_seen_on
        FROM discovered JOIN first_seen USING (entity_id)""",
    "entity_aliases": """
        SELECT * FROM registry_aliases
        UNION ALL BY NAME
        SELECT DISTINCT entity_id, acronym AS alias, 'acronym' AS kind, 'discovered' AS origin
        FROM lake.acronyms AS a
        WHERE entity_id IS NOT NULL AND NOT EXISTS (
            FROM registry_aliases AS r WHERE r.entity_id = a.entity_id AND r.alias = a.acronym)""",
    "entity_roles": "SELECT *, NULL::VARCHAR AS run_id FROM registry_roles",
    "corrections": "SELECT * FROM registry_corrections",
    "sources": """
        FROM named_sources
        UNION ALL BY NAME FROM lake.sources ANTI JOIN named_sources USING (source_id)""",
}
"""What each derived table should hold."""

OWNED = {"entity_roles": "article_id IS NULL"}
"""Rows of a table that are derived here; the others belong to articles."""


def settle(
    lake: Lake,
    *,
    entities: Sequence[Entity],
    aliases: Sequence[EntityAlias],
    roles: Sequence[EntityRole],
    corrections: Sequence[Correction] = (),
    sources: Sequence[NamedSource] = (),
) -> bool:
    """Bring the derived tables up to date and return whether anything changed."""
    given = {
        "registry_entities": to_arrow("entities", entities),
        "registry_aliases": to_arrow("entity_aliases", aliases),
        "registry_roles": to_arrow("entity_roles", roles).drop_columns(["run_id"]),
        "registry_corrections": to_arrow("corrections", corrections),
        "named_sources": to_arrow("sources", sources),
    }
    for name, table in given.items():
        lake.con.register(name, table)
    try:
        with lake.write():
            changed = [_replace(lake, table, sql) for table, sql in DERIVED.items()]
        return any(changed)
    finally:
        for name in given:
            lake.con.unregister(name)


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
