SELECT 'stance' AS asked, * FROM said_by('st1')
UNION ALL SELECT 'author', * FROM said_by('st2')
UNION ALL SELECT 'event', * FROM said_by('e1')
UNION ALL SELECT 'statement', * FROM said_by('q2')
UNION ALL SELECT 'nothing', * FROM said_by('gone')
ORDER BY asked, place
