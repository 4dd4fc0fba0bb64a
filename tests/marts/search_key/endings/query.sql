SELECT word, search_key(word) AS key
FROM (
    SELECT unnest([
        'Recognise', 'recognized', 'RECOGNISING', 'organisations', 'Organization', 'ally', 'allies',
        'denied', 'denying', 'plans', 'planned', 'agreed', 'agree', 'proceeded', 'proceeds',
        'clashes', 'clash', 'crises', 'crisis', 'war', 'wars', 'Erdoğan', 'U.S.', 'cease-fires',
        '2593', 'needed', 'king', 'press'
    ]) AS word
)
