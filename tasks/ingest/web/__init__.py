"""News from the web: listings and the pages they name."""
