-- one row is one source that had over a fifth of its items rejected in the last run to read it
-- Runs that read fewer than 20 of its items are left out.
-- A fifth is a first guess: a format that changed loses most items, a few odd files do not.
WITH counted AS (
    SELECT
        source_id, run_id, max(seen_at) AS seen_at, count(*) AS items,
        count(*) FILTER (WHERE state = 'rejected') AS rejected
    FROM ledger
    GROUP BY source_id, run_id
    QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY max(seen_at) DESC, run_id) = 1
)
SELECT
    source_id AS row_id, NULL::VARCHAR AS article_id,
    concat(rejected, ' of ', items, ' items rejected in run ', run_id) AS detail
FROM counted
WHERE items >= 20 AND rejected > items / 5
