-- one row is one statement that a row rests on, innermost first
-- A stance or an event rests on the statement that carries it, a statement on itself; each then on
-- the statement that passes it on, if any. `via` is who does so, where no statement tells how.
said_by(p_row_id) AS TABLE
WITH RECURSIVE chain AS (
    SELECT 1 AS place, statement_id
    FROM (
        SELECT statement_id FROM stances WHERE stance_id = p_row_id
        UNION ALL SELECT statement_id FROM events WHERE event_id = p_row_id
        UNION ALL SELECT statement_id FROM statements WHERE statement_id = p_row_id
    )
    WHERE statement_id IS NOT NULL
    UNION ALL
    SELECT c.place + 1, s.via_statement_id
    FROM chain AS c
    JOIN statements AS s USING (statement_id)
    WHERE s.via_statement_id IS NOT NULL AND c.place < 20
)
SELECT
    c.place, s.statement_id, s.speaker_id, coalesce(e.name, s.speaker) AS speaker, s.cue, s.kind,
    s.content, s.via_id, v.name AS via, s.via_statement_id, s.confidence
FROM chain AS c
JOIN statements AS s USING (statement_id)
LEFT JOIN entities AS e ON e.entity_id = s.speaker_id
LEFT JOIN entities AS v ON v.entity_id = s.via_id
ORDER BY c.place
