-- one row is one source that has given no new text for 7 days while others were still read
-- A week is a first guess: it spans the weekend of a daily outlet.
WITH latest AS (
    SELECT
        source_id,
        max(seen_at) FILTER (WHERE state IN ('processed', 'duplicate', 'revised')) AS last_new_at
    FROM ledger
    GROUP BY source_id
)
SELECT
    source_id AS row_id, NULL::VARCHAR AS article_id,
    concat('last new text ', coalesce((last_new_at AT TIME ZONE 'UTC')::VARCHAR, 'never')) AS detail
FROM latest
CROSS JOIN (SELECT max(seen_at) AS read_at, min(seen_at) AS begun_at FROM ledger)
WHERE coalesce(last_new_at, begun_at) < read_at - INTERVAL 7 DAY
