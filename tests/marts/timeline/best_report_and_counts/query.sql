SELECT story_id, row_id, dated, date_method, evidence, sureness, said_from, said_to, said_by,
    published_first_on, published_last_on, published_method, fetched_at::VARCHAR AS fetched_at,
    reports, told_reports, statements, outlets, is_disputed
FROM timeline WHERE kind = 'event' ORDER BY story_id
