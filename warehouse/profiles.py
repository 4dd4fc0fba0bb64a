"""What linking asks of the lake about entities. Each question is linear in what the lake holds."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa

from warehouse.arrow import to_arrow
from warehouse.lake import Lake
from warehouse.tables import Entity, EntityRole

COMMON = 20
"""An entity in more than one article of this many says nothing about those beside it..."""
FEW = 10
"""...unless it is in no more articles than these."""

Rows = list[tuple[Any, ...]]


@contextmanager
def beside_registry(
    lake: Lake, entities: Sequence[Entity], roles: Sequence[EntityRole]
) -> Iterator[None]:
    """Put the registry's entities and roles beside the lake's; every question needs them."""
    given = {
        "registry_entities": to_arrow("entities", entities),
        "registry_roles": to_arrow("entity_roles", roles),
    }
    with lake.holding(**given):
        yield


def listed(lake: Lake) -> Rows:
    """Return entity_id, name, type, is_registry, mentions and articles of each entity."""
    return lake.rows(
        """WITH counted AS (
            SELECT entity_id, count(*) AS mentions, count(DISTINCT article_id) AS articles
            FROM lake.main.mentions WHERE entity_id IS NOT NULL GROUP BY 1
        ), named AS (
            SELECT entity_id, surface AS name, (kind = 'name')::INT AS weight, count(*) AS times
            FROM lake.main.mentions ANTI JOIN registry_entities USING (entity_id)
            WHERE entity_id IS NOT NULL GROUP BY ALL
            UNION ALL
            SELECT entity_id, expansion, 1, count(*)
            FROM lake.main.acronyms ANTI JOIN registry_entities USING (entity_id)
            WHERE entity_id IS NOT NULL GROUP BY ALL
        ), listed AS (
            SELECT entity_id, name, type, true AS is_registry FROM registry_entities
            UNION ALL
            SELECT entity_id, arg_max(name, (weight, times, length(name), name)),
                split_part(entity_id, ':', 1), false
            FROM named GROUP BY entity_id
        )
        SELECT entity_id, name, type, is_registry, coalesce(mentions, 0), coalesce(articles, 0)
        FROM listed LEFT JOIN counted USING (entity_id)"""
    )


def acronyms(lake: Lake) -> Rows:
    """Return acronym, entity_id and the number of articles that define it so."""
    return lake.rows(
        """SELECT acronym, entity_id, count(DISTINCT article_id) FROM lake.main.acronyms
        WHERE entity_id IS NOT NULL GROUP BY ALL"""
    )


def roles_by_country(lake: Lake) -> Rows:
    """Return entity_id, article_id, role and country of persons with roles of several countries.

    The country of the registry's persons comes as a role without an article.
    """
    return lake.rows(
        """WITH given AS (
            SELECT entity_id, article_id, role, country_iso3 FROM lake.main.entity_roles
            WHERE article_id IS NOT NULL
            UNION ALL
            SELECT entity_id, NULL, role, country_iso3 FROM registry_roles
            UNION ALL
            SELECT entity_id, NULL, '', country_iso3 FROM registry_entities WHERE type = 'person'
        ), several AS (
            SELECT entity_id FROM given GROUP BY 1 HAVING count(DISTINCT country_iso3) > 1
        )
        SELECT DISTINCT entity_id, article_id, role, country_iso3
        FROM given SEMI JOIN several USING (entity_id) WHERE country_iso3 IS NOT NULL"""
    )


def roles(lake: Lake, entity_ids: Collection[str]) -> Rows:
    """Return entity_id, role and country of the roles of `entity_ids`."""
    with _wanted(lake, entity_ids):
        return lake.rows(
            """SELECT DISTINCT entity_id, role, country_iso3
            FROM lake.main.entity_roles SEMI JOIN wanted USING (entity_id)
            WHERE article_id IS NOT NULL
            UNION
            SELECT entity_id, role, country_iso3
            FROM registry_roles SEMI JOIN wanted USING (entity_id)
            UNION
            SELECT entity_id, NULL, country_iso3
            FROM registry_entities SEMI JOIN wanted USING (entity_id)
            WHERE country_iso3 IS NOT NULL"""
        )


def context(lake: Lake, entity_ids: Collection[str]) -> Rows:
    """Return entity_id and each registry entity that an article names with it, common ones not."""
    with _wanted(lake, entity_ids):
        return lake.rows(
            f"""WITH named AS (
                SELECT DISTINCT article_id, entity_id FROM lake.main.mentions
                WHERE entity_id IS NOT NULL
            ), telling AS (
                SELECT entity_id FROM named SEMI JOIN registry_entities USING (entity_id)
                GROUP BY 1
                HAVING count(*) <= greatest({FEW},
                    (SELECT count(DISTINCT article_id) FROM named) / {COMMON})
            ), beside AS (
                FROM named SEMI JOIN telling USING (entity_id)
            )
            SELECT DISTINCT w.entity_id, b.entity_id
            FROM (FROM named SEMI JOIN wanted USING (entity_id)) AS w
            JOIN beside AS b USING (article_id)
            WHERE b.entity_id <> w.entity_id
            UNION
            SELECT entity_id, organisation_id FROM registry_roles SEMI JOIN wanted USING (entity_id)
            WHERE organisation_id IS NOT NULL"""
        )


@contextmanager
def _wanted(lake: Lake, entity_ids: Collection[str]) -> Iterator[None]:
    wanted = pa.table({"entity_id": pa.array(sorted(entity_ids), pa.string())})
    with lake.holding(wanted=wanted):
        yield
