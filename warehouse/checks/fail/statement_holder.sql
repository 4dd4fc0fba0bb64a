-- one row is one statement whose holder is itself or no statement of its article
SELECT
    s.statement_id AS row_id, s.article_id,
    concat(
        'via_statement_id ', s.via_statement_id,
        CASE
            WHEN s.via_statement_id = s.statement_id THEN ' is its own'
            WHEN h.statement_id IS NULL THEN ': no such statement'
            ELSE concat(' is of article ', h.article_id)
        END
    ) AS detail
FROM statements AS s
LEFT JOIN statements AS h ON h.statement_id = s.via_statement_id
WHERE s.via_statement_id IS NOT NULL
    AND (h.article_id IS DISTINCT FROM s.article_id OR s.via_statement_id = s.statement_id)
