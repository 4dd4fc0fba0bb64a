"""Names as comparable words: no case, no accents, no punctuation."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
        "þ": "th", "Þ": "Th", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "\u0131": "i",
        "\u2019": "'", "\u2018": "'", "\u02bc": "'",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart, and the kinds of apostrophe."""
_WORD = re.compile(r"[a-z0-9]+")


def folded(text: str) -> str:
    """Return `text` in lower-case letters without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return plain.encode("ascii", "ignore").decode().lower()


def words_of(text: str) -> list[str]:
    """Return the words of `text`, folded; all but letters, digits and apostrophes part them."""
    return _WORD.findall(folded(text).replace("'", ""))
