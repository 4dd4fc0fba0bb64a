SELECT n, mean_bound(n, total, squares, -1) AS low, mean_bound(n, total, squares, 1) AS high
FROM (VALUES
    (0, NULL, NULL), (1, 0.8, 0.64), (2, 1.6, 1.28), (10, 6.4, 6.4), (10, -6.4, 6.4),
    (100, 70.0, 49.0), (1000, 1000.0, 1000.0)
) AS v(n, total, squares)
