-- one row is one holder's record on one target
-- Holders and targets that are no entity go by their words in the text, with a NULL id. The day
-- is as_of_on, else publication, else the lower bound; `basis` is 'dated' (no lower bound),
-- 'not_before', 'mixed' or 'none'. `outlets` counts copies of the text as well.
WITH positions AS (
    SELECT
        s.holder_id, coalesce(h.name, s.holder) AS holder,
        s.target_id, coalesce(t.name, s.target) AS target,
        s.article_id, s.polarity, s.score, s.voice,
        coalesce(s.as_of_on, a.published_on, a.published_not_before) AS day,
        CASE
            WHEN coalesce(s.as_of_on, a.published_on) IS NOT NULL THEN 'dated'
            WHEN a.published_not_before IS NOT NULL THEN 'not_before'
        END AS basis
    FROM stances AS s
    JOIN articles AS a USING (article_id)
    LEFT JOIN entities AS h ON h.entity_id = s.holder_id
    LEFT JOIN entities AS t ON t.entity_id = s.target_id
),
records AS (
    SELECT
        holder_id, holder, target_id, target,
        count(*) AS stances,
        count(*) FILTER (WHERE polarity = 'support') AS support,
        count(*) FILTER (WHERE polarity = 'oppose') AS oppose,
        count(*) FILTER (WHERE polarity = 'neutral') AS neutral,
        round(avg(score), 4) AS mean_score,
        count(*) FILTER (WHERE voice = 'author') AS author_voice,
        count(*) FILTER (WHERE voice = 'speaker') AS speaker_voice,
        count(*) FILTER (WHERE voice = 'actor') AS actor_voice,
        count(DISTINCT article_id) AS articles,
        min(day) AS first_on, max(day) AS last_on,
        CASE
            WHEN min(basis) <> max(basis) THEN 'mixed'
            ELSE coalesce(min(basis), 'none')
        END AS basis
    FROM positions
    GROUP BY holder_id, holder, target_id, target
),
spread AS (
    SELECT
        p.holder_id, p.holder, p.target_id, p.target,
        count(DISTINCT coalesce(c.publisher, c.source_id)) AS outlets
    FROM (SELECT DISTINCT holder_id, holder, target_id, target, article_id FROM positions) AS p
    JOIN articles AS c ON coalesce(c.duplicate_of, c.article_id) = p.article_id
    GROUP BY p.holder_id, p.holder, p.target_id, p.target
)
SELECT
    r.holder_id, r.holder, r.target_id, r.target,
    r.stances, r.support, r.oppose, r.neutral, r.support - r.oppose AS net, r.mean_score,
    r.author_voice, r.speaker_voice, r.actor_voice,
    r.articles, s.outlets, r.first_on, r.last_on, r.basis
FROM records AS r
JOIN spread AS s
    ON r.holder = s.holder AND r.target = s.target
    AND r.holder_id IS NOT DISTINCT FROM s.holder_id
    AND r.target_id IS NOT DISTINCT FROM s.target_id
