-- one row is one sentence of over 2,000 characters, most often a table or a failed split
-- In 290 Wikinews articles the longest line that is one sentence has 1,824 characters.
SELECT
    sentence_id AS row_id, article_id,
    concat(length(text), ' characters from ', start_char, ': ', text[:60]) AS detail
FROM sentences
WHERE length(text) > 2000
