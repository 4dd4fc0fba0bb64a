SELECT 'anyone' AS asked, day, basis, holder, target, polarity, stance_id
FROM stance_between(NULL, 'Russia')
UNION ALL SELECT 'both', day, basis, holder, target, polarity, stance_id
FROM stance_between('russian federation', 'state:usa')
UNION ALL SELECT 'unresolved', day, basis, holder, target, polarity, stance_id
FROM stance_between('The author', 'Moscow')
UNION ALL SELECT 'reverse', day, basis, holder, target, polarity, stance_id
FROM stance_between('United States', 'Russia')
UNION ALL SELECT 'resolved', day, basis, holder, target, polarity, stance_id
FROM stance_between('The author', 'Kim Lee')
ORDER BY asked, day
