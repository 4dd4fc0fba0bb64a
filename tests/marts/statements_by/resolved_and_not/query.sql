SELECT 'id' AS asked, statement_id, speaker, content FROM statements_by('kim lee')
UNION ALL SELECT 'words', statement_id, speaker, content FROM statements_by('An official')
ORDER BY asked
