SELECT 'default' AS asked, from_on, p_value FROM stance_shifts_of()
UNION ALL SELECT 'surer', from_on, p_value FROM stance_shifts_of(max_p := 0.03)
UNION ALL SELECT 'seven days', from_on, p_value FROM stance_shifts_of(voices := ['speaker'])
UNION ALL SELECT 'less sure', from_on, p_value
FROM stance_shifts_of(voices := ['speaker'], max_p := 0.1)
UNION ALL SELECT 'floor', from_on, p_value FROM stance_shifts_of(min_confidence := 0.8, max_p := 0.1)
UNION ALL SELECT 'since', from_on, p_value FROM stance_shifts_of(since := '2024-03-03', max_p := 0.5)
