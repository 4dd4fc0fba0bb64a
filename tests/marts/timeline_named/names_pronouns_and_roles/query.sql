SELECT timeline_named(words, verbatim, name, is_person) AS told
FROM (VALUES
    (1, 'Reed resigned', 'Reed', 'Ann Reed', true),
    (2, 'Wen met Reed', 'Wen', 'Wen Li', true),
    (3, 'Reedham fell to Reed', 'Reed', 'Ann Reed', true),
    (4, 'Mayor Ann Reed resigned', 'Mayor Ann Reed', 'Ann Reed', true),
    (5, 'she met He', 'she', 'Sheila He', true),
    (6, 'I thank them', 'I', 'Ann Reed', true),
    (7, 'police freed him', 'him', 'Theo Hart', true),
    (8, 'my thanks to all', 'my', 'Ann Reed', true),
    (9, 'Her father, whom her town praised', 'her', 'Ann Reed', true),
    (10, 'the mayor''s letter angered many', 'mayor''s letter', 'Ann Reed', true),
    (11, 'the mayor resigned', 'mayor', 'Ann Reed', true),
    (12, 'Mayor Reed resigned', 'Mayor Reed', 'Ann Reed', true),
    (13, 'the HUA struck', 'HUA', 'Harbour Union of Arden', false),
    (14, 'its vote was lost', 'its', 'Arden', false),
    (15, 'Reed resigned', 'Reed', NULL, NULL),
    (16, 'many resigned', NULL, NULL, NULL),
    (17, 'nobody is named so', 'Reed', 'Ann Reed', true)
) AS given(place, words, verbatim, name, is_person)
ORDER BY place
