-- one row is one stretch of days over which a holder's mean score on a target does not change
-- needs: stance_counted
-- One observation is a day: the mean over the articles that had words of that day first. Where
-- scores stray from their mean, added up day by day (CUSUM), further than `max_p` of all orders
-- of these days would, by Kolmogorov's distribution, the series is cut at the furthest point;
-- else, where the furthest points up and down are that far apart, by Kuiper's, at both. Pieces
-- are cut alike (binary segmentation, Vostrikova 1981); none has less than three days. `p_value`
-- is that of the cut at its beginning. Reasons and figures: decision 0018.
stance_stretches(
    min_confidence := NULL, voices := NULL, since := NULL, until := NULL, in_outlet := NULL,
    max_p := 0.05
) AS TABLE
WITH RECURSIVE counted AS (
    SELECT
        *, dense_rank() OVER (
            ORDER BY holder_id, holder, target_id, target, is_represented
        ) AS series
    FROM stance_counted(
        min_confidence := min_confidence, voices := voices, since := since, until := until,
        in_outlet := in_outlet
    )
    WHERE day IS NOT NULL
),
-- Scores are whole ten thousandths: sums are exact, and no order of adding shows.
heard AS (
    SELECT
        series, origin_id, min(day) AS day,
        round(avg(round(10000 * score)::BIGINT))::BIGINT AS score
    FROM counted
    GROUP BY series, origin_id
),
observed AS (
    SELECT series, day, round(avg(score))::BIGINT AS score
    FROM heard
    GROUP BY series, day
),
days AS (
    SELECT
        series, {
            'number': row_number() OVER so_far,
            'total': sum(score) OVER so_far, 'squares': sum(score * score) OVER so_far,
            'day': day, 'next_day': lead(day) OVER so_far
        } AS point
    FROM observed
    WINDOW so_far AS (PARTITION BY series ORDER BY day)
),
-- A stretch goes from the day after `opening` to that of `closing`.
stretches AS (
    SELECT
        series,
        {
            'number': 0::BIGINT, 'total': 0::HUGEINT, 'squares': 0::HUGEINT,
            'day': NULL::DATE, 'next_day': min(point.day)
        } AS opening,
        arg_max(point, point.number) AS closing, NULL::DOUBLE AS p_value
    FROM days
    GROUP BY series
    UNION ALL
    SELECT
        series, points[place], points[place + 1],
        if(place = 1, p_value, if(one_p <= max_p, one_p, two_p))
    FROM (
        SELECT
            series, p_value, one_p, two_p,
            [opening] || if(one_p <= max_p, [furthest], pair) || [closing] AS points,
            unnest(if(one_p <= max_p, [1, 2], [1, 2, 3])) AS place
        FROM (
            SELECT
                series, opening, closing, p_value,
                2 * exp(-2 * greatest(high, -low) ** 2) AS one_p,
                if(high >= -low, peak, trough) AS furthest,
                2 * (4 * (high - low) ** 2 - 1) * exp(-2 * (high - low) ** 2) AS two_p,
                if(peak.number < trough.number, [peak, trough], [trough, peak]) AS pair,
                -- Below 0.9 the first term is not the whole of Kuiper's series.
                high > 0 AND low < 0 AND high - low > 0.9
                    AND abs(peak.number - trough.number) >= 3 AS is_there_and_back
            FROM (
                SELECT
                    series, opening, closing, p_value,
                    max(strayed) / sqrt(spread) AS high, min(strayed) / sqrt(spread) AS low,
                    arg_max(point, (strayed, -point.number)) AS peak,
                    arg_min(point, (strayed, point.number)) AS trough
                FROM (
                    -- Deviations added up, times the days; n^3 times the variance. Both exact.
                    SELECT
                        s.*, d.point,
                        n * (d.point.total - s.opening.total)
                        - (d.point.number - s.opening.number) * sum_of AS strayed,
                        n * (n * (s.closing.squares - s.opening.squares) - sum_of * sum_of) AS spread
                    FROM (
                        SELECT
                            *, closing.number - opening.number AS n,
                            closing.total - opening.total AS sum_of
                        FROM stretches
                    ) AS s
                    JOIN days AS d
                        ON d.series = s.series
                        AND d.point.number BETWEEN s.opening.number + 3 AND s.closing.number - 3
                )
                WHERE spread > 0
                GROUP BY series, opening, closing, p_value, spread
            )
        )
        WHERE one_p <= max_p OR (is_there_and_back AND two_p <= max_p)
    )
)
SELECT
    k.holder_id, k.holder, k.target_id, k.target, k.is_represented,
    s.opening.next_day AS from_on, s.closing.day AS to_on,
    s.closing.number - s.opening.number AS days,
    round(
        (s.closing.total - s.opening.total)
        / (s.closing.number - s.opening.number) / 10000, 4
    ) AS score,
    round(s.p_value, 4) AS p_value
FROM (
    -- Of the stretches that open at one day, the shortest was not cut again.
    FROM stretches
    QUALIFY closing.number = min(closing.number) OVER (PARTITION BY series, opening.number)
) AS s
JOIN (
    SELECT DISTINCT series, holder_id, holder, target_id, target, is_represented FROM counted
) AS k ON k.series = s.series
