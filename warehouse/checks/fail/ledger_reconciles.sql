-- one row is one run that ended in order but whose counts differ from its ledger
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
),
compared AS (
    SELECT
        r.run_id,
        concat_ws(
            '/', r.items, r.processed, r.unchanged, r.duplicates, r.revised, r.rejected
        ) AS counts,
        concat_ws(
            '/', coalesce(c.items, 0), coalesce(c.processed, 0), coalesce(c.unchanged, 0),
            coalesce(c.duplicates, 0), coalesce(c.revised, 0), coalesce(c.rejected, 0)
        ) AS ledger_counts
    FROM runs AS r
    LEFT JOIN counted AS c USING (run_id)
    WHERE r.status IN ('succeeded', 'checks_failed')
)
SELECT
    run_id AS row_id, NULL::VARCHAR AS article_id,
    concat(
        'items/processed/unchanged/duplicates/revised/rejected: run ', counts,
        ', ledger ', ledger_counts
    ) AS detail
FROM compared
WHERE counts <> ledger_counts
