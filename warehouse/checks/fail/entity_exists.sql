-- one row is one entity id that rows refer to though there is no such entity
WITH pointers AS (
    SELECT 'mentions.entity_id' AS origin, entity_id, article_id FROM mentions
    UNION ALL
    SELECT 'statements.speaker_id', speaker_id, article_id FROM statements
    UNION ALL
    SELECT 'statements.via_id', via_id, article_id FROM statements
    UNION ALL
    SELECT 'stances.holder_id', holder_id, article_id FROM stances
    UNION ALL
    SELECT 'stances.target_id', target_id, article_id FROM stances
    UNION ALL
    SELECT 'events.actor_id', actor_id, article_id FROM events
    UNION ALL
    SELECT 'events.target_id', target_id, article_id FROM events
    UNION ALL
    SELECT 'events.place_id', place_id, article_id FROM events
    UNION ALL
    SELECT 'citations.author_id', author_id, article_id FROM citations
    UNION ALL
    SELECT 'citations.publisher_id', publisher_id, article_id FROM citations
    UNION ALL
    SELECT 'acronyms.entity_id', entity_id, article_id FROM acronyms
    UNION ALL
    SELECT 'entity_roles.entity_id', entity_id, article_id FROM entity_roles
    UNION ALL
    SELECT 'entity_roles.organisation_id', organisation_id, article_id FROM entity_roles
    UNION ALL
    SELECT 'entity_aliases.entity_id', entity_id, NULL FROM entity_aliases
    UNION ALL
    SELECT 'entity_members.entity_id', entity_id, NULL FROM entity_members
    UNION ALL
    SELECT 'entity_members.member_id', member_id, NULL FROM entity_members
    UNION ALL
    SELECT 'entity_links.linked_id', linked_id, article_id FROM entity_links
),
counted AS (
    SELECT origin, entity_id, min(article_id) AS article_id, count(*) AS rows
    FROM pointers
    WHERE entity_id IS NOT NULL
    GROUP BY origin, entity_id
)
SELECT entity_id AS row_id, article_id, concat(origin, ': ', rows, ' rows') AS detail
FROM counted
ANTI JOIN entities USING (entity_id)
