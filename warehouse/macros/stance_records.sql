-- one row is one holder's record on one target, or such a record of one month where `by_month`
-- needs: stance_counted, mean_bound
-- `month` is NULL where not by month; then stances without any day are left out. What follows
-- from a spokesman's words is a record of its own (`is_represented`). `statements` counts an
-- utterance once, however often reported, and each row without a statement. `mean_score` is the
-- mean over `origins`, the articles that had the words first, each one once, with its interval
-- (see mean_bound). `outlets` counts copies of the text as well.
stance_records(
    by_month := false,
    min_confidence := NULL, voices := NULL, since := NULL, until := NULL, in_outlet := NULL
) AS TABLE
WITH counted AS (
    SELECT *, if(by_month, date_trunc('month', day)::DATE, NULL) AS month
    FROM stance_counted(
        min_confidence := min_confidence, voices := voices, since := since, until := until,
        in_outlet := in_outlet
    )
    WHERE NOT by_month OR day IS NOT NULL
),
records AS (
    SELECT
        month, holder_id, holder, target_id, target, is_represented,
        count(*) AS stances,
        count(*) FILTER (WHERE polarity = 'support') AS support,
        count(*) FILTER (WHERE polarity = 'oppose') AS oppose,
        count(*) FILTER (WHERE polarity = 'neutral') AS neutral,
        count(*) FILTER (WHERE modality = 'asserted') AS asserted,
        count(*) FILTER (WHERE voice = 'author') AS author_voice,
        count(*) FILTER (WHERE voice = 'speaker') AS speaker_voice,
        count(*) FILTER (WHERE voice = 'actor') AS actor_voice,
        count(DISTINCT said_id) AS statements,
        count(DISTINCT article_id) AS articles,
        min(day) AS first_on, max(day) AS last_on,
        CASE
            WHEN min(nullif(basis, 'none')) <> max(nullif(basis, 'none')) THEN 'mixed'
            ELSE coalesce(min(nullif(basis, 'none')), 'none')
        END AS basis
    FROM counted
    GROUP BY ALL
),
heard AS (
    SELECT
        month, holder_id, holder, target_id, target, is_represented, origin_id,
        -- Rounded, so that the order of a sum of doubles never shows.
        round(avg(score), 6) AS score
    FROM counted
    GROUP BY ALL
),
means AS (
    SELECT
        month, holder_id, holder, target_id, target, is_represented,
        count(*) AS origins, sum(score) AS total, sum(score * score) AS squares
    FROM heard
    GROUP BY ALL
),
carried AS (
    SELECT DISTINCT month, holder_id, holder, target_id, target, is_represented, article_id
    FROM counted
),
spread AS (
    SELECT
        p.month, p.holder_id, p.holder, p.target_id, p.target, p.is_represented,
        count(DISTINCT coalesce(c.publisher, c.source_id)) AS outlets
    FROM carried AS p
    JOIN articles AS c ON coalesce(c.duplicate_of, c.article_id) = p.article_id
    GROUP BY ALL
)
SELECT
    r.holder_id, r.holder, r.target_id, r.target, r.is_represented, r.month,
    r.stances, r.support, r.oppose, r.neutral, r.support - r.oppose AS net,
    round(m.total / m.origins, 4) AS mean_score,
    mean_bound(m.origins, m.total, m.squares, -1) AS mean_low,
    mean_bound(m.origins, m.total, m.squares, 1) AS mean_high,
    round(r.support / r.stances, 4) AS support_share,
    round(r.oppose / r.stances, 4) AS oppose_share,
    round(r.neutral / r.stances, 4) AS neutral_share,
    r.asserted, r.author_voice, r.speaker_voice, r.actor_voice,
    r.statements, m.origins, r.articles, s.outlets, r.first_on, r.last_on, r.basis
FROM records AS r
JOIN means AS m
    ON r.holder = m.holder AND r.target = m.target AND r.is_represented = m.is_represented
    AND r.holder_id IS NOT DISTINCT FROM m.holder_id
    AND r.target_id IS NOT DISTINCT FROM m.target_id
    AND r.month IS NOT DISTINCT FROM m.month
JOIN spread AS s
    ON r.holder = s.holder AND r.target = s.target AND r.is_represented = s.is_represented
    AND r.holder_id IS NOT DISTINCT FROM s.holder_id
    AND r.target_id IS NOT DISTINCT FROM s.target_id
    AND r.month IS NOT DISTINCT FROM s.month
