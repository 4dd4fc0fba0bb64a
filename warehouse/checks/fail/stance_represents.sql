-- one row is one represented stance without the spokesman's row it follows from, or unlike it
SELECT
    s.stance_id AS row_id, s.article_id,
    CASE
        WHEN s.from_stance_id IS NULL THEN 'represents, but follows from no row'
        WHEN s.method IS DISTINCT FROM 'represents'
            THEN concat('follows from ', s.from_stance_id, ' by method ', s.method)
        WHEN f.stance_id IS NULL
            THEN concat('follows from ', s.from_stance_id, ', which its article does not have')
        WHEN f.from_stance_id IS NOT NULL
            THEN concat('follows from ', s.from_stance_id, ', which is represented itself')
        ELSE concat(
            s.polarity, ' of ', s.target, ' follows from ', f.polarity, ' of ', f.target,
            ' in ', s.from_stance_id
        )
    END AS detail
FROM stances AS s
LEFT JOIN stances AS f ON f.stance_id = s.from_stance_id AND f.article_id = s.article_id
WHERE (s.method = 'represents' OR s.from_stance_id IS NOT NULL)
    AND (
        s.from_stance_id IS NULL
        OR s.method IS DISTINCT FROM 'represents'
        OR f.stance_id IS NULL
        OR f.from_stance_id IS NOT NULL
        OR f.polarity IS DISTINCT FROM s.polarity
        OR f.target IS DISTINCT FROM s.target
    )
