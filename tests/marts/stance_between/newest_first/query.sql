SELECT 'default' AS asked, day, sentence, voice, method, is_sure, is_represented, from_stance_id, stance_id
FROM stance_between('Russia', NULL)
UNION ALL SELECT 'all', day, sentence, voice, method, is_sure, is_represented, from_stance_id, stance_id
FROM stance_between(NULL, NULL, min_confidence := 0)
UNION ALL SELECT 'sure', day, sentence, voice, method, is_sure, is_represented, from_stance_id, stance_id
FROM stance_between(NULL, NULL, min_confidence := 0.9, voices := ['speaker', 'author'])
UNION ALL SELECT 'time', day, sentence, voice, method, is_sure, is_represented, from_stance_id, stance_id
FROM stance_between(NULL, NULL, since := '2024-01-10', until := '2024-01-10')
UNION ALL SELECT 'outlet', day, sentence, voice, method, is_sure, is_represented, from_stance_id, stance_id
FROM stance_between(NULL, NULL, in_outlet := 'courier')
