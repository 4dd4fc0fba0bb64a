-- one row is one correction that no longer applies: what it expects is not there any more
-- A correction of the user's own whose subject the lake never met counts as well: a slip, perhaps.
SELECT
    correction_id AS row_id, article_id,
    concat(
        kind, ' of ', subject, coalesce(concat(' (', field, ')'), ''), ': expected ',
        coalesce(expect, 'nothing'), ', found ', coalesce(found, 'nothing')
    ) AS detail
FROM corrections
WHERE state = 'stale' OR (state = 'absent' AND origin = 'user')
