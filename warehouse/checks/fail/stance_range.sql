-- one row is one stance with score or confidence out of range, or a score against its polarity
SELECT
    stance_id AS row_id, article_id,
    concat(polarity, ', score ', score, ', confidence ', confidence) AS detail
FROM stances
WHERE score IS NULL OR score NOT BETWEEN -1 AND 1
    OR confidence IS NULL OR confidence NOT BETWEEN 0 AND 1
    OR (polarity = 'support' AND score <= 0)
    OR (polarity = 'oppose' AND score >= 0)
    OR polarity IS NULL
