-- one row is one statement with its speaker, where it appeared and whether it had been said before
-- `published_on` is NULL where only a lower bound is known. `utterance_id` is the statement in which
-- the same was first reported, its own where nothing else repeats it; `similarity` is to those words.
-- Rows of one article with the same cue, from `cue_start` to `cue_end`, are pieces of what was said.
SELECT
    s.statement_id, s.speaker_id, coalesce(e.name, s.speaker) AS speaker,
    s.cue, s.cue_class, s.kind, s.content, s.is_negated, s.modality,
    s.via_id, v.name AS via,
    s.article_id, a.title, coalesce(a.publisher, a.source_id) AS publisher,
    a.published_on, a.published_not_before, a.url, s.confidence,
    s.speaker_type, s.cue_lemma, s.is_attitude, s.cue_start, s.part, s.start_char, s.end_char,
    s.is_content_negated, s.content_modality, s.via_statement_id, s.method,
    coalesce(u.utterance_id, s.statement_id) AS utterance_id,
    coalesce(u.is_first, true) AS is_first,
    coalesce(u.similarity, 1.0)::DOUBLE AS similarity
FROM statements AS s
JOIN articles AS a USING (article_id)
LEFT JOIN utterance_links AS u USING (statement_id)
LEFT JOIN entities AS e ON e.entity_id = s.speaker_id
LEFT JOIN entities AS v ON v.entity_id = s.via_id
