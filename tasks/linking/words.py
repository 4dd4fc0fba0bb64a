"""Names as comparable words: no case, no accents, no punctuation."""

import re

from tasks.letters import folded

_WORD = re.compile(r"[a-z0-9]+")


def words_of(text: str) -> list[str]:
    """Return the words of `text`, folded; all but letters, digits and apostrophes part them."""
    return _WORD.findall(folded(text).replace("'", ""))
