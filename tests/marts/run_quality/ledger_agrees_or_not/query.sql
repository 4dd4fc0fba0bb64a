SELECT run_id, status, items, ledger_items, processed, unchanged, duplicates, revised, rejected,
    seconds, items_per_second, rejected_share, reconciles
FROM run_quality ORDER BY run_id
