SELECT happened_from, happened_to, what, kind, part, row_id FROM timeline_of('moscow')
