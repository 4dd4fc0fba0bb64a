SELECT entity_id, names_used, kinds, roles, outlets_most, seen_with, samples, links, metonym_share
FROM who_is('Russia')
