-- one row is one meaning of an acronym that articles define
-- `is_ambiguous`: the same letters mean something else in another article or in the registry.
-- Meanings are told apart by entity, or by their words where there is none; the expansion shown
-- is the one used most.
WITH defined AS (
    SELECT
        upper(regexp_replace(acronym, '[^A-Za-z0-9]', '', 'g')) AS letters,
        coalesce(entity_id, lower(expansion)) AS meaning,
        acronym, expansion, entity_id, article_id
    FROM acronyms
),
spelt AS (
    SELECT letters, meaning, acronym, expansion, count(*) AS times
    FROM defined
    GROUP BY ALL
),
shown AS (
    SELECT
        letters, meaning,
        arg_max(acronym, (times, acronym)) AS acronym,
        arg_max(expansion, (times, expansion)) AS expansion
    FROM spelt
    GROUP BY ALL
),
counted AS (
    SELECT letters, meaning, min(entity_id) AS entity_id, count(DISTINCT article_id) AS articles
    FROM defined
    GROUP BY ALL
),
meant AS (
    SELECT letters, count(*) AS meanings
    FROM (
        SELECT letters, meaning FROM defined
        UNION
        SELECT upper(regexp_replace(alias, '[^A-Za-z0-9]', '', 'g')), entity_id
        FROM entity_aliases
        WHERE kind = 'acronym'
    )
    GROUP BY letters
)
SELECT
    s.acronym, s.expansion, c.entity_id, e.name, c.articles, m.meanings > 1 AS is_ambiguous
FROM shown AS s
JOIN counted AS c USING (letters, meaning)
JOIN meant AS m USING (letters)
LEFT JOIN entities AS e USING (entity_id)
