-- one row is one holder's record on one target in one month
-- Holders and targets that are no entity go by their words in the text, with a NULL id. The
-- month is that of as_of_on, else publication, else the lower bound; `basis` is 'dated' (no
-- lower bound), 'not_before' or 'mixed'. Stances without any day are left out.
WITH positions AS (
    SELECT
        s.holder_id, coalesce(h.name, s.holder) AS holder,
        s.target_id, coalesce(t.name, s.target) AS target,
        s.article_id, s.polarity, s.score,
        date_trunc('month', coalesce(s.as_of_on, a.published_on, a.published_not_before))::DATE
            AS month,
        CASE
            WHEN coalesce(s.as_of_on, a.published_on) IS NOT NULL THEN 'dated'
            ELSE 'not_before'
        END AS basis
    FROM stances AS s
    JOIN articles AS a USING (article_id)
    LEFT JOIN entities AS h ON h.entity_id = s.holder_id
    LEFT JOIN entities AS t ON t.entity_id = s.target_id
    WHERE coalesce(s.as_of_on, a.published_on, a.published_not_before) IS NOT NULL
)
SELECT
    holder_id, holder, target_id, target, month,
    count(*) AS stances,
    count(*) FILTER (WHERE polarity = 'support') AS support,
    count(*) FILTER (WHERE polarity = 'oppose') AS oppose,
    count(*) FILTER (WHERE polarity = 'neutral') AS neutral,
    -- Rounded, so that the order of a sum of doubles never shows.
    round(avg(score), 4) AS mean_score,
    count(DISTINCT article_id) AS articles,
    CASE WHEN min(basis) = max(basis) THEN min(basis) ELSE 'mixed' END AS basis
FROM positions
GROUP BY holder_id, holder, target_id, target, month
