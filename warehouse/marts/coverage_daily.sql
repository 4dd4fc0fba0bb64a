-- one row is one source on one day (UTC) on which a run looked at its items
SELECT
    source_id,
    (seen_at AT TIME ZONE 'UTC')::DATE AS day,
    count(*) AS items,
    count(*) FILTER (WHERE state = 'processed') AS processed,
    count(*) FILTER (WHERE state = 'unchanged') AS unchanged,
    count(*) FILTER (WHERE state = 'duplicate') AS duplicates,
    count(*) FILTER (WHERE state = 'revised') AS revised,
    count(*) FILTER (WHERE state = 'rejected') AS rejected,
    count(DISTINCT run_id) AS runs
FROM ledger
GROUP BY source_id, day
