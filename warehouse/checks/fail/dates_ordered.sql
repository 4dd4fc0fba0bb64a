-- one row is one row whose first day is after its last, or an article dated past its fetching
-- A day is allowed for time zones and one for a printed edition dated ahead.
SELECT
    timex_id AS row_id, article_id,
    concat('time_expressions: ', from_on, ' to ', to_on) AS detail
FROM time_expressions WHERE from_on > to_on
UNION ALL
SELECT event_id, article_id, concat('events: ', happened_from, ' to ', happened_to)
FROM events WHERE happened_from > happened_to
UNION ALL
SELECT statement_id, article_id, concat('statements: said ', said_from, ' to ', said_to)
FROM statements WHERE said_from > said_to
UNION ALL
SELECT citation_id, article_id, concat('citations: ', cited_from, ' to ', cited_to)
FROM citations WHERE cited_from > cited_to
UNION ALL
SELECT entity_id, article_id, concat('entity_roles: ', valid_from, ' to ', valid_to)
FROM entity_roles WHERE valid_from > valid_to
UNION ALL
SELECT
    article_id, article_id,
    concat('articles: published ', published_on, ', fetched ', fetched_at AT TIME ZONE 'UTC')
FROM articles WHERE published_on > (fetched_at AT TIME ZONE 'UTC')::DATE + 2
