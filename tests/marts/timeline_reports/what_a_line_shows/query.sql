SELECT row_id, what FROM timeline_reports ORDER BY row_id
