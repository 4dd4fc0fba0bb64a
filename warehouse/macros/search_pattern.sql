-- one value is the regular expression that finds the words, on text without accents
-- needs: search_key, search_units
-- Words in quotes are found as they are. Two or three capitals, in quotes too, are an acronym, found
-- in capitals alone, with dots or without. All else is found with any ending, for search_key to
-- compare. Sorted, since the first that fits takes the words: quotes come first, long before short.
search_pattern(words) AS
nullif(array_to_string([
    concat(
        if(regexp_matches(strip_accents(unit), '^"?[0-9A-Za-z]'), '\b', ''),
        CASE
            WHEN regexp_full_match(unit, '"?([A-Z]\.?){2,3}"?') THEN regexp_replace(
                regexp_replace(unit, '[".]', '', 'g'), '([A-Z])', '\1\\.?', 'g'
            )
            WHEN starts_with(unit, '"') THEN concat('(?i:', array_to_string(
                regexp_extract_all(strip_accents(unit), '[\pL\pN]+'), '[^\pL\pN]+'
            ), ')')
            ELSE concat('(?i:', regexp_replace(
                regexp_replace(
                    replace(search_key(unit), ' ', '[^\pL\pN]+'),
                    '([iy])s(ation|)$', '\1[sz]\2'
                ), 'y$', '[iy]'
            ), '[a-z]*)')
        END,
        if(regexp_matches(strip_accents(unit), '[0-9A-Za-z.]"?$'), '\b', '')
    )
    for unit in list_sort(search_units(words))
], '|'), '')
