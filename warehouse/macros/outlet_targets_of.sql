-- one row is how one outlet's own voice treats one target, beside all other outlets
-- needs: stance_counted, mean_bound
-- The own voice is the author's. A text counts for each outlet that carried it, once; a mean is
-- over texts, each once, and has its 95 % interval (see mean_bound). `other_` is what all other
-- outlets carried. The interval of the difference is made of those two (MOVER; Zou and Donner
-- 2008): where it has 0 in it, the outlet may be like the others.
outlet_targets_of(
    min_confidence := NULL, voices := ['author'], since := NULL, until := NULL
) AS TABLE
WITH heard AS (
    SELECT
        target_id, target, article_id, count(*) AS stances, round(avg(score), 6) AS score,
        count(*) FILTER (WHERE polarity = 'support') AS support,
        count(*) FILTER (WHERE polarity = 'oppose') AS oppose,
        min(day) AS first_on, max(day) AS last_on
    FROM stance_counted(
        min_confidence := min_confidence, voices := voices, since := since, until := until
    )
    WHERE NOT is_represented
    GROUP BY target_id, target, article_id
),
carried AS (
    SELECT DISTINCT coalesce(c.publisher, c.source_id) AS outlet, h.*
    FROM heard AS h
    JOIN articles AS c ON coalesce(c.duplicate_of, c.article_id) = h.article_id
),
means AS (
    SELECT
        outlet, target_id, target, sum(stances)::BIGINT AS stances,
        sum(support)::BIGINT AS support, sum(oppose)::BIGINT AS oppose,
        count(*) AS articles, sum(score) AS total, sum(score * score) AS squares,
        min(first_on) AS first_on, max(last_on) AS last_on
    FROM carried
    GROUP BY outlet, target_id, target
),
beside AS (
    SELECT
        *,
        count(*) OVER targets - 1 AS other_outlets,
        sum(articles) OVER targets - articles AS other_articles,
        sum(total) OVER targets - total AS other_total,
        sum(squares) OVER targets - squares AS other_squares
    FROM means
    WINDOW targets AS (PARTITION BY target_id, target)
),
bounded AS (
    SELECT
        outlet AS publisher, target_id, target, stances, support, oppose, articles,
        round(total / articles, 4) AS mean_score,
        mean_bound(articles, total, squares, -1) AS mean_low,
        mean_bound(articles, total, squares, 1) AS mean_high,
        other_outlets, other_articles::BIGINT AS other_articles,
        round(other_total / nullif(other_articles, 0), 4) AS other_mean,
        mean_bound(other_articles, other_total, other_squares, -1) AS other_low,
        mean_bound(other_articles, other_total, other_squares, 1) AS other_high,
        first_on, last_on
    FROM beside
)
SELECT
    * EXCLUDE (first_on, last_on),
    round(mean_score - other_mean, 4) AS difference,
    round(
        mean_score - other_mean
        - sqrt((mean_score - mean_low) ** 2 + (other_high - other_mean) ** 2), 4
    ) AS difference_low,
    round(
        mean_score - other_mean
        + sqrt((mean_high - mean_score) ** 2 + (other_mean - other_low) ** 2), 4
    ) AS difference_high,
    first_on, last_on
FROM bounded
