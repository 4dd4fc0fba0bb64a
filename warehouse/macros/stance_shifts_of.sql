-- one row is one change in a holder's mean score on a target, with the evidence on both sides
-- needs: stance_counted, stance_stretches
-- How changes are found stands in stance_stretches. `prev_` is what was before: the scores are
-- those of the stretches on both sides, and so are the counts. The evidence is, of the rows on
-- their side of the middle between both scores, the nearest to the change.
stance_shifts_of(
    min_confidence := NULL, voices := NULL, since := NULL, until := NULL, in_outlet := NULL,
    max_p := 0.05
) AS TABLE
WITH changes AS (
    SELECT
        *,
        lag(from_on) OVER over_time AS prev_from_on,
        lag(to_on) OVER over_time AS prev_to_on,
        lag(score) OVER over_time AS prev_score
    FROM stance_stretches(
        min_confidence := min_confidence, voices := voices, since := since, until := until,
        in_outlet := in_outlet, max_p := max_p
    )
    WINDOW over_time AS (
        PARTITION BY holder_id, holder, target_id, target, is_represented ORDER BY from_on
    )
    QUALIFY prev_score IS NOT NULL
),
said AS (
    SELECT
        *, min(day) OVER (
            PARTITION BY holder_id, holder, target_id, target, is_represented, origin_id
        ) AS said_on
    FROM stance_counted(
        min_confidence := min_confidence, voices := voices, since := since, until := until,
        in_outlet := in_outlet
    )
    WHERE day IS NOT NULL
),
beside AS (
    SELECT
        c.*, s.stance_id, s.article_id, s.day, s.basis, s.evidence,
        s.said_on < c.from_on AS is_before,
        (s.score - (c.score + c.prev_score) / 2) * (c.score - c.prev_score)
            * if(s.said_on < c.from_on, -1, 1) > 0 AS is_typical,
        row_number() OVER (
            PARTITION BY
                c.holder_id, c.holder, c.target_id, c.target, c.is_represented, c.from_on,
                is_before, is_typical
            ORDER BY
                abs(s.said_on - c.from_on), s.confidence DESC, abs(s.score) DESC, s.stance_id
        ) AS place
    FROM changes AS c
    JOIN said AS s
        ON s.holder = c.holder AND s.target = c.target AND s.is_represented = c.is_represented
        AND s.holder_id IS NOT DISTINCT FROM c.holder_id
        AND s.target_id IS NOT DISTINCT FROM c.target_id
        AND s.said_on BETWEEN c.prev_from_on AND c.to_on
)
SELECT
    holder_id, holder, target_id, target, is_represented,
    date_trunc('month', prev_to_on)::DATE AS prev_month,
    date_trunc('month', from_on)::DATE AS month,
    prev_score, score, round(score - prev_score, 4) AS delta,
    sign(score) * sign(prev_score) < 0 AS is_reversal, p_value,
    count(*) FILTER (is_before) AS prev_stances,
    count(*) FILTER (NOT is_before) AS stances,
    count(DISTINCT article_id) FILTER (is_before) AS prev_articles,
    count(DISTINCT article_id) FILTER (NOT is_before) AS articles,
    prev_from_on, prev_to_on, from_on, to_on,
    any_value(stance_id) FILTER (is_before AND is_typical AND place = 1) AS prev_stance_id,
    any_value(day) FILTER (is_before AND is_typical AND place = 1) AS prev_stance_on,
    any_value(evidence) FILTER (is_before AND is_typical AND place = 1) AS prev_evidence,
    any_value(stance_id) FILTER (NOT is_before AND is_typical AND place = 1) AS stance_id,
    any_value(day) FILTER (NOT is_before AND is_typical AND place = 1) AS stance_on,
    any_value(evidence) FILTER (NOT is_before AND is_typical AND place = 1) AS evidence,
    CASE WHEN min(basis) = max(basis) THEN min(basis) ELSE 'mixed' END AS basis
FROM beside
GROUP BY ALL
