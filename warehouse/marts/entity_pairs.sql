-- one row is two entities that one sentence or more names together, entity_a before entity_b by id
-- A sentence that names over 50 entities is a list or a failed split: its pairs, over 1,225 of
-- them, say nothing and are left out.
WITH named AS (
    SELECT DISTINCT sentence_id, article_id, entity_id
    FROM mentions
    WHERE entity_id IS NOT NULL
),
bounded AS (
    SELECT * FROM named
    QUALIFY count(*) OVER (PARTITION BY sentence_id) BETWEEN 2 AND 50
),
pairs AS (
    SELECT
        x.entity_id AS entity_a, y.entity_id AS entity_b,
        count(*) AS sentences, count(DISTINCT x.article_id) AS articles
    FROM bounded AS x
    JOIN bounded AS y ON x.sentence_id = y.sentence_id AND x.entity_id < y.entity_id
    GROUP BY ALL
)
SELECT
    p.entity_a, a.name AS name_a, p.entity_b, b.name AS name_b, p.sentences, p.articles
FROM pairs AS p
JOIN entities AS a ON a.entity_id = p.entity_a
JOIN entities AS b ON b.entity_id = p.entity_b
