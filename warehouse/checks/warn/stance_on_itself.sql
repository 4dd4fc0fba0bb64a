-- one row is one stance of an entity on itself, as the text has it or as links make it
SELECT
    stance_id AS row_id, article_id,
    concat(holder_id, ' (', holder, ') on itself (', target, '); no mart counts it') AS detail
FROM stances
WHERE holder_id = target_id
