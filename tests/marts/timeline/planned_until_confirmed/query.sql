SELECT row_id, dated, what, sureness, modality, is_confirmed, reports
FROM timeline WHERE kind = 'event' ORDER BY row_id
