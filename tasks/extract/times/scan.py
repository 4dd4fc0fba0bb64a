"""The text of an article as words for the grammar of time, with what the `Doc` says of each.

Words are cut finer than the language model's tokens: "mid-2011", "9th", "12:30" and "1979-89"
come apart, and whether white space stood between two words is kept.
"""

import re
from bisect import bisect_left
from typing import Any

from spacy.tokens import Doc, Token

_WORD = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_SAME = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-", "’": "'", "‘": "'", "`": "'"})  # noqa: RUF001
FIGURES = "0"
"""What stands for every number among the words with which something begins."""
_PARAGRAPH_ENDS = re.compile(r"\n[ \t]*\n")


class Scan:
    """The words of a text, by number: `lower`, spans, and whether each is glued to the last.

    `first` is each word as a rule may begin with it; `memo` holds what a reader of the grammar
    found at a word, so that each is tried once there.
    """

    def __init__(self, text: str, doc: Doc | None = None) -> None:
        """Cut `text` into words; `doc` is over the same text."""
        self.text = text
        found = list(_WORD.finditer(text))
        self.raw = [match.group() for match in found]
        self.lower = [word.translate(_SAME).lower() for word in self.raw]
        self.size = len(self.raw)
        self.first = [FIGURES if word.isdecimal() else word for word in self.lower]
        self.starts = [match.start() for match in found]
        self.ends = [match.end() for match in found]
        breaks = [match.start() for match in _PARAGRAPH_ENDS.finditer(text)]
        self._part = [bisect_left(breaks, start) for start in self.starts]
        self.memo: dict[tuple[str, int], tuple[Any, int] | None] = {}
        self._doc = doc
        self._token_starts = [token.idx for token in doc] if doc is not None else []

    def word(self, index: int) -> str:
        """Return the word in lower case; empty outside the text."""
        return self.lower[index] if 0 <= index < self.size else ""

    def is_glued(self, index: int) -> bool:
        """Tell whether nothing stands between the word and the one before it."""
        return 0 < index < self.size and self.starts[index] == self.ends[index - 1]

    def is_next(self, index: int) -> bool:
        """Tell whether the word stands in the same paragraph as the one before it."""
        return 0 < index < self.size and self._part[index] == self._part[index - 1]

    def is_near(self, first: int, second: int, most: int) -> bool:
        """Tell whether two words stand in one paragraph, at most `most` words apart."""
        if not first <= second < self.size or second - first > most:
            return False
        return self._part[max(first - 1, 0)] == self._part[second]

    def is_capital(self, index: int) -> bool:
        """Tell whether the word begins with a capital."""
        return 0 <= index < self.size and self.raw[index][0].isupper()

    def token(self, index: int) -> Token | None:
        """Return the language model's token that holds the word."""
        if self._doc is None or not 0 <= index < self.size:
            return None
        at = bisect_left(self._token_starts, self.starts[index] + 1) - 1
        return self._doc[at] if at >= 0 else None

    def tag(self, index: int) -> str:
        """Return the Penn Treebank tag of the word; empty where there is none."""
        token = self.token(index)
        return "" if token is None else token.tag_

    def opens(self, start: int) -> bool:
        """Tell whether what begins at word `start` is no part of what stands before it.

        It may be part of a longer number, a name with digits, an address or a sum.
        """
        if not self.is_glued(start):
            return self.word(start - 1) not in ("$", "€", "£", "#", "№")
        before = self.raw[start - 1]
        if before.isalnum() or before in "$€£#@_=/\\+&%~*":
            return False
        if before in ".,:" and self.is_glued(start - 1):
            return not self.raw[start - 2].isdigit() or not self.raw[start].isdigit()
        return True

    def closes(self, end: int) -> bool:
        """Tell whether what ends before word `end` is no part of what follows."""
        if not self.is_glued(end):
            return self.word(end) != "%"
        after = self.raw[end]
        if after.isalnum() or after in "$€£@_=/\\%~°":
            return False
        if after in ".,:" and self.is_glued(end + 1):
            return not self.raw[end + 1].isdigit()
        return True
