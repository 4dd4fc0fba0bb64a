-- one row is one dated thing: an event with a date bound, or a cited work with its day
-- A cited work is given the day on which it appeared, its author as actor and no confidence.
SELECT
    v.happened_from, v.happened_to, v.granularity, v.date_method,
    concat_ws(
        ' ', coalesce(x.name, v.actor), CASE WHEN v.is_negated THEN '(not)' END, v.action,
        coalesce(y.name, v.target)
    ) AS what,
    'event' AS kind,
    v.actor_id, coalesce(x.name, v.actor) AS actor,
    v.target_id, coalesce(y.name, v.target) AS target,
    v.place_id, coalesce(z.name, v.place) AS place,
    v.action_code, v.modality, v.is_negated, v.evidence,
    v.article_id, a.title, coalesce(a.publisher, a.source_id) AS publisher, a.url,
    v.event_id AS row_id, v.story_id, v.start_char, v.end_char, v.confidence
FROM events AS v
JOIN articles AS a USING (article_id)
LEFT JOIN entities AS x ON x.entity_id = v.actor_id
LEFT JOIN entities AS y ON y.entity_id = v.target_id
LEFT JOIN entities AS z ON z.entity_id = v.place_id
WHERE v.happened_from IS NOT NULL OR v.happened_to IS NOT NULL
UNION ALL
SELECT
    c.cited_on, c.cited_on, 'day', 'clause',
    concat_ws(', ', c.author, c.title, c.publisher),
    'citation',
    NULL, c.author,
    NULL, NULL,
    NULL, NULL,
    NULL, 'asserted', false, c.title,
    c.article_id, a.title, coalesce(a.publisher, a.source_id), a.url,
    c.citation_id, NULL, c.start_char, c.end_char, NULL
FROM citations AS c
JOIN articles AS a USING (article_id)
WHERE c.cited_on IS NOT NULL
