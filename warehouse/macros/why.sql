-- one row is the row with that id: the words it rests on, where they stand, and its run
-- `context` is the evidence with 200 characters before and after; `row_json` is the whole row.
why(p_row_id) AS TABLE
WITH found AS (
    SELECT
        'sentences' AS table_name, to_json(x)::VARCHAR AS row_json, x.text AS evidence,
        x.article_id, x.start_char, x.end_char, x.run_id
    FROM sentences AS x WHERE x.sentence_id = p_row_id
    UNION ALL
    SELECT
        'mentions', to_json(x)::VARCHAR, x.surface, x.article_id, x.start_char, x.end_char,
        x.run_id
    FROM mentions AS x WHERE x.mention_id = p_row_id
    UNION ALL
    SELECT
        'statements', to_json(x)::VARCHAR, x.content, x.article_id, x.start_char, x.end_char,
        x.run_id
    FROM statements AS x WHERE x.statement_id = p_row_id
    UNION ALL
    SELECT
        'stances', to_json(x)::VARCHAR, x.evidence, x.article_id, x.start_char, x.end_char,
        x.run_id
    FROM stances AS x WHERE x.stance_id = p_row_id
    UNION ALL
    SELECT
        'time_expressions', to_json(x)::VARCHAR, x.surface, x.article_id, x.start_char, x.end_char,
        x.run_id
    FROM time_expressions AS x WHERE x.timex_id = p_row_id
    UNION ALL
    SELECT
        'events', to_json(x)::VARCHAR, x.evidence, x.article_id, x.start_char, x.end_char, x.run_id
    FROM events AS x WHERE x.event_id = p_row_id
    UNION ALL
    SELECT
        'citations', to_json(x)::VARCHAR, x.title, x.article_id, x.start_char, x.end_char, x.run_id
    FROM citations AS x WHERE x.citation_id = p_row_id
)
SELECT
    f.table_name, f.evidence, s.text AS sentence,
    substr(
        a.text,
        greatest(f.start_char - 200, 0) + 1,
        f.end_char + 200 - greatest(f.start_char - 200, 0)
    ) AS context,
    a.title, coalesce(a.publisher, a.source_id) AS publisher, a.published_on, a.url, a.raw_ref,
    f.article_id, f.start_char, f.end_char, f.row_json,
    f.run_id, r.code_version, r.model_version
FROM found AS f
LEFT JOIN articles AS a ON a.article_id = f.article_id
LEFT JOIN sentences AS s
    ON s.article_id = f.article_id
    AND s.start_char <= f.start_char AND f.start_char < s.end_char
LEFT JOIN runs AS r ON r.run_id = f.run_id
