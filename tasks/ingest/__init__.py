"""From a source to articles: discover, read, parse, deduplicate."""
