-- one row is one entity of that name, with its names, its roles and what articles make of it
-- needs: entity_ids
who_is(p_name) AS TABLE
WITH named AS (
    SELECT entity_id, string_agg(alias, ' | ' ORDER BY alias) AS aliases
    FROM (SELECT DISTINCT entity_id, alias FROM entity_aliases)
    WHERE entity_id IN (FROM entity_ids(p_name))
    GROUP BY entity_id
),
held AS (
    SELECT DISTINCT
        r.entity_id,
        concat_ws(
            ', ', r.role, coalesce(o.name, r.country_iso3),
            'from ' || r.valid_from, 'to ' || r.valid_to
        ) AS role
    FROM entity_roles AS r
    LEFT JOIN entities AS o ON o.entity_id = r.organisation_id
    WHERE r.entity_id IN (FROM entity_ids(p_name))
),
roles AS (
    SELECT entity_id, string_agg(role, ' | ' ORDER BY role) AS roles
    FROM held
    GROUP BY entity_id
)
SELECT
    e.entity_id, e.name, e.type, e.country_iso3, e.wikidata_id, e.description, e.origin,
    n.aliases, r.roles,
    coalesce(p.mentions, 0) AS mentions, coalesce(p.articles, 0) AS articles,
    coalesce(p.outlets, 0) AS outlets, p.first_on, p.last_on, p.basis, p.metonym_share,
    coalesce(p.statements, 0) AS statements,
    coalesce(p.holder_stances, 0) AS holder_stances,
    coalesce(p.holder_support, 0) AS holder_support,
    coalesce(p.holder_oppose, 0) AS holder_oppose,
    coalesce(p.target_stances, 0) AS target_stances,
    coalesce(p.target_support, 0) AS target_support,
    coalesce(p.target_oppose, 0) AS target_oppose
FROM entities AS e
LEFT JOIN named AS n USING (entity_id)
LEFT JOIN roles AS r USING (entity_id)
LEFT JOIN entity_profile AS p USING (entity_id)
WHERE e.entity_id IN (FROM entity_ids(p_name))
ORDER BY mentions DESC, e.entity_id
