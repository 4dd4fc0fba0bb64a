SELECT asked, array_to_string(search_units(asked), ' | ') AS units
FROM (
    SELECT unnest([
        'the sanctions of Kabul’s rulers', 'US, WHO and us', '"to be" or', '“frozen assets', '(the) U.S. rulers’ "say".', '- !', ''
    ]) AS asked
)
