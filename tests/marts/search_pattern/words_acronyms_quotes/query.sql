SELECT word, asked, regexp_matches(strip_accents(word), search_pattern(asked)) AS is_found
FROM (
    VALUES ('Sanctions', 'sanction'), ('unsanctioned', 'sanction'), ('US aid', 'US'), ('U.S. aid', 'US'),
        ('help us', 'US'), ('USSR', 'US'), ('help us', '"us"'), ('Frozen  assets', '"frozen assets"'),
        ('frozen asset', '"frozen assets"'), ('Erdogan', 'Erdoğan'), ('Erdoğan', 'erdogan'),
        ('organizations', 'organisation'), ('cease-fires', 'cease-fire'), ('ally', 'allies'),
        ('anything', '')
) AS t(word, asked)
