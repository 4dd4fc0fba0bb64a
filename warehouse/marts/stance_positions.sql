-- one row is one position of a holder on a target, with names, day, outlet and whether it is sure
-- `is_sure` is the default floor of confidence, set here and nowhere else: the other marts and the
-- macros count such rows alone, unless told otherwise. `is_represented` marks rows that follow
-- from a spokesman's; no figure mixes them with the holder's own. `said_id` tells sayings apart:
-- the utterance, else the statement, else the row. `origin_id` is the article that had it first.
-- The day is as_of_on, else publication, else the lower bound; `basis` is 'dated' (no lower
-- bound), 'not_before' or 'none'. What links make a position on oneself is left out.
SELECT
    s.stance_id, s.article_id, s.sentence_id, s.statement_id,
    coalesce(u.utterance_id, s.statement_id, s.stance_id) AS said_id,
    coalesce(f.article_id, s.article_id) AS origin_id,
    s.holder_id, coalesce(h.name, s.holder) AS holder,
    s.target_id, coalesce(t.name, s.target) AS target,
    s.aspect, s.polarity, s.score, s.confidence, s.confidence >= 0.6 AS is_sure,
    s.voice, s.modality, s.method,
    s.from_stance_id IS NOT NULL AS is_represented, s.from_stance_id,
    coalesce(s.as_of_on, a.published_on, a.published_not_before) AS day,
    CASE
        WHEN coalesce(s.as_of_on, a.published_on) IS NOT NULL THEN 'dated'
        WHEN a.published_not_before IS NOT NULL THEN 'not_before'
        ELSE 'none'
    END AS basis,
    s.evidence, s.start_char, coalesce(a.publisher, a.source_id) AS outlet, a.title, a.url
FROM stances AS s
JOIN articles AS a USING (article_id)
LEFT JOIN entities AS h ON h.entity_id = s.holder_id
LEFT JOIN entities AS t ON t.entity_id = s.target_id
LEFT JOIN utterance_links AS u ON u.statement_id = s.statement_id
LEFT JOIN statements AS f ON f.statement_id = u.utterance_id
WHERE s.holder_id IS NULL OR s.holder_id IS DISTINCT FROM s.target_id
