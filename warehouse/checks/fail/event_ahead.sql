-- one row is one event told as a fact that is dated wholly after its article's publication
-- What did not happen counts as well; what is planned, possible, wished for or supposed does not.
SELECT
    e.event_id AS row_id, e.article_id,
    concat(
        e.action, ' from ', e.happened_from, ' (', e.date_method, '), published ', a.published_on
    ) AS detail
FROM events AS e
JOIN articles AS a USING (article_id)
WHERE e.modality = 'asserted' AND e.happened_from > a.published_on
