SELECT table_name, evidence, sentence, context, title, publisher, published_on, url, raw_ref,
    article_id, start_char, end_char, row_json->>'score' AS score, run_id, code_version,
    model_version
FROM why('st1')
