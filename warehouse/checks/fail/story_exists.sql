-- one row is one link of an event to a story of which one is not there
-- A story is there where its first event is, and is linked to itself as the first.
SELECT
    l.event_id AS row_id, e.article_id,
    CASE
        WHEN e.event_id IS NULL THEN 'no such event'
        WHEN f.event_id IS NULL THEN concat('story ', l.story_id, ': no such event')
        ELSE concat('story ', l.story_id, ' does not begin with that event')
    END AS detail
FROM story_links AS l
LEFT JOIN events AS e USING (event_id)
LEFT JOIN events AS f ON f.event_id = l.story_id
LEFT JOIN story_links AS o
    ON o.event_id = l.story_id AND o.story_id = l.story_id AND o.is_first
WHERE e.event_id IS NULL OR f.event_id IS NULL OR o.event_id IS NULL
