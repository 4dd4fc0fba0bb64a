"""The words of what is said, in the form that is compared."""

import re
import unicodedata
from array import array
from hashlib import blake2b

from tasks.extract.wordlist import words
from tasks.ingest.parse.identity import normalised_text

_WORD = re.compile(r"\w+")

NEGATIONS = words(
    "no not never none nobody nothing nowhere neither nor without cannot cant wont dont doesnt "
    "didnt isnt arent wasnt werent hasnt havent hadnt wouldnt couldnt shouldnt mustnt neednt aint"
)
"""Words that turn what is said into its opposite; apostrophes are left out."""
NUMBERS = words(
    "two three four five six seven eight nine ten eleven twelve hundred thousand million billion "
    "half first second third fourth fifth sixth seventh eighth ninth tenth"
)
"""Words for figures; 'one' is left out, since it mostly counts nothing."""

Words = tuple[int, ...]
"""Words as numbers, which are smaller and quicker to compare."""


class Vocabulary:
    """Gives each word a number; `telling` are those of words that may not differ: 'not', '40'.

    `digests` has, by number, 63 bits that depend on nothing but the word.
    """

    def __init__(self) -> None:
        """Start without words."""
        self._numbers: dict[str, int] = {}
        self.telling: set[int] = set()
        self.digests = array("Q")

    def numbers(self, text: str) -> list[int]:
        """Return the words of `text` as numbers."""
        known = self._numbers
        found = words_of(text)
        for word in found:
            if word not in known:
                known[word] = len(known)
                digest = blake2b(word.encode(), digest_size=8).digest()
                self.digests.append(int.from_bytes(digest) >> 1)
                if word in NEGATIONS or word in NUMBERS or any(map(str.isdigit, word)):
                    self.telling.add(known[word])
        return [known[word] for word in found]


def words_of(text: str) -> list[str]:
    """Return the words of `text`: no case, no accents, no apostrophes, no punctuation."""
    plain = normalised_text(text).replace("'", "")
    if not plain.isascii():
        parts = unicodedata.normalize("NFD", plain)
        plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return _WORD.findall(plain)
