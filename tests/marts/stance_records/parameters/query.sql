SELECT 'all' AS asked, month, stances, support, mean_score, mean_low, mean_high, first_on, last_on
FROM stance_records()
UNION ALL SELECT 'sure', month, stances, support, mean_score, mean_low, mean_high, first_on, last_on
FROM stance_records(min_confidence := 0.7)
UNION ALL SELECT 'author', month, stances, support, mean_score, mean_low, mean_high, first_on, last_on
FROM stance_records(voices := ['author'])
UNION ALL SELECT 'days', month, stances, support, mean_score, mean_low, mean_high, first_on, last_on
FROM stance_records(since := '2024-01-12', until := '2024-02-11')
UNION ALL SELECT 'outlet', month, stances, support, mean_score, mean_low, mean_high, first_on, last_on
FROM stance_records(in_outlet := 'courier')
UNION ALL (
    SELECT 'months', month, stances, support, mean_score, mean_low, mean_high, first_on, last_on
    FROM stance_records(by_month := true) ORDER BY month
)
