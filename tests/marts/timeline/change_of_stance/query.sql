SELECT happened_from, happened_to, dated, date_method, what, kind, sureness, actor, target, evidence, row_id,
    article_id, published_first_on, reports, is_confirmed
FROM timeline
