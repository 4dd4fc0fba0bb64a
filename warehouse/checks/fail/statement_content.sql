-- one row is one statement that says nothing: its content has no visible character
SELECT
    statement_id AS row_id, article_id,
    concat('content is ''', content, ''', speaker ''', speaker, ''', cue ''', cue, '''') AS detail
FROM statements
WHERE coalesce(NOT regexp_matches(content, '[^\s\p{Z}\p{C}]'), true)
