-- one row is one dated thing: a story, a statement, a change of stance or a cited work
-- needs: entity_ids, date_written
-- `about` NULL stands for all, else `part` is what that entity is in one of its reports: 'actor',
-- 'target', 'place' or 'named' (in the evidence). `kinds` NULL stands for every kind.
-- `dated` is the day or interval at its own granularity. Of a thing that several articles tell of,
-- words, date and `said_` are those of the best report: told as a fact rather than not, then dated
-- by the surest method, then most narrowly. `sureness` is that of the surest report, 'reckoned' for
-- a change of stance; `is_confirmed` where one tells of it as a fact. `is_disputed` where some deny
-- it and some do not, or where their own dates, which `happened_from_min` and `happened_to_max`
-- span, have no day in common; then `dates_told` has them. `reports` counts articles, `outlets`
-- those with copies too, `statements` what was said of it, `told_reports` articles that tell it
-- themselves.
timeline_about(about := NULL, kinds := NULL) AS TABLE
WITH ids AS (FROM entity_ids(about)),
reports AS MATERIALIZED (
    SELECT
        *,
        CASE
            WHEN actor_id IN (FROM ids) THEN 1
            WHEN target_id IN (FROM ids) THEN 2
            WHEN place_id IN (FROM ids) THEN 3
        END AS part
    FROM timeline_reports
    WHERE kinds IS NULL OR list_contains(kinds, kind)
),
wanted AS (
    SELECT kind, thing_id, min(part) AS part
    FROM (
        SELECT kind, thing_id, part FROM reports WHERE part IS NOT NULL
        UNION ALL
        SELECT r.kind, r.thing_id, 4
        FROM mentions AS m
        JOIN reports AS r
            ON r.article_id = m.article_id
            AND m.start_char >= r.start_char AND m.end_char <= r.end_char
        WHERE m.entity_id IN (FROM ids)
    )
    GROUP BY kind, thing_id
),
-- Words are left for the end: they are most of what a report takes, and a sort would carry them.
ranked AS (
    SELECT
        kind, thing_id, row_id, happened_from, happened_to, granularity, date_method,
        published_on, published_method, fetched_at, publisher, is_carried, utterance_id,
        article_id, start_char, end_char, confidence, w.part,
        list_position(
            ['told', 'reported', 'planned', 'possible', 'desired', 'hypothetical', 'denied'],
            sureness
        ) AS place_sure,
        greatest(place_sure, 2) AS class,
        date_method IN ('clause', 'adjacent') AS has_own_date,
        row_number() OVER (
            PARTITION BY kind, thing_id
            ORDER BY
                kind <> 'event' AND row_id <> thing_id, class,
                happened_from IS NULL AND happened_to IS NULL,
                list_position(['clause', 'adjacent', 'published', 'not_before'], date_method),
                happened_to - happened_from, place_sure, confidence DESC, published_on, row_id
        ) AS nth
    FROM reports AS r
    LEFT JOIN wanted AS w USING (kind, thing_id)
    WHERE about IS NULL OR w.part IS NOT NULL
),
best AS (
    FROM ranked WHERE nth = 1 AND (happened_from IS NOT NULL OR happened_to IS NOT NULL)
),
counted AS (
    SELECT
        kind, thing_id,
        [
            'told', 'reported', 'planned', 'possible', 'desired', 'hypothetical', 'denied'
        ][min(r.place_sure)] AS sureness,
        count(DISTINCT r.article_id) AS reports,
        count(DISTINCT r.article_id) FILTER (NOT r.is_carried) AS told_reports,
        count(DISTINCT if(kind = 'statement', r.row_id, r.utterance_id)) AS statements,
        min(r.published_on) AS published_first_on, max(r.published_on) AS published_last_on,
        arg_min(r.published_method, r.published_on) AS published_method,
        min(r.fetched_at) AS fetched_at,
        bool_or(r.place_sure <= 4) AND bool_or(r.place_sure = 7) AS is_denied,
        count(DISTINCT r.article_id) FILTER (r.class = b.class AND r.has_own_date) > 1
            AND max(r.happened_from) FILTER (r.class = b.class AND r.has_own_date)
            > min(r.happened_to) FILTER (r.class = b.class AND r.has_own_date) AS has_other_dates,
        min(r.happened_from) FILTER (r.class = b.class AND r.has_own_date) AS happened_from_min,
        max(r.happened_to) FILTER (r.class = b.class AND r.has_own_date) AS happened_to_max,
        array_to_string(list_sort(list(
            DISTINCT concat(
                date_written(r.happened_from, r.happened_to, r.granularity), ' ', r.publisher
            )
        ) FILTER (r.class = b.class AND r.has_own_date)), ' | ') AS dates_told
    FROM ranked AS r
    JOIN best AS b USING (kind, thing_id)
    GROUP BY kind, thing_id
),
spread AS (
    SELECT r.kind, r.thing_id, count(DISTINCT coalesce(c.publisher, c.source_id)) AS outlets
    FROM ranked AS r
    JOIN articles AS c ON coalesce(c.duplicate_of, c.article_id) = r.article_id
    GROUP BY r.kind, r.thing_id
)
SELECT
    b.happened_from, b.happened_to, b.granularity, b.date_method,
    date_written(b.happened_from, b.happened_to, b.granularity) AS dated,
    w.what, b.kind, c.sureness,
    w.actor_id, w.actor, w.target_id, w.target, w.place_id, w.place,
    w.action_code, w.quad_class, w.modality, w.is_negated, w.evidence,
    b.article_id, w.title, b.publisher, w.url,
    b.row_id, if(b.kind = 'event', b.thing_id, NULL) AS story_id, b.start_char, b.end_char,
    b.confidence,
    w.said_from, w.said_to, w.said_granularity, w.said_method, w.said_by_id, w.said_by,
    c.published_first_on, c.published_last_on, c.published_method, c.fetched_at,
    c.reports, c.told_reports, c.statements, s.outlets,
    c.sureness IN ('told', 'reported') AS is_confirmed,
    b.kind = 'event' AND (c.is_denied OR coalesce(c.has_other_dates, false)) AS is_disputed,
    c.happened_from_min, c.happened_to_max,
    CASE WHEN c.has_other_dates THEN c.dates_told END AS dates_told,
    ['actor', 'target', 'place', 'named'][b.part] AS part
