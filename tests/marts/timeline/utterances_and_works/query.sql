SELECT kind, row_id, dated, date_method, what, sureness, actor_id, said_from, said_to, said_method, said_by,
    published_first_on, reports, statements, outlets
FROM timeline ORDER BY row_id
