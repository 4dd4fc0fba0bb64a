SELECT 'default' AS asked, publisher, stances, mean_score, other_mean, difference
FROM outlet_targets_of()
UNION ALL SELECT 'all', publisher, stances, mean_score, other_mean, difference
FROM outlet_targets_of(min_confidence := 0)
UNION ALL SELECT 'late', publisher, stances, mean_score, other_mean, difference
FROM outlet_targets_of(since := '2024-01-11')
UNION ALL SELECT 'speakers', publisher, stances, mean_score, other_mean, difference
FROM outlet_targets_of(voices := ['speaker'])
ORDER BY asked, publisher
