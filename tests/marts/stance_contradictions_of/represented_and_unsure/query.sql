SELECT 'default' AS asked, scope, is_represented, support_id, support_voice, support_sentence,
    oppose_id, oppose_voice, oppose_sentence, outlet, oppose_outlet, days_apart
FROM stance_contradictions_of()
UNION ALL SELECT 'all', scope, is_represented, support_id, support_voice, support_sentence,
    oppose_id, oppose_voice, oppose_sentence, outlet, oppose_outlet, days_apart
FROM stance_contradictions_of(min_confidence := 0)
UNION ALL SELECT 'speakers', scope, is_represented, support_id, support_voice, support_sentence,
    oppose_id, oppose_voice, oppose_sentence, outlet, oppose_outlet, days_apart
FROM stance_contradictions_of(min_confidence := 0, voices := ['speaker'])
ORDER BY asked, is_represented
