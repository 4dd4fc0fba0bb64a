SELECT story_id, dated, sureness, is_disputed, happened_from_min, happened_to_max, dates_told
FROM timeline ORDER BY story_id
