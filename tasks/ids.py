"""Identifiers that depend on content alone, so that a re-run gives the same rows."""

import re
import unicodedata
from hashlib import sha256

ID_LENGTH = 16
"""Hex digits of an id: 64 bits, one expected clash in four thousand million rows."""


_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "\u0131": "i",
    }
)
"""Letters that Unicode does not take apart, as they are commonly written in ASCII."""


def digest_id(*parts: object) -> str:
    """Return 16 hex digits of SHA-256 over `parts`, each parted by a unit separator."""
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:ID_LENGTH]


def row_id(table: str, article_id: str, start: int, end: int, *extra: object) -> str:
    """Return the id of an extracted row: its table, article, span and what else tells it apart."""
    return digest_id(table, article_id, start, end, *extra)


def slug(name: str) -> str:
    """Return `name` in lower-case ASCII letters, digits and hyphens; '' where nothing is left."""
    plain = (
        unicodedata.normalize("NFKD", name.translate(_LETTERS))
        .encode("ascii", "ignore")
        .decode()
        .lower()
    )
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
