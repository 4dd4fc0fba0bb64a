-- one value is words as search_sentences compares them: without case, accents and endings
-- Of several words the last one loses its ending: plurals, -ed and -ing as in step 1 of Porter's
-- stemmer (1980), then a final e; -ize counts as -ise. What is no letter or digit is a space, but
-- for the dots of 'U.S.'.
search_key(words) AS
regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
regexp_replace(regexp_replace(regexp_replace(trim(regexp_replace(regexp_replace(
    strip_accents(lower(words)),
    '\b([a-z])\.', '\1', 'g'),
    '[^\pL\pN]+', ' ', 'g')),
    '([a-z][b-df-hj-np-tv-xz])(ies|ied)$', '\1y'),
    '(sh|ch|ss|x)es$', '\1'),
    '([a-z]{2}[a-hj-rtv-z])s$', '\1'),
    '([a-z]{2}s)is$', '\1'),
    '(gr|fr|cr|nt)eed$', '\1ee'),
    '([aeiouy][a-z]*[a-df-z])ed$', '\1'),
    '([aeiouy][a-z]+)ing$', '\1'),
    '(?:(b)b|(d)d|(g)g|(m)m|(n)n|(p)p|(r)r|(t)t)$', '\1\2\3\4\5\6\7\8'),
    '([a-z]{2})e$', '\1'),
    '([a-z]{3}[iy])z(ation|)$', '\1s\2')
