-- one row is one report, in one article, of an event, a statement or a cited work
-- Reports of the same `thing_id` tell of the same: a story, an utterance, a work. `sureness` is
-- 'told' (as a fact, by the article itself), 'reported' (in somebody's words only), 'planned',
-- 'possible', 'desired', 'hypothetical', or 'denied', which is also what is said not to have
-- happened. Four clocks: `happened_`; `said_`, of the statement that carries it, NULL where the
-- article tells it; `published_`, whose method 'lower_bound' tells of a latest day that the text
-- names; and `fetched_at`. A statement happens when it is said, at the latest on the day of
-- publication; a work happens when it appears. What is denied, promised, hoped for or demanded is
-- said all the same: there the modality of a statement is that of what it says. `what` is what a
-- line shows. Of an event it is the evidence, names in full, where that has at most 90 characters
-- (nine events in ten) and keeps the negation; else who, '(not)', action, whom; of a passive without
-- an actor whom, '(not)', action; of what several did together action, 'by' who 'and' whom;
-- of what somebody wants of another who, ':', whom, action.
WITH works AS (
    SELECT
        *,
        min(citation_id) OVER (
            PARTITION BY lower(title), coalesce(author_id, lower(author)), cited_from, cited_to,
                cited_on
        ) AS thing_id
    FROM citations
),
found AS (
    SELECT
        'event' AS kind, coalesce(story_id, event_id) AS thing_id, event_id AS row_id,
        actor_id, actor, action AS words, target_id, target, place_id, place,
        action_code, quad_class, happened_from, happened_to, granularity, date_method,
        coalesce(modality, 'asserted') AS modality, modality AS manner,
        coalesce(is_negated, false) AS is_negated,
        statement_id AS carrier_id, statement_id IS NOT NULL AS is_carried,
        evidence, article_id, start_char, end_char, confidence
    FROM events
    UNION ALL
    SELECT
        'statement', NULL, statement_id,
        speaker_id, speaker, concat(coalesce(cue, 'said'), ': ', content), NULL, NULL, NULL, NULL,
        NULL, NULL, said_from, said_to, said_granularity, said_method,
        coalesce(modality, 'asserted'),
        if(cue_class IN ('deny', 'promise', 'hope', 'demand'), 'asserted', modality),
        coalesce(is_negated, false),
        via_statement_id, via_id IS NOT NULL OR via_statement_id IS NOT NULL,
        content, article_id, start_char, end_char, confidence
    FROM statements
    UNION ALL
    SELECT
        'citation', thing_id, citation_id,
        author_id, author, concat_ws(', ', title, publisher), NULL, NULL, NULL, NULL,
        NULL, NULL, coalesce(cited_from, cited_on), coalesce(cited_to, cited_on),
        coalesce(granularity, if(cited_on IS NULL, NULL, 'day')), 'clause',
        'asserted', 'asserted', false, NULL, false, title, article_id, start_char, end_char, NULL
    FROM works
),
named AS (
    SELECT
        f.kind = 'statement' AND f.happened_from IS NULL AND f.happened_to IS NULL
            AND coalesce(f.manner, 'asserted') = 'asserted' AND a.published_on IS NOT NULL
            AS is_by_publication,
        f.actor AS actor_said, f.target AS target_said,
        timeline_named(f.target, f.target, y.name, false) AS target_shown,
        CASE WHEN f.kind = 'event' THEN regexp_replace(f.evidence, '\s+', ' ', 'g') END AS told,
        coalesce(
            length(told) <= 90 AND contains(told, f.words)
            AND contains(told, coalesce(f.actor, '')) AND contains(told, coalesce(f.target, ''))
            AND NOT (
                f.is_negated
                AND NOT regexp_matches(lower(told), '\b(not|never|no|nor|without)\b|n.t\b')
            ), false
        ) AS is_told_shortly,
        f.actor IS NULL AND f.kind = 'event'
            AND regexp_matches(f.evidence, '\b(is|are|was|were|be|been|being)\b')
            AND strpos(f.evidence, f.target) BETWEEN 1 AND strpos(f.evidence, f.words) - 1
            AS is_passive,
        f.* REPLACE (
            coalesce(x.name, f.actor) AS actor,
            coalesce(y.name, f.target) AS target,
            coalesce(z.name, f.place) AS place,
            if(is_by_publication, a.published_on, f.happened_to) AS happened_to,
            if(is_by_publication, 'day', f.granularity) AS granularity,
            if(is_by_publication, 'published', f.date_method) AS date_method
        ),
        coalesce(a.published_on, a.published_not_before) AS published_on, a.published_method,
        a.fetched_at, a.title, coalesce(a.publisher, a.source_id) AS publisher, a.url
    FROM found AS f
    JOIN articles AS a USING (article_id)
    LEFT JOIN entities AS x ON x.entity_id = f.actor_id
    LEFT JOIN entities AS y ON y.entity_id = f.target_id
    LEFT JOIN entities AS z ON z.entity_id = f.place_id
),
worded AS (
    SELECT *, timeline_named(told, actor_said, actor, starts_with(actor_id, 'person:')) AS told_by_whom
    FROM named
)
SELECT
    n.kind,
    coalesce(n.thing_id, u.utterance_id, n.row_id) AS thing_id, n.row_id,
    CASE
        WHEN n.is_negated THEN 'denied'
        WHEN n.manner <> 'asserted' THEN n.manner
        WHEN n.is_carried THEN 'reported'
        ELSE 'told'
    END AS sureness,
    n.happened_from, n.happened_to, n.granularity, n.date_method,
    if(n.kind = 'statement', n.happened_from, s.said_from) AS said_from,
    if(n.kind = 'statement', n.happened_to, s.said_to) AS said_to,
    if(n.kind = 'statement', n.granularity, s.said_granularity) AS said_granularity,
    if(n.kind = 'statement', n.date_method, s.said_method) AS said_method,
    n.published_on, n.published_method, n.fetched_at,
    CASE
        WHEN n.is_told_shortly THEN timeline_named(
            n.told_by_whom, n.target_said, n.target, starts_with(n.target_id, 'person:')
        )
        WHEN n.is_passive
            THEN concat_ws(' ', n.target_shown, CASE WHEN n.is_negated THEN '(not)' END, n.words)
        WHEN n.kind = 'event' AND n.target_said IS NOT NULL
            AND strpos(n.evidence, n.target_said) BETWEEN 1 AND strpos(n.evidence, n.actor_said) - 1
            AND strpos(n.evidence, n.words) < strpos(n.evidence, n.actor_said)
            THEN concat_ws(
                ' ', CASE WHEN NOT contains(n.words, n.target_said) THEN n.target_shown END,
                CASE WHEN n.is_negated THEN '(not)' END, n.words, 'by', n.actor
            )
        WHEN n.kind = 'event' AND regexp_matches(n.words, '\b(is|are|was|were|be|been|being)\b')
            AND strpos(n.evidence, n.words) < strpos(n.evidence, ' by ' || n.actor_said)
            AND regexp_matches(
                substr(n.evidence, 1, strpos(n.evidence, n.target_said) - 1),
                ' by .*\band (the )?$'
            )
            THEN concat_ws(
                ' ', CASE WHEN n.is_negated THEN '(not)' END, n.words, 'by', n.actor, 'and', n.target
            )
        WHEN n.action_code = 'REQUEST'
            AND strpos(n.evidence, n.actor_said) < strpos(n.evidence, n.target_said)
            AND strpos(n.evidence, n.target_said) < strpos(n.evidence, n.words)
            THEN concat_ws(
                ' ', n.actor || ':', n.target_shown, CASE WHEN n.is_negated THEN '(not)' END, n.words
            )
        ELSE concat_ws(
            if(n.kind = 'citation', ', ', ' '),
            n.actor, CASE WHEN n.is_negated THEN '(not)' END, n.words,
            CASE WHEN NOT contains(n.words, n.target_said) THEN n.target_shown END
        )
    END AS what,
    n.actor_id, n.actor, n.target_id, n.target, n.place_id, n.place,
    n.action_code, n.quad_class, n.modality, n.is_negated,
    n.is_carried, s.speaker_id AS said_by_id, coalesce(w.name, s.speaker) AS said_by,
    coalesce(u.utterance_id, s.statement_id) AS utterance_id,
    n.evidence, n.article_id, n.start_char, n.end_char, n.title, n.publisher, n.url, n.confidence
FROM worded AS n
LEFT JOIN statements AS s ON s.statement_id = n.carrier_id
LEFT JOIN entities AS w ON w.entity_id = s.speaker_id
LEFT JOIN utterance_links AS u
    ON u.statement_id = if(n.kind = 'statement', n.row_id, n.carrier_id)
