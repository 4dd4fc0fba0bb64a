-- one row is one statement with its speaker and where it appeared
-- `published_on` is NULL where only a lower bound is known.
SELECT
    s.statement_id, s.speaker_id, coalesce(e.name, s.speaker) AS speaker,
    s.cue, s.cue_class, s.kind, s.content, s.is_negated, s.modality,
    s.via_id, v.name AS via,
    s.article_id, a.title, coalesce(a.publisher, a.source_id) AS publisher,
    a.published_on, a.published_not_before, a.url, s.confidence
FROM statements AS s
JOIN articles AS a USING (article_id)
LEFT JOIN entities AS e ON e.entity_id = s.speaker_id
LEFT JOIN entities AS v ON v.entity_id = s.via_id
