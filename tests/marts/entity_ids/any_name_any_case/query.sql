SELECT 'alias' AS asked, entity_id FROM entity_ids(' mOsCow ')
UNION ALL SELECT 'id', entity_id FROM entity_ids('STATE:RUS')
UNION ALL SELECT 'name', entity_id FROM entity_ids('russia')
UNION ALL SELECT 'part', entity_id FROM entity_ids('russ')
ORDER BY ALL
