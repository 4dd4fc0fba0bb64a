-- one row is one entity on one day on which articles mention it
-- The day is that of publication, else the lower bound; `basis` is 'dated', 'not_before' or
-- 'mixed'. Articles without either are left out; copies of a text are not counted.
WITH named AS (
    SELECT
        entity_id, article_id, count(*) AS mentions,
        count(*) FILTER (WHERE kind = 'metonym') AS metonyms
    FROM mentions
    WHERE entity_id IS NOT NULL
    GROUP BY ALL
),
dated AS (
    SELECT
        article_id,
        coalesce(published_on, published_not_before) AS day,
        CASE WHEN published_on IS NOT NULL THEN 'dated' ELSE 'not_before' END AS basis
    FROM articles
    WHERE coalesce(published_on, published_not_before) IS NOT NULL
)
SELECT
    e.entity_id, e.name, e.type, d.day,
    CASE WHEN min(d.basis) = max(d.basis) THEN min(d.basis) ELSE 'mixed' END AS basis,
    count(*) AS articles,
    sum(n.mentions)::BIGINT AS mentions,
    sum(n.metonyms)::BIGINT AS metonyms
FROM named AS n
JOIN dated AS d USING (article_id)
JOIN entities AS e USING (entity_id)
GROUP BY e.entity_id, e.name, e.type, d.day
