-- one row is one statement of the speaker, earliest first
-- needs: entity_ids
-- A speaker without a name is found by the words: 'officials'.
statements_by(p_name) AS TABLE
SELECT q.*
FROM quotes AS q
WHERE q.speaker_id IN (FROM entity_ids(p_name))
    OR lower(q.speaker) = lower(trim(p_name))
ORDER BY
    coalesce(q.published_on, q.published_not_before) NULLS LAST, q.article_id, q.start_char,
    q.statement_id
