-- one row is one source with 20 articles or more, over half of them without a publication date
-- Half is a first guess: below it stance over time and attention by day rest on lower bounds.
SELECT
    source_id AS row_id, NULL::VARCHAR AS article_id,
    concat(count(*) - count(published_on), ' of ', count(*), ' articles have no date') AS detail
FROM articles
GROUP BY source_id
HAVING count(*) >= 20 AND count(published_on) < count(*) / 2
