-- one value is an interval of days as text at its own granularity, in the manner of ISO 8601
-- '2021-08-15', '2021-W33', '2021-08', '2021-Q3', '2021-SU', '2021-H2', '2021', '2020s', '21st
-- century'; two of them with '/' for a longer interval. No day is made up: where the interval is
-- not exactly the unit, its first and last day are told. A season is named after the month in
-- which it starts, in the north, as in TIMEX3. 'by' and 'from' tell of an interval with one end.
date_written(first_on, last_on, unit) AS
CASE
    WHEN first_on IS NULL THEN 'by ' || last_on::VARCHAR
    WHEN last_on IS NULL THEN 'from ' || first_on::VARCHAR
    WHEN first_on = last_on THEN first_on::VARCHAR
    WHEN unit = 'week' AND last_on::DATE - first_on::DATE = 6 AND isodow(first_on::DATE) = 1
        THEN strftime(first_on::DATE, '%G-W%V')
    WHEN unit = 'season' AND last_on::DATE - first_on::DATE BETWEEN 88 AND 93
        THEN concat(
            year(first_on::DATE), '-', ['WI', 'SP', 'SU', 'FA'][month(first_on::DATE) % 12 // 3 + 1]
        )
    WHEN day(first_on::DATE) <> 1 OR day(last_on::DATE + 1) <> 1
        THEN concat(first_on, '/', last_on)
    WHEN unit = 'month' AND last_on::DATE - first_on::DATE < 31
        THEN strftime(first_on::DATE, '%Y-%m')
    WHEN unit = 'month'
        THEN concat(strftime(first_on::DATE, '%Y-%m/'), strftime(last_on::DATE, '%Y-%m'))
    WHEN unit = 'quarter' AND last_on::DATE - first_on::DATE BETWEEN 88 AND 92 AND month(first_on::DATE) % 3 = 1
        THEN concat(year(first_on::DATE), '-Q', quarter(first_on::DATE))
    WHEN unit = 'half_year' AND last_on::DATE - first_on::DATE BETWEEN 179 AND 184
        AND month(first_on::DATE) % 6 = 1
        THEN concat(year(first_on::DATE), '-H', month(first_on::DATE) // 6 + 1)
    WHEN month(first_on::DATE) <> 1 OR month(last_on::DATE) <> 12
        THEN concat(first_on, '/', last_on)
    WHEN unit = 'year' AND year(first_on::DATE) = year(last_on::DATE)
        THEN strftime(first_on::DATE, '%Y')
    WHEN unit = 'year'
        THEN concat(strftime(first_on::DATE, '%Y/'), strftime(last_on::DATE, '%Y'))
    WHEN unit = 'decade' AND year(last_on::DATE) - year(first_on::DATE) = 9
        THEN concat(year(first_on::DATE), 's')
    WHEN unit = 'century' AND year(last_on::DATE) - year(first_on::DATE) = 99
        THEN concat(
            year(last_on::DATE) // 100 + if(year(last_on::DATE) % 100 = 0, 0, 1),
            CASE
                WHEN (year(first_on::DATE) // 100 + 1) % 100 BETWEEN 11 AND 13 THEN 'th'
                WHEN (year(first_on::DATE) // 100 + 1) % 10 = 1 THEN 'st'
                WHEN (year(first_on::DATE) // 100 + 1) % 10 = 2 THEN 'nd'
                WHEN (year(first_on::DATE) // 100 + 1) % 10 = 3 THEN 'rd'
                ELSE 'th'
            END,
            ' century'
        )
    ELSE concat(first_on, '/', last_on)
END