FROM best AS b
JOIN counted AS c USING (kind, thing_id)
JOIN spread AS s USING (kind, thing_id)
JOIN reports AS w USING (row_id) -- not by kind as well: DuckDB may join by that alone
UNION ALL BY NAME
SELECT
    h.prev_to_on + 1 AS happened_from, h.from_on AS happened_to, 'day' AS granularity,
    if(h.basis = 'dated', 'published', 'not_before') AS date_method,
    date_written((h.prev_to_on + 1), h.from_on, 'day') AS dated,
    concat(
        h.holder, if(h.is_represented, ' (spokesmen)', ''), ' on ', h.target, ': from ',
        h.prev_score, ' to ', h.score
    ) AS what,
    'stance_shift' AS kind, 'reckoned' AS sureness,
    h.holder_id AS actor_id, h.holder AS actor, h.target_id, h.target,
    'asserted' AS modality, false AS is_negated, h.evidence,
    a.article_id, a.title, coalesce(a.publisher, a.source_id) AS publisher, a.url,
    h.stance_id AS row_id, s.start_char, s.end_char,
    coalesce(a.published_on, a.published_not_before) AS published_first_on,
    published_first_on AS published_last_on, a.published_method, a.fetched_at,
    h.prev_articles + h.articles AS reports,
    true AS is_confirmed, false AS is_disputed,
    CASE
        WHEN h.holder_id IN (FROM ids) THEN 'actor' WHEN h.target_id IN (FROM ids) THEN 'target'
    END AS part
FROM stance_shifts AS h
JOIN stances AS s USING (stance_id)
JOIN articles AS a USING (article_id)
WHERE (kinds IS NULL OR list_contains(kinds, 'stance_shift'))
    AND (about IS NULL OR h.holder_id IN (FROM ids) OR h.target_id IN (FROM ids))
