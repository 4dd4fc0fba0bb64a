-- one row is one label with 100 mentions by name or more, over half of them without an entity
-- Half is a first guess. Pronouns and nominals are left out: many of them refer to no entity.
SELECT
    label AS row_id, NULL::VARCHAR AS article_id,
    concat(count(*) - count(entity_id), ' of ', count(*), ' mentions have no entity') AS detail
FROM mentions
WHERE kind NOT IN ('pronoun', 'nominal')
GROUP BY label
HAVING count(*) >= 100 AND count(entity_id) < count(*) / 2
