-- one row is one link of a statement to an utterance of which one is not there
-- An utterance is there where its first statement is, and is linked to itself as the first.
SELECT
    u.statement_id AS row_id, s.article_id,
    CASE
        WHEN s.statement_id IS NULL THEN 'no such statement'
        WHEN f.statement_id IS NULL
            THEN concat('utterance ', u.utterance_id, ': no such statement')
        ELSE concat('utterance ', u.utterance_id, ' does not begin with that statement')
    END AS detail
FROM utterance_links AS u
LEFT JOIN statements AS s USING (statement_id)
LEFT JOIN statements AS f ON f.statement_id = u.utterance_id
LEFT JOIN utterance_links AS o
    ON o.statement_id = u.utterance_id AND o.utterance_id = u.utterance_id AND o.is_first
WHERE s.statement_id IS NULL OR f.statement_id IS NULL OR o.statement_id IS NULL
