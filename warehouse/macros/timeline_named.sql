-- one value is the words of an event, with the name of one who takes part in full
-- `verbatim` is how the words call him, `name` his name. A part of a name becomes the whole name.
-- What the words lack stands in brackets, as editors put it: '[Ann Lee] resigned' for a pronoun,
-- 'mayor [Ann Lee] resigned' for a person's role. All else, such as an acronym, stays as it is.
timeline_named(words, verbatim, name, is_person) AS
CASE
    WHEN
        contains(words, name) IS NOT false
        OR verbatim IS NULL
        OR strpos(' ' || words, ' ' || verbatim) = 0
        OR regexp_matches(
            substr(words, strpos(' ' || words, ' ' || verbatim) + length(verbatim), 1),
            '[\pL\pN]'
        )
        THEN words
    WHEN
        ends_with(name, ' ' || verbatim) OR starts_with(name, verbatim || ' ')
        OR lower(verbatim) IN (
            'i', 'me', 'my', 'we', 'us', 'our', 'he', 'him', 'his', 'she', 'her', 'they', 'them',
            'their', 'it', 'its'
        )
        THEN concat(
            substr(words, 1, strpos(' ' || words, ' ' || verbatim) - 1),
            CASE
                WHEN lower(verbatim) IN ('my', 'our', 'his', 'their', 'its')
                    THEN concat('[', name, '''s]')
                WHEN starts_with(name, verbatim || ' ') OR ends_with(name, ' ' || verbatim)
                    THEN name
                ELSE concat('[', name, ']')
            END,
            substr(words, strpos(' ' || words, ' ' || verbatim) + length(verbatim))
        )
    WHEN is_person AND NOT contains(words, split_part(name, ' ', -1))
        AND NOT regexp_matches(verbatim, '[''’]')
        THEN concat(
            substr(words, 1, strpos(' ' || words, ' ' || verbatim) + length(verbatim) - 1),
            ' [', name, ']',
            substr(words, strpos(' ' || words, ' ' || verbatim) + length(verbatim))
        )
    ELSE words
END
