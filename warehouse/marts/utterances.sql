-- one row is one utterance: what was said once, in whatever articles and words it is reported
-- needs: quotes
-- Words, speaker and outlet are those of its first appearance; pieces are parted by ' ... '. An
-- article is counted once; `outlets` counts those that carried copies of its text as well.
-- `basis` says what first_on and last_on rest on: 'dated' (publication), 'not_before' (lower
-- bounds only), 'mixed' or 'none'. `largest_drift` is 1 less the least similarity.
WITH said AS (
    SELECT
        q.*,
        coalesce(q.published_on, q.published_not_before) AS day,
        CASE
            WHEN q.published_on IS NOT NULL THEN 'dated'
            WHEN q.published_not_before IS NOT NULL THEN 'not_before'
        END AS basis,
        coalesce(u.wording, 1) AS wording
    FROM quotes AS q
    LEFT JOIN utterance_links AS u USING (statement_id)
),
outlets AS (
    SELECT s.utterance_id, count(DISTINCT coalesce(c.publisher, c.source_id)) AS outlets
    FROM said AS s
    JOIN articles AS c ON coalesce(c.duplicate_of, c.article_id) = s.article_id
    GROUP BY s.utterance_id
),
counted AS (
    SELECT
        utterance_id,
        string_agg(content, ' ... ' ORDER BY start_char, statement_id) FILTER (is_first)
            AS content,
        count(DISTINCT wording) AS wordings,
        round(1 - min(similarity), 4) AS largest_drift,
        count(DISTINCT speaker_id) AS speakers,
        count(*) AS statements, count(DISTINCT article_id) AS articles,
        min(day) AS first_on, max(day) AS last_on,
        CASE
            WHEN min(basis) <> max(basis) THEN 'mixed'
            ELSE coalesce(min(basis), 'none')
        END AS basis
    FROM said
    GROUP BY utterance_id
)
SELECT
    c.utterance_id, f.speaker_id, f.speaker, f.cue_class, f.kind, c.content,
    c.first_on, f.article_id AS first_article_id, f.publisher AS first_publisher, c.last_on,
    c.basis, c.wordings, c.largest_drift, c.speakers,
    c.speakers > 1 AS has_differing_speakers,
    c.statements, c.articles, o.outlets
FROM counted AS c
JOIN outlets AS o USING (utterance_id)
JOIN said AS f ON f.statement_id = c.utterance_id
