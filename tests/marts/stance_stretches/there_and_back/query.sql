SELECT holder, from_on, to_on, days, score, p_value FROM stance_stretches()
UNION ALL SELECT 'G at 0.1', from_on, to_on, days, score, p_value
FROM stance_stretches(max_p := 0.1) WHERE holder = 'G'
ORDER BY holder, from_on
