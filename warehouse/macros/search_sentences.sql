-- one row is one sentence that holds some of the words, the best first
-- needs: entity_ids, search_key, search_units, search_pattern
-- Words match whatever their case, accents and endings ('recognised' finds 'recognise'); what
-- stands in "quotes" must be there, as it stands. `score` is BM25 (Robertson and Zaragoza 2009; k1
-- 1.2, b 0.75) over all sentences, whose length is their characters: rare words weigh most. `about`
-- asks for sentences that mention that entity. `speaker` is who says the sentence or most of it,
-- where it lies in a statement. The day is that of publication, else the lower bound, as `basis`
-- says.
search_sentences(
    words, about := NULL, in_outlet := NULL, since := NULL, until := NULL
) AS TABLE
WITH units AS (
    SELECT search_key(unit) AS key, bool_or(starts_with(unit, '"')) AS is_required
    FROM (SELECT unnest(search_units(words)) AS unit)
    GROUP BY key
),
found AS MATERIALIZED (
    SELECT * FROM (
        SELECT
            sentence_id, article_id, start_char, end_char, text, voice,
            regexp_extract_all(strip_accents(text), search_pattern(words)) AS hits
        FROM sentences
    )
    WHERE len(hits) > 0
),
counted AS (
    SELECT sentence_id, key, is_required, count(*) AS times
    FROM (SELECT sentence_id, search_key(unnest(hits)) AS key FROM found)
    JOIN units USING (key)
    GROUP BY ALL
),
every AS (
    SELECT count(*) AS sentences, avg(length(text)) AS mean_length FROM sentences
),
rare AS (
    SELECT key, ln(1 + (any_value(e.sentences) - count(*) + 0.5) / (count(*) + 0.5)) AS idf
    FROM counted, every AS e
    GROUP BY key
),
ranked AS (
    SELECT
        f.sentence_id, f.article_id, f.start_char, f.end_char, f.text, f.voice,
        sum(
            r.idf * c.times * 2.2
            / (c.times + 1.2 * (0.25 + 0.75 * length(f.text) / e.mean_length))
        ) AS score
    FROM counted AS c
    JOIN rare AS r USING (key)
    JOIN found AS f USING (sentence_id), every AS e
    GROUP BY ALL
    HAVING count(*) FILTER (c.is_required) = (SELECT count(*) FILTER (is_required) FROM units)
)
SELECT
    round(r.score, 2) AS score, r.text AS sentence,
    (
        SELECT arg_max(
            coalesce(n.name, s.speaker),
            -- The longest share of the sentence, then the first.
            10000000 * (least(s.end_char, r.end_char) - greatest(s.start_char, r.start_char))
            - s.start_char
        )
        FROM statements AS s
        LEFT JOIN entities AS n ON n.entity_id = s.speaker_id
        WHERE s.article_id = r.article_id
            AND s.start_char < r.end_char AND s.end_char > r.start_char
    ) AS speaker,
    r.voice, coalesce(a.published_on, a.published_not_before) AS day,
    CASE
        WHEN a.published_on IS NOT NULL THEN 'dated'
        WHEN a.published_not_before IS NOT NULL THEN 'not_before'
        ELSE 'none'
    END AS basis,
    coalesce(a.publisher, a.source_id) AS publisher, a.title, a.url,
    r.article_id, r.sentence_id, r.start_char, r.end_char
FROM ranked AS r
JOIN articles AS a USING (article_id)
WHERE (since IS NULL OR coalesce(a.published_on, a.published_not_before) >= since::DATE)
    AND (until IS NULL OR coalesce(a.published_on, a.published_not_before) <= until::DATE)
    AND (in_outlet IS NULL OR lower(coalesce(a.publisher, a.source_id)) = lower(in_outlet))
    AND (
        about IS NULL
        OR r.sentence_id IN (
            SELECT sentence_id FROM mentions WHERE entity_id IN (FROM entity_ids(about))
        )
    )
ORDER BY r.score DESC, day DESC NULLS LAST, r.article_id, r.start_char
