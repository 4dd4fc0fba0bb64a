-- one row is one change of sign in a holder's monthly mean score on a target
-- needs: stance_monthly
-- The months compared are those with evidence, whatever the gap between them.
-- A mean of 0 is a sign of its own; `is_reversal` marks a change from one side to the other.
WITH months AS (
    SELECT
        holder_id, holder, target_id, target, month, mean_score AS score, stances, basis,
        lag(month) OVER holders AS prev_month,
        lag(mean_score) OVER holders AS prev_score,
        lag(stances) OVER holders AS prev_stances,
        lag(basis) OVER holders AS prev_basis
    FROM stance_monthly
    WINDOW holders AS (PARTITION BY holder_id, holder, target_id, target ORDER BY month)
)
SELECT
    holder_id, holder, target_id, target, prev_month, month, prev_score, score,
    round(score - prev_score, 4) AS delta,
    sign(score) * sign(prev_score) < 0 AS is_reversal,
    prev_stances, stances,
    CASE WHEN basis = prev_basis THEN basis ELSE 'mixed' END AS basis
FROM months
WHERE sign(score) <> sign(prev_score)
