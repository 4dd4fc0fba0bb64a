-- one row is one run, with its counts and whether the ledger agrees with them
-- `reconciles` is NULL while the run goes on.
WITH counted AS (
    SELECT
        run_id, count(*) AS items,
        count(*) FILTER (WHERE state = 'processed') AS processed,
        count(*) FILTER (WHERE state = 'unchanged') AS unchanged,
        count(*) FILTER (WHERE state = 'duplicate') AS duplicates,
        count(*) FILTER (WHERE state = 'revised') AS revised,
        count(*) FILTER (WHERE state = 'rejected') AS rejected
    FROM ledger
    GROUP BY run_id
)
SELECT
    r.run_id, r.flow, r.status, r.started_at, r.finished_at, r.code_version, r.model_version,
    r.items, r.processed, r.unchanged, r.duplicates, r.revised, r.rejected,
    coalesce(c.items, 0) AS ledger_items,
    r.seconds,
    round(r.items / nullif(r.seconds, 0), 2) AS items_per_second,
    round(r.rejected / nullif(r.items, 0), 4) AS rejected_share,
    CASE
        WHEN r.status <> 'running' THEN
            r.items = r.processed + r.unchanged + r.duplicates + r.revised + r.rejected
            AND r.items = coalesce(c.items, 0)
            AND r.processed = coalesce(c.processed, 0)
            AND r.unchanged = coalesce(c.unchanged, 0)
            AND r.duplicates = coalesce(c.duplicates, 0)
            AND r.revised = coalesce(c.revised, 0)
            AND r.rejected = coalesce(c.rejected, 0)
    END AS reconciles
FROM runs AS r
LEFT JOIN counted AS c USING (run_id)
