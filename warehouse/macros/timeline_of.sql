-- one row is one dated thing in which the entity takes part or is named, earliest first
-- needs: timeline_about
-- `part` is what the entity is in it, in any of its reports: 'actor', 'target', 'place' or 'named'
-- (in the evidence). `kinds` is a list of 'event', 'statement', 'stance_shift' and 'citation'.
timeline_of(p_name, kinds := NULL) AS TABLE
SELECT *
FROM timeline_about(about := p_name, kinds := kinds)
ORDER BY coalesce(happened_from, happened_to), happened_to, row_id
