-- one row is one pair of opposite positions of the same holder on the same target
-- needs: stance_counted
-- `scope` is 'article' (both in one article), 'outlet' (two articles of one outlet) or 'outlets'
-- (articles of two outlets), the latter two at most 31 days apart. Only the strongest pair is
-- kept: one per holder, target and article; one per outlet; one of all outlets. What follows from
-- a spokesman's words is compared with its like alone. `basis` is 'dated' (no lower bound),
-- 'not_before', 'mixed' or 'none'.
stance_contradictions_of(
    min_confidence := NULL, voices := NULL, since := NULL, until := NULL, in_outlet := NULL
) AS TABLE
WITH counted AS (
    SELECT
        *, dense_rank() OVER (
            ORDER BY holder_id, holder, target_id, target, is_represented
        ) AS series
    FROM stance_counted(
        min_confidence := min_confidence, voices := voices, since := since, until := until,
        in_outlet := in_outlet
    )
    WHERE polarity <> 'neutral'
),
strongest AS (
    SELECT * FROM counted
    QUALIFY row_number() OVER (
        PARTITION BY series, article_id, polarity
        ORDER BY abs(score) DESC, confidence DESC, stance_id
    ) = 1
),
-- The strongest pair from two articles is among the two strongest of each day and polarity.
foremost AS (
    SELECT
        *, row_number() OVER (
            PARTITION BY series, outlet, day, polarity
            ORDER BY abs(score) DESC, confidence DESC, stance_id
        ) AS place
    FROM strongest
    WHERE day IS NOT NULL
    QUALIFY place <= 2
),
-- That from two outlets is among the two strongest of the outlets' strongest.
ahead AS (
    SELECT * FROM foremost
    WHERE place = 1
    QUALIFY row_number() OVER (
        PARTITION BY series, day, polarity
        ORDER BY abs(score) DESC, confidence DESC, stance_id
    ) <= 2
),
pairs AS (
    SELECT 'article' AS scope, {'support': s.stance_id, 'oppose': o.stance_id} AS pair
    FROM strongest AS s
    JOIN strongest AS o ON s.series = o.series AND s.article_id = o.article_id
    WHERE s.polarity = 'support' AND o.polarity = 'oppose'
    UNION ALL
    SELECT
        'outlet', arg_min(
            {'support': s.stance_id, 'oppose': o.stance_id},
            (o.score - s.score, abs(s.day - o.day), s.stance_id, o.stance_id)
        )
    FROM foremost AS s
    JOIN foremost AS o
        ON s.series = o.series AND s.outlet = o.outlet
        AND s.day BETWEEN o.day - 31 AND o.day + 31
    WHERE s.polarity = 'support' AND o.polarity = 'oppose' AND s.article_id <> o.article_id
    GROUP BY s.series, s.outlet
    UNION ALL
    SELECT
        'outlets', arg_min(
            {'support': s.stance_id, 'oppose': o.stance_id},
            (o.score - s.score, abs(s.day - o.day), s.stance_id, o.stance_id)
        )
    FROM ahead AS s
    JOIN ahead AS o
        ON s.series = o.series AND s.outlet <> o.outlet
        AND s.day BETWEEN o.day - 31 AND o.day + 31
    WHERE s.polarity = 'support' AND o.polarity = 'oppose'
    GROUP BY s.series
)
SELECT
    p.scope, s.holder_id, s.holder, s.target_id, s.target, s.is_represented, s.outlet,
    s.stance_id AS support_id, s.article_id AS support_article_id, s.title AS support_title,
    s.day AS support_on, s.voice AS support_voice, s.aspect AS support_aspect,
    s.score AS support_score, s.evidence AS support_evidence, f.text AS support_sentence,
    o.stance_id AS oppose_id, o.article_id AS oppose_article_id, o.title AS oppose_title,
    o.outlet AS oppose_outlet, o.day AS oppose_on, o.voice AS oppose_voice,
    o.aspect AS oppose_aspect, o.score AS oppose_score, o.evidence AS oppose_evidence,
    g.text AS oppose_sentence,
    abs(s.day - o.day) AS days_apart, round(s.score - o.score, 4) AS gap,
    CASE WHEN s.basis = o.basis THEN s.basis ELSE 'mixed' END AS basis
FROM pairs AS p
JOIN strongest AS s ON s.stance_id = p.pair.support
JOIN strongest AS o ON o.stance_id = p.pair.oppose
LEFT JOIN sentences AS f ON f.sentence_id = s.sentence_id
LEFT JOIN sentences AS g ON g.sentence_id = o.sentence_id
