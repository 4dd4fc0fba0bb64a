SELECT asked, string_agg(sentence_id, ' ' ORDER BY sentence_id) AS found
FROM (
    SELECT 'recognised' AS asked, sentence_id FROM search_sentences('recognised')
    UNION ALL SELECT 'US', sentence_id FROM search_sentences('US')
    UNION ALL SELECT 'frozen assets', sentence_id FROM search_sentences('frozen assets')
    UNION ALL SELECT '"frozen assets"', sentence_id FROM search_sentences('"frozen assets"')
    UNION ALL SELECT '"frozen" assets', sentence_id FROM search_sentences('talk "frozen" asset')
    UNION ALL SELECT 'frozen "frozen assets"', sentence_id
    FROM search_sentences('frozen "frozen assets"')
    UNION ALL SELECT '"US"', sentence_id FROM search_sentences('"US"')
    UNION ALL SELECT 'ERDOGAN', sentence_id FROM search_sentences('ERDOGAN')
    UNION ALL SELECT 'talk unheard', sentence_id FROM search_sentences('talk unheard')
    UNION ALL SELECT 'unheard', sentence_id FROM search_sentences('unheard')
    UNION ALL SELECT 'the', sentence_id FROM search_sentences('the')
    UNION ALL SELECT '"unheard" talks', sentence_id FROM search_sentences('"unheard" talks')
)
GROUP BY asked
ORDER BY asked
