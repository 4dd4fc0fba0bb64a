-- one row is one position of the holder on the target, newest first; NULL stands for anyone
-- needs: entity_ids, stance_counted
-- `min_confidence` of NULL asks for what `is_sure` in stance_positions, 0 for all. The day is
-- as_of_on, else publication, else the lower bound, as `basis` says. `is_represented` marks a row
-- that follows from a spokesman's, `from_stance_id`.
stance_between(
    p_holder, p_target,
    min_confidence := NULL, voices := NULL, since := NULL, until := NULL, in_outlet := NULL
) AS TABLE
SELECT
    p.day, p.basis, p.holder, p.target, p.aspect, p.polarity, p.score, p.confidence, p.is_sure,
    p.voice, p.modality, p.is_represented, p.method,
    coalesce(x.text, p.evidence) AS sentence, p.evidence,
    p.title, p.outlet AS publisher, p.url, p.article_id, p.stance_id, p.statement_id,
    p.from_stance_id, p.holder_id, p.target_id
FROM stance_counted(
    min_confidence := min_confidence, voices := voices, since := since, until := until,
    in_outlet := in_outlet
) AS p
LEFT JOIN sentences AS x ON x.sentence_id = p.sentence_id
WHERE (
        p_holder IS NULL
        OR p.holder_id IN (FROM entity_ids(p_holder))
        OR (p.holder_id IS NULL AND lower(p.holder) = lower(trim(p_holder)))
    )
    AND (
        p_target IS NULL
        OR p.target_id IN (FROM entity_ids(p_target))
        OR (p.target_id IS NULL AND lower(p.target) = lower(trim(p_target)))
    )
ORDER BY p.day DESC NULLS LAST, p.article_id, p.start_char, p.stance_id
