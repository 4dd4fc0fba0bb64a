-- one row is one key that more than one row of its table has
-- Digests of 8 bytes are counted first: ids of a million articles do not fit in memory.
WITH keys AS NOT MATERIALIZED (
    SELECT 'articles' AS origin, article_id AS row_id, article_id FROM articles
    UNION ALL
    SELECT 'article_revisions', concat(article_id, ' revision ', revision), article_id
    FROM article_revisions
    UNION ALL
    SELECT 'sentences', sentence_id, article_id FROM sentences
    UNION ALL
    SELECT 'mentions', mention_id, article_id FROM mentions
    UNION ALL
    SELECT 'statements', statement_id, article_id FROM statements
    UNION ALL
    SELECT 'stances', stance_id, article_id FROM stances
    UNION ALL
    SELECT 'time_expressions', timex_id, article_id FROM time_expressions
    UNION ALL
    SELECT 'events', event_id, article_id FROM events
    UNION ALL
    SELECT 'citations', citation_id, article_id FROM citations
    UNION ALL
    SELECT 'entities', entity_id, NULL FROM entities
    UNION ALL
    SELECT 'entity_aliases', concat_ws(' ', entity_id, kind, alias), NULL FROM entity_aliases
    UNION ALL
    SELECT 'entity_links', concat_ws(' ', entity_id, article_id), article_id FROM entity_links
    UNION ALL
    SELECT 'utterance_links', statement_id, NULL FROM utterance_links
    UNION ALL
    SELECT 'story_links', event_id, NULL FROM story_links
    UNION ALL
    SELECT 'ledger', concat_ws(' ', run_id, source_id, item_ref), NULL FROM ledger
    UNION ALL
    SELECT 'rejections', concat_ws(' ', run_id, rejection_id), NULL FROM rejections
    UNION ALL
    SELECT 'runs', run_id, NULL FROM runs
    UNION ALL
    SELECT 'corrections', correction_id, NULL FROM corrections
),
twice AS (
    SELECT hash(origin, row_id) AS digest
    FROM keys
    GROUP BY digest
    HAVING count(*) > 1
),
suspects AS (
    SELECT * FROM keys WHERE row_id IS NULL OR hash(origin, row_id) IN (FROM twice)
)
SELECT row_id, min(article_id) AS article_id, concat(origin, ': ', count(*), ' rows') AS detail
FROM suspects
GROUP BY origin, row_id
HAVING count(*) > 1 OR row_id IS NULL
