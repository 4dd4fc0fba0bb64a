-- one row is one article without exactly one head that is newer than all its earlier revisions
WITH heads AS (
    SELECT article_id, count(*) AS heads, min(revision) AS revision
    FROM articles
    GROUP BY article_id
),
earlier AS (
    SELECT article_id, max(revision) AS revision
    FROM article_revisions
    GROUP BY article_id
)
SELECT
    article_id AS row_id, article_id,
    concat(
        coalesce(h.heads, 0), ' heads, revision ', h.revision, ', earlier ones up to ', e.revision
    ) AS detail
FROM heads AS h
FULL JOIN earlier AS e USING (article_id)
WHERE coalesce(h.heads, 0) <> 1 OR e.revision >= h.revision
