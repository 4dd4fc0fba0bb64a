-- one row is one entity whose id, name or alias is `p_name`, whatever the case
-- An id that is linked to another leads there.
entity_ids(p_name) AS TABLE
SELECT entity_id FROM entities
WHERE lower(entity_id) = lower(trim(p_name)) OR lower(entities.name) = lower(trim(p_name))
UNION
SELECT entity_id FROM entity_aliases
WHERE lower(alias) = lower(trim(p_name))
UNION
SELECT linked_id FROM entity_links
WHERE lower(entity_id) = lower(trim(p_name)) AND article_id IS NULL
