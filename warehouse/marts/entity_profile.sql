-- one row is one entity that an article mentions, quotes or gives a position to or on
-- needs: stance_positions
-- Stances count from the default confidence on, those of a spokesman's principal apart from its own.
-- An article is counted once; `coverage` and `outlets` count every copy of its text as well.
-- `basis` says what first_on and last_on rest on: 'dated' (publication), 'not_before' (lower
-- bounds only), 'mixed' or 'none'.
WITH appearances AS (
    SELECT
        entity_id, article_id, count(*) AS mentions,
        count(*) FILTER (WHERE kind = 'metonym') AS metonyms
    FROM mentions
    WHERE entity_id IS NOT NULL
    GROUP BY ALL
    UNION ALL
    SELECT speaker_id, article_id, 0, 0 FROM statements WHERE speaker_id IS NOT NULL
    UNION ALL
    SELECT holder_id, article_id, 0, 0 FROM stances WHERE holder_id IS NOT NULL
    UNION ALL
    SELECT target_id, article_id, 0, 0 FROM stances WHERE target_id IS NOT NULL
),
named AS (
    SELECT
        entity_id, article_id, sum(mentions)::BIGINT AS mentions, sum(metonyms)::BIGINT AS metonyms
    FROM appearances
    GROUP BY ALL
),
dated AS (
    SELECT
        article_id,
        coalesce(published_on, published_not_before) AS day,
        CASE
            WHEN published_on IS NOT NULL THEN 'dated'
            WHEN published_not_before IS NOT NULL THEN 'not_before'
        END AS basis
    FROM articles
),
presence AS (
    SELECT
        n.entity_id, sum(n.mentions)::BIGINT AS mentions, sum(n.metonyms)::BIGINT AS metonyms,
        count(*) AS articles, min(d.day) AS first_on, max(d.day) AS last_on,
        CASE
            WHEN min(d.basis) <> max(d.basis) THEN 'mixed'
            ELSE coalesce(min(d.basis), 'none')
        END AS basis
    FROM named AS n
    JOIN dated AS d USING (article_id)
    GROUP BY n.entity_id
),
spread AS (
    SELECT
        n.entity_id, count(*) AS coverage,
        count(DISTINCT coalesce(c.publisher, c.source_id)) AS outlets
    FROM named AS n
    JOIN articles AS c ON coalesce(c.duplicate_of, c.article_id) = n.article_id
    GROUP BY n.entity_id
),
spoken AS (
    SELECT speaker_id AS entity_id, count(*) AS statements
    FROM statements
    GROUP BY speaker_id
),
held AS (
    SELECT
        holder_id AS entity_id, count(*) AS stances,
        count(*) FILTER (WHERE polarity = 'support') AS support,
        count(*) FILTER (WHERE polarity = 'oppose') AS oppose
    FROM stance_positions
    WHERE is_sure AND NOT is_represented
    GROUP BY holder_id
),
received AS (
    SELECT
        target_id AS entity_id, count(*) AS stances,
        count(*) FILTER (WHERE polarity = 'support') AS support,
        count(*) FILTER (WHERE polarity = 'oppose') AS oppose
    FROM stance_positions
    WHERE is_sure AND NOT is_represented
    GROUP BY target_id
)
SELECT
    e.entity_id, e.name, e.type,
    p.mentions, p.articles, s.coverage, s.outlets, p.first_on, p.last_on, p.basis,
    round(p.metonyms / nullif(p.mentions, 0), 4) AS metonym_share,
    coalesce(k.statements, 0) AS statements,
    coalesce(h.stances, 0) AS holder_stances,
    coalesce(h.support, 0) AS holder_support,
    coalesce(h.oppose, 0) AS holder_oppose,
    coalesce(r.stances, 0) AS target_stances,
    coalesce(r.support, 0) AS target_support,
    coalesce(r.oppose, 0) AS target_oppose
FROM presence AS p
JOIN entities AS e USING (entity_id)
JOIN spread AS s USING (entity_id)
LEFT JOIN spoken AS k USING (entity_id)
LEFT JOIN held AS h USING (entity_id)
LEFT JOIN received AS r USING (entity_id)
