"""How fast the language model reads, and what it costs."""
