"""From an article to rows: one spaCy `Doc`, one pass, one list of rows a table."""
