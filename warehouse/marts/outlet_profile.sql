-- one row is one outlet: a publisher, or the source where no publisher is known
-- needs: stance_positions
-- `articles` and `words` count copies of other texts too (`duplicates` of them); statements,
-- score and top entity are those of every text the outlet carried, each text once. Stances are
-- those that are sure, whoever's, without what follows from a spokesman's; how the outlet itself
-- treats each target is in outlet_targets. Days are those of publication, else lower bounds;
-- `basis` is 'dated', 'not_before', 'mixed' or 'none'.
WITH carried AS (
    SELECT
        coalesce(publisher, source_id) AS outlet, word_count, duplicate_of, published_on,
        coalesce(duplicate_of, article_id) AS article_id,
        coalesce(published_on, published_not_before) AS day,
        CASE
            WHEN published_on IS NOT NULL THEN 'dated'
            WHEN published_not_before IS NOT NULL THEN 'not_before'
        END AS basis
    FROM articles
),
texts AS (
    SELECT DISTINCT outlet, article_id FROM carried
),
totals AS (
    SELECT
        outlet, count(*) AS articles, count(duplicate_of) AS duplicates,
        sum(word_count)::BIGINT AS words, min(day) AS first_on, max(day) AS last_on,
        CASE
            WHEN min(basis) <> max(basis) THEN 'mixed'
            ELSE coalesce(min(basis), 'none')
        END AS basis,
        round(count(published_on) / count(*), 4) AS share_dated
    FROM carried
    GROUP BY outlet
),
revised AS (
    SELECT coalesce(publisher, source_id) AS outlet, count(*) AS revisions
    FROM article_revisions
    GROUP BY outlet
),
spoken AS (
    SELECT x.outlet, count(*) AS statements
    FROM texts AS x
    JOIN statements AS s USING (article_id)
    GROUP BY x.outlet
),
scored AS (
    SELECT x.outlet, count(*) AS stances, round(avg(s.score), 4) AS mean_score
    FROM texts AS x
    JOIN stance_positions AS s USING (article_id)
    WHERE s.is_sure AND NOT s.is_represented
    GROUP BY x.outlet
),
named AS (
    SELECT article_id, entity_id, count(*) AS mentions
    FROM mentions
    WHERE entity_id IS NOT NULL
    GROUP BY ALL
),
top AS (
    SELECT x.outlet, n.entity_id, sum(n.mentions) AS mentions
    FROM texts AS x
    JOIN named AS n USING (article_id)
    GROUP BY x.outlet, n.entity_id
    QUALIFY row_number() OVER (
        PARTITION BY x.outlet ORDER BY sum(n.mentions) DESC, n.entity_id
    ) = 1
)
SELECT
    t.outlet AS publisher, t.articles, t.duplicates, coalesce(r.revisions, 0) AS revisions,
    t.words, t.first_on, t.last_on, t.basis, t.share_dated,
    coalesce(k.statements, 0) AS statements,
    coalesce(s.stances, 0) AS stances, s.mean_score,
    p.entity_id AS top_entity_id, e.name AS top_entity
FROM totals AS t
LEFT JOIN revised AS r USING (outlet)
LEFT JOIN spoken AS k USING (outlet)
LEFT JOIN scored AS s USING (outlet)
LEFT JOIN top AS p USING (outlet)
LEFT JOIN entities AS e ON e.entity_id = p.entity_id
