-- one row is one article id that rows point to though it is no article, or is a copy of one
-- `row_id` is the first such row's id, or the article id where the table has none.
WITH pointers AS (
    SELECT 'sentences' AS origin, article_id, sentence_id AS row_id FROM sentences
    UNION ALL
    SELECT 'mentions', article_id, mention_id FROM mentions
    UNION ALL
    SELECT 'statements', article_id, statement_id FROM statements
    UNION ALL
    SELECT 'stances', article_id, stance_id FROM stances
    UNION ALL
    SELECT 'time_expressions', article_id, timex_id FROM time_expressions
    UNION ALL
    SELECT 'events', article_id, event_id FROM events
    UNION ALL
    SELECT 'citations', article_id, citation_id FROM citations
    UNION ALL
    SELECT 'acronyms', article_id, article_id FROM acronyms
    UNION ALL
    SELECT 'entity_roles', article_id, article_id FROM entity_roles WHERE article_id IS NOT NULL
    UNION ALL
    SELECT 'text_bands', article_id, article_id FROM text_bands
    UNION ALL
    SELECT 'articles.duplicate_of', duplicate_of, article_id
    FROM articles WHERE duplicate_of IS NOT NULL
),
counted AS (
    SELECT origin, article_id, min(row_id) AS row_id, count(*) AS rows
    FROM pointers
    GROUP BY origin, article_id
)
SELECT
    c.row_id, c.article_id,
    concat(
        c.origin, ': ', c.rows, ' rows, ',
        CASE WHEN a.article_id IS NULL THEN 'no such article' ELSE 'the article is a copy' END
    ) AS detail
FROM counted AS c
LEFT JOIN articles AS a USING (article_id)
WHERE a.article_id IS NULL OR a.duplicate_of IS NOT NULL
