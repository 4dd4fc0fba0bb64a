-- one row is one dated thing in which the entity takes part or is named, earliest first
-- needs: entity_ids
-- `part` is what the entity is in it: 'actor', 'target', 'place' or 'named' (in the evidence).
timeline_of(p_name) AS TABLE
WITH named AS (
    SELECT DISTINCT t.row_id
    FROM mentions AS m
    JOIN timeline AS t
        ON t.article_id = m.article_id
        AND m.start_char >= t.start_char AND m.end_char <= t.end_char
    WHERE m.entity_id IN (FROM entity_ids(p_name))
)
SELECT
    t.happened_from, t.happened_to, t.granularity, t.date_method, t.what, t.kind,
    CASE
        WHEN t.actor_id IN (FROM entity_ids(p_name)) THEN 'actor'
        WHEN t.target_id IN (FROM entity_ids(p_name)) THEN 'target'
        WHEN t.place_id IN (FROM entity_ids(p_name)) THEN 'place'
        ELSE 'named'
    END AS part,
    t.actor, t.target, t.place, t.action_code, t.modality, t.is_negated, t.evidence,
    t.title, t.publisher, t.url, t.article_id, t.row_id, t.confidence
FROM timeline AS t
WHERE t.actor_id IN (FROM entity_ids(p_name))
    OR t.target_id IN (FROM entity_ids(p_name))
    OR t.place_id IN (FROM entity_ids(p_name))
    OR t.row_id IN (FROM named)
ORDER BY coalesce(t.happened_from, t.happened_to), t.happened_to, t.row_id
