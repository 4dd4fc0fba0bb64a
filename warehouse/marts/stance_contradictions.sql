-- one row is one pair of opposite positions of the same holder on the same target
-- `scope` is 'article' (both in one article) or 'outlet' (two articles of one outlet, at most 31
-- days apart). Only the strongest pair is kept: one per holder, target and article, and one per
-- holder, target and outlet. The day is as_of_on, else publication, else the lower bound;
-- `basis` is 'dated' (no lower bound), 'not_before', 'mixed' or 'none'.
WITH positions AS (
    SELECT
        s.stance_id, s.article_id, a.title, coalesce(a.publisher, a.source_id) AS outlet,
        s.holder_id, coalesce(h.name, s.holder) AS holder,
        s.target_id, coalesce(t.name, s.target) AS target,
        s.aspect, s.polarity, s.score, s.confidence, s.evidence,
        coalesce(s.as_of_on, a.published_on, a.published_not_before) AS day,
        CASE
            WHEN coalesce(s.as_of_on, a.published_on) IS NOT NULL THEN 'dated'
            WHEN a.published_not_before IS NOT NULL THEN 'not_before'
            ELSE 'none'
        END AS basis
    FROM stances AS s
    JOIN articles AS a USING (article_id)
    LEFT JOIN entities AS h ON h.entity_id = s.holder_id
    LEFT JOIN entities AS t ON t.entity_id = s.target_id
    WHERE s.polarity <> 'neutral'
),
strongest AS (
    SELECT * FROM positions
    QUALIFY row_number() OVER (
        PARTITION BY holder_id, holder, target_id, target, article_id, polarity
        ORDER BY abs(score) DESC, confidence DESC, stance_id
    ) = 1
),
-- The strongest pair from two articles is among the two strongest of each day and polarity.
foremost AS (
    SELECT * FROM strongest
    WHERE day IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY holder_id, holder, target_id, target, outlet, day, polarity
        ORDER BY abs(score) DESC, confidence DESC, stance_id
    ) <= 2
),
pairs AS (
    SELECT 'article' AS scope, s, o
    FROM strongest AS s
    JOIN strongest AS o
        ON s.article_id = o.article_id AND s.holder = o.holder AND s.target = o.target
        AND s.holder_id IS NOT DISTINCT FROM o.holder_id
        AND s.target_id IS NOT DISTINCT FROM o.target_id
    WHERE s.polarity = 'support' AND o.polarity = 'oppose'
    UNION ALL
    SELECT 'outlet' AS scope, s, o
    FROM foremost AS s
    JOIN foremost AS o
        ON s.outlet = o.outlet AND s.holder = o.holder AND s.target = o.target
        AND s.holder_id IS NOT DISTINCT FROM o.holder_id
        AND s.target_id IS NOT DISTINCT FROM o.target_id
        AND s.day BETWEEN o.day - 31 AND o.day + 31
    WHERE s.polarity = 'support' AND o.polarity = 'oppose' AND s.article_id <> o.article_id
    QUALIFY row_number() OVER (
        PARTITION BY s.holder_id, s.holder, s.target_id, s.target, s.outlet
        ORDER BY s.score - o.score DESC, abs(s.day - o.day), s.stance_id, o.stance_id
    ) = 1
)
SELECT
    scope, s.holder_id AS holder_id, s.holder AS holder, s.target_id AS target_id,
    s.target AS target, s.outlet AS outlet,
    s.stance_id AS support_id, s.article_id AS support_article_id, s.title AS support_title,
    s.day AS support_on, s.aspect AS support_aspect, s.score AS support_score,
    s.evidence AS support_evidence,
    o.stance_id AS oppose_id, o.article_id AS oppose_article_id, o.title AS oppose_title,
    o.day AS oppose_on, o.aspect AS oppose_aspect, o.score AS oppose_score,
    o.evidence AS oppose_evidence,
    abs(s.day - o.day) AS days_apart,
    round(s.score - o.score, 4) AS gap,
    CASE WHEN s.basis = o.basis THEN s.basis ELSE 'mixed' END AS basis
FROM pairs
