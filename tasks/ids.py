"""Identifiers that depend on content alone, so that a re-run gives the same rows."""

import re
from hashlib import sha256

from tasks.letters import folded

ID_LENGTH = 16
"""Hex digits of an id: 64 bits, one expected clash in four thousand million rows."""


def digest_id(*parts: object) -> str:
    """Return 16 hex digits of SHA-256 over `parts`, each parted by a unit separator."""
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:ID_LENGTH]


def row_id(table: str, article_id: str, start: int, end: int, *extra: object) -> str:
    """Return the id of an extracted row: its table, article, span and what else tells it apart."""
    return digest_id(table, article_id, start, end, *extra)


def slug(name: str) -> str:
    """Return `name` in lower-case ASCII letters, digits and hyphens; '' where nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", folded(name).replace("'", "")).strip("-")
