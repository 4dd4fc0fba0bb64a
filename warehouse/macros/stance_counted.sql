-- one row is one position that counts: sure enough, in one of the voices, in time and outlet
-- `min_confidence` of NULL asks for what `is_sure`; any other NULL asks for nothing.
stance_counted(
    min_confidence := NULL, voices := NULL, since := NULL, until := NULL, in_outlet := NULL
) AS TABLE
SELECT * FROM stance_positions
WHERE if(min_confidence IS NULL, is_sure, confidence >= min_confidence)
    AND (voices IS NULL OR list_contains(voices, voice))
    AND (since IS NULL OR day >= since::DATE)
    AND (until IS NULL OR day <= until::DATE)
    AND (in_outlet IS NULL OR lower(outlet) = lower(in_outlet))
