SELECT 'merged' AS asked, entity_id FROM entity_ids('Person:J-Biden')
UNION ALL SELECT 'split', entity_id FROM entity_ids('person:john-smith')
ORDER BY ALL
