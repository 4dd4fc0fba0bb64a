SELECT asked, speaker, day, basis, publisher, sentence
FROM (
    SELECT 'about' AS asked, * FROM search_sentences('aid', about := 'Arden')
    UNION ALL SELECT 'outlet', * FROM search_sentences('aid', in_outlet := 'post')
    UNION ALL SELECT 'since', * FROM search_sentences('aid', since := '2024-03-01')
    UNION ALL SELECT 'until', * FROM search_sentences('aid', until := '2024-02-29')
)
ORDER BY asked, sentence_id
