SELECT happened_from, happened_to, dated, date_method, what, sureness, is_confirmed, publisher, row_id, story_id
FROM timeline
