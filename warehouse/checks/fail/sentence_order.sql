-- one row is one sentence out of place: a gap in the positions, an overlap, or a paragraph back
WITH neighbours AS (
    SELECT
        sentence_id, article_id, position, paragraph, start_char,
        row_number() OVER articles_sentences - 1 AS expected,
        lag(end_char) OVER articles_sentences AS previous_end,
        lag(paragraph) OVER articles_sentences AS previous_paragraph
    FROM sentences
    WINDOW articles_sentences AS (PARTITION BY article_id ORDER BY start_char, end_char, position)
)
SELECT
    sentence_id AS row_id, article_id,
    concat(
        'position ', position, ' of ', expected, ', starts at ', start_char,
        ', the one before ends at ', coalesce(previous_end, 0),
        ', paragraph ', paragraph, ' after ', coalesce(previous_paragraph, 0)
    ) AS detail
FROM neighbours
WHERE position <> expected OR start_char < previous_end OR paragraph < previous_paragraph
