SELECT kind, thing_id, row_id, sureness, happened_from, happened_to, granularity, date_method,
    said_from, said_to, said_granularity, said_method, published_on, published_method, is_carried, said_by_id,
    said_by, utterance_id
FROM timeline_reports ORDER BY row_id
