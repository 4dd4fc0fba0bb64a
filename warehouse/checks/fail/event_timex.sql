-- one row is one event dated by an expression of time that its article does not have
SELECT
    e.event_id AS row_id, e.article_id,
    concat(e.action, ': no expression ', e.timex_id, ' in the article') AS detail
FROM events AS e
LEFT JOIN time_expressions AS t ON t.timex_id = e.timex_id AND t.article_id = e.article_id
WHERE e.timex_id IS NOT NULL AND t.timex_id IS NULL
