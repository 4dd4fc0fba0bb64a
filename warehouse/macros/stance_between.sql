-- one row is one position of the holder on the target, earliest first; NULL stands for anyone
-- needs: entity_ids
-- The day is as_of_on, else publication, else the lower bound, as `basis` says.
stance_between(p_holder, p_target) AS TABLE
SELECT
    coalesce(s.as_of_on, a.published_on, a.published_not_before) AS day,
    CASE
        WHEN coalesce(s.as_of_on, a.published_on) IS NOT NULL THEN 'dated'
        WHEN a.published_not_before IS NOT NULL THEN 'not_before'
        ELSE 'none'
    END AS basis,
    coalesce(h.name, s.holder) AS holder, coalesce(t.name, s.target) AS target, s.aspect,
    s.polarity, s.score, s.confidence, s.voice, s.modality, s.evidence,
    a.title, coalesce(a.publisher, a.source_id) AS publisher, a.url,
    s.article_id, s.stance_id, s.statement_id
FROM stances AS s
JOIN articles AS a USING (article_id)
LEFT JOIN entities AS h ON h.entity_id = s.holder_id
LEFT JOIN entities AS t ON t.entity_id = s.target_id
WHERE (
        p_holder IS NULL
        OR s.holder_id IN (FROM entity_ids(p_holder))
        OR (s.holder_id IS NULL AND lower(s.holder) = lower(trim(p_holder)))
    )
    AND (
        p_target IS NULL
        OR s.target_id IN (FROM entity_ids(p_target))
        OR (s.target_id IS NULL AND lower(s.target) = lower(trim(p_target)))
    )
ORDER BY day NULLS LAST, s.article_id, s.start_char, s.stance_id
