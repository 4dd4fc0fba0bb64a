"""The registry of entities: what ships under `seeds/`, and the user's own files beside it."""

from tasks.registry.building import WITHDRAWN
from tasks.registry.common_words import common_words
from tasks.registry.decisions import Decision
from tasks.registry.loading import load_registry, read_files, registry_of
from tasks.registry.record import Registry
from tasks.registry.rows import COLUMNS, Row, SeedError, SeedFile, rows

__all__ = [
    "COLUMNS",
    "WITHDRAWN",
    "Decision",
    "Registry",
    "Row",
    "SeedError",
    "SeedFile",
    "common_words",
    "load_registry",
    "read_files",
    "registry_of",
    "rows",
]
