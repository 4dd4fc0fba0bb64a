"""All but persons: bodies, places, peoples and events under several spellings of their names."""
