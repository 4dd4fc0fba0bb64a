-- one value is the list of what search_sentences looks for: words, and "words in quotes" as one
-- Words so common that they tell nothing are left out, but not in quotes, and so are
-- a possessive's ending and punctuation around a word.
search_units(words) AS
[
    unit
    for unit in [
        regexp_replace(found, '^[^"\pL\pN]+|([''’]s)?[^"\pL\pN]*$', '', 'g')
        for found in regexp_extract_all(translate(words, '“”„', '"""'), '"[^"]*"?|[^\s"]+')
    ]
    if regexp_matches(unit, '[\pL\pN]')
        AND NOT list_contains(
            [
                'a', 'about', 'after', 'all', 'also', 'an', 'and', 'any', 'are', 'as', 'at', 'be',
                'been', 'but', 'by', 'can', 'could', 'did', 'do', 'does', 'for', 'from', 'had',
                'has', 'have', 'he', 'her', 'him', 'his', 'how', 'i', 'if', 'in', 'into', 'is',
                'it', 'its', 'me', 'more', 'my', 'no', 'not', 'of', 'on', 'or', 'our', 'she', 'so',
                'than', 'that', 'the', 'their', 'them', 'then', 'there', 'these', 'they', 'this',
                'to', 'us', 'was', 'we', 'were', 'what', 'when', 'where', 'which', 'who', 'why',
                'will', 'with', 'would', 'you', 'your'
            ], if(regexp_full_match(unit, '[A-Z.]{2,6}'), unit, lower(unit))
        )
]
