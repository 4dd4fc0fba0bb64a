"""Text in plain letters, to be compared and to make ids of."""

import unicodedata

_LETTERS = str.maketrans(
    {
        "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
        "þ": "th", "Þ": "Th", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "\u0131": "i",
        "\u2019": "'", "\u2018": "'", "\u02bc": "'",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart, and the kinds of apostrophe."""


def folded(text: str) -> str:
    """Return `text` in lower-case letters without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return plain.encode("ascii", "ignore").decode().lower()
