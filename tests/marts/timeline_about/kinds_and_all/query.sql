SELECT kinds, row_id, part
FROM (
    SELECT 'all' AS kinds, * FROM timeline_about()
    UNION ALL SELECT 'two', * FROM timeline_about(kinds := ['event', 'citation'])
    UNION ALL SELECT 'one', * FROM timeline_about(kinds := ['stance_shift'])
    UNION ALL SELECT 'kim', * FROM timeline_about(about := 'Kim Lee')
    UNION ALL SELECT 'kim, two', * FROM timeline_about(about := 'Kim Lee', kinds := ['event', 'citation'])
    UNION ALL SELECT 'nobody', * FROM timeline_about(about := 'Nobody')
)
ORDER BY kinds, row_id
