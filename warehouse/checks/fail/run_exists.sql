-- one row is one run id that rows carry though there is no such run
-- NULL stands for the registry, and for figures that were measured outside a run.
WITH carried AS (
    SELECT 'articles' AS origin, run_id, article_id FROM articles
    UNION ALL
    SELECT 'article_revisions', run_id, article_id FROM article_revisions
    UNION ALL
    SELECT 'sentences', run_id, article_id FROM sentences
    UNION ALL
    SELECT 'mentions', run_id, article_id FROM mentions
    UNION ALL
    SELECT 'statements', run_id, article_id FROM statements
    UNION ALL
    SELECT 'stances', run_id, article_id FROM stances
    UNION ALL
    SELECT 'time_expressions', run_id, article_id FROM time_expressions
    UNION ALL
    SELECT 'events', run_id, article_id FROM events
    UNION ALL
    SELECT 'citations', run_id, article_id FROM citations
    UNION ALL
    SELECT 'acronyms', run_id, article_id FROM acronyms
    UNION ALL
    SELECT 'entity_roles', run_id, article_id FROM entity_roles WHERE article_id IS NOT NULL
    UNION ALL
    SELECT 'ledger', run_id, article_id FROM ledger
    UNION ALL
    SELECT 'rejections', run_id, NULL FROM rejections
    UNION ALL
    SELECT 'quality', run_id, NULL FROM quality WHERE run_id IS NOT NULL
),
counted AS (
    SELECT origin, run_id, min(article_id) AS article_id, count(*) AS rows
    FROM carried
    GROUP BY origin, run_id
)
SELECT run_id AS row_id, article_id, concat(origin, ': ', rows, ' rows') AS detail
FROM counted
ANTI JOIN runs USING (run_id)
