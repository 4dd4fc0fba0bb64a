SELECT sentence_id, score FROM search_sentences('war grain')
