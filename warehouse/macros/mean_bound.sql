-- one value is one end (`side` -1 or 1) of the 95 % interval of a mean of scores in -1..1
-- `n` scores with the sum `total` and the sum of squares `squares`. Two scores that nobody gave,
-- -1 and 1, are added, after Agresti and Coull (1998), so that a few that agree never look
-- certain; then Student's interval, its quantile by series (Abramowitz and Stegun, 26.7.5; from
-- three degrees of freedom on within 1 %). NULL below two scores.
mean_bound(n, total, squares, side) AS
CASE
    WHEN n >= 2 THEN round(greatest(-1, least(1,
        total / (n + 2) + side
        * (1.95996 + 2.37227 / (n + 1) + 2.82250 / (n + 1) ** 2 + 2.55585 / (n + 1) ** 3)
        * sqrt((squares + 2 - total ** 2 / (n + 2)) / ((n + 1) * (n + 2)))
    )), 4)
END
