-- one row is one entity of that name, with its names, its roles and what articles make of it
-- needs: entity_ids
-- Texts list at most ten outlets, five entities in whose company it is, and three sentences.
who_is(p_name) AS TABLE
WITH wanted AS (FROM entity_ids(p_name)),
named AS (
    SELECT entity_id, string_agg(alias, ' | ' ORDER BY alias) AS aliases
    FROM (SELECT DISTINCT entity_id, alias FROM entity_aliases)
    WHERE entity_id IN (FROM wanted)
    GROUP BY entity_id
),
placed AS (
    SELECT
        m.entity_id, m.surface, m.kind, m.start_char, m.sentence_id, m.article_id,
        coalesce(a.published_on, a.published_not_before) AS day
    FROM mentions AS m
    LEFT JOIN articles AS a USING (article_id)
    WHERE m.entity_id IN (FROM wanted)
),
used AS (
    SELECT
        entity_id,
        string_agg(
            concat(surface, ' ', times, if(kind = 'name', '', concat(' (', kind, ')'))),
            ' | ' ORDER BY times DESC, surface
        ) AS names_used
    FROM (
        SELECT entity_id, surface, kind, count(*) AS times FROM placed
        WHERE kind NOT IN ('nominal', 'pronoun') GROUP BY ALL
    )
    GROUP BY entity_id
),
kinds AS (
    SELECT entity_id, string_agg(concat(kind, ' ', times), ', ' ORDER BY times DESC, kind) AS kinds
    FROM (SELECT entity_id, kind, count(*) AS times FROM placed GROUP BY ALL)
    GROUP BY entity_id
),
held AS (
    SELECT
        r.entity_id, min(r.role) AS role, coalesce(o.name, r.country_iso3) AS body,
        r.valid_from, r.valid_to,
        min(coalesce(a.published_on, a.published_not_before)) AS first_on,
        max(coalesce(a.published_on, a.published_not_before)) AS last_on
    FROM entity_roles AS r
    LEFT JOIN entities AS o ON o.entity_id = r.organisation_id
    LEFT JOIN articles AS a USING (article_id)
    WHERE r.entity_id IN (FROM wanted)
    GROUP BY r.entity_id, lower(r.role), body, r.valid_from, r.valid_to
),
roles AS (
    SELECT
        entity_id,
        string_agg(
            concat_ws(
                ', ', role, body, 'from ' || valid_from, 'to ' || valid_to,
                'named ' || first_on || if(last_on > first_on, ' to ' || last_on, '')
            ),
            ' | ' ORDER BY valid_from NULLS LAST, first_on NULLS LAST, role, body
        ) AS roles
    FROM held
    GROUP BY entity_id
),
outlets AS (
    SELECT
        entity_id,
        string_agg(concat(outlet, ' ', articles), ' | ' ORDER BY articles DESC, outlet)
            AS outlets_most
    FROM (
        SELECT p.entity_id, coalesce(c.publisher, c.source_id) AS outlet,
            count(DISTINCT c.article_id) AS articles
        FROM placed AS p
        JOIN articles AS c ON coalesce(c.duplicate_of, c.article_id) = p.article_id
        GROUP BY p.entity_id, outlet
        QUALIFY row_number() OVER (
            PARTITION BY p.entity_id ORDER BY articles DESC, outlet) <= 10
    )
    GROUP BY entity_id
),
company AS (
    SELECT
        entity_id,
        string_agg(concat(partner, ' ', sentences), ' | ' ORDER BY sentences DESC, partner)
            AS seen_with
    FROM (
        SELECT p.entity_id, e.name AS partner, e.entity_id AS partner_id,
            count(DISTINCT m.sentence_id) AS sentences
        FROM placed AS p
        JOIN mentions AS m ON m.sentence_id = p.sentence_id AND m.entity_id <> p.entity_id
        JOIN entities AS e ON e.entity_id = m.entity_id
        GROUP BY p.entity_id, partner, partner_id
        QUALIFY row_number() OVER (
            PARTITION BY p.entity_id ORDER BY sentences DESC, partner, partner_id) <= 5
    )
    GROUP BY entity_id
),
samples AS (
    SELECT
        entity_id,
        string_agg(
            concat(day || ', ', 'article ', article_id, ': ', sentence),
            ' | ' ORDER BY day DESC NULLS LAST, article_id
        ) AS samples
    FROM (
        SELECT p.entity_id, p.article_id, p.day, min_by(s.text, s.start_char) AS sentence
        FROM placed AS p
        JOIN sentences AS s USING (sentence_id)
        WHERE p.kind NOT IN ('nominal', 'pronoun')
        GROUP BY p.entity_id, p.article_id, p.day
        QUALIFY row_number() OVER (
            PARTITION BY p.entity_id ORDER BY p.day DESC NULLS LAST, p.article_id) <= 3
    )
    GROUP BY entity_id
),
links AS (
    SELECT
        linked_id AS entity_id,
        string_agg(
            DISTINCT concat(l.entity_id, ' (', method, ', ', score, '): ', evidence), ' | '
            ORDER BY concat(l.entity_id, ' (', method, ', ', score, '): ', evidence)
        ) AS links
    FROM entity_links AS l
    WHERE linked_id IN (FROM wanted)
    GROUP BY linked_id
)
SELECT
    e.entity_id, e.name, e.type, e.country_iso3, e.wikidata_id, e.description, e.origin,
    n.aliases, r.roles,
    coalesce(p.mentions, 0) AS mentions, coalesce(p.articles, 0) AS articles,
    coalesce(p.outlets, 0) AS outlets, p.first_on, p.last_on, p.basis, p.metonym_share,
    coalesce(p.statements, 0) AS statements,
    coalesce(p.holder_stances, 0) AS holder_stances,
    coalesce(p.holder_support, 0) AS holder_support,
    coalesce(p.holder_oppose, 0) AS holder_oppose,
    coalesce(p.target_stances, 0) AS target_stances,
    coalesce(p.target_support, 0) AS target_support,
    coalesce(p.target_oppose, 0) AS target_oppose,
    u.names_used, k.kinds, t.outlets_most, c.seen_with, s.samples, l.links
FROM entities AS e
LEFT JOIN named AS n USING (entity_id)
LEFT JOIN roles AS r USING (entity_id)
LEFT JOIN entity_profile AS p USING (entity_id)
LEFT JOIN used AS u USING (entity_id)
LEFT JOIN kinds AS k USING (entity_id)
LEFT JOIN outlets AS t USING (entity_id)
LEFT JOIN company AS c USING (entity_id)
LEFT JOIN samples AS s USING (entity_id)
LEFT JOIN links AS l USING (entity_id)
WHERE e.entity_id IN (FROM wanted)
ORDER BY mentions DESC, e.entity_id
