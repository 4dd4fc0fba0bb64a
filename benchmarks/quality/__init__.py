"""How good the language model is on data that people marked, and how good it has to stay."""
