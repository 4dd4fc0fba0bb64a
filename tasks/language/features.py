"""What the encoder sees of a word: its word pieces, its case, and what parts it from the last.

The encoder is uncased; the case classes give it back what lower-casing takes. Training and use
share this module, so that both see the same.
"""

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ints = NDArray[np.int64]

MAX_PIECES = 16
"""Word pieces kept of one word; what follows says little (addresses, long numbers)."""
MAX_WORD = 100
"""Characters kept of one word, as many as BERT's own tokeniser takes."""


class Case(IntEnum):
    """How a word is written."""

    OTHER = 0
    LOWER = 1
    TITLE = 2
    UPPER = 3
    LETTER = 4
    MIXED = 5
    NUMBER = 6


class Spacing(IntEnum):
    """What stands between a word and the one before."""

    PARAGRAPH = 0
    JOINED = 1
    SPACE = 2
    NEWLINE = 3


def case_of(word: str) -> Case:
    """Return the class of how `word` is written."""
    if any(map(str.isdecimal, word)):
        return Case.NUMBER
    if not any(map(str.isalpha, word)):
        return Case.OTHER
    if word.islower():
        return Case.LOWER
    if word.isupper():
        return Case.UPPER if len(word) > 1 else Case.LETTER
    return Case.TITLE if word[0].isupper() and word[1:].islower() else Case.MIXED


def spacing_of(gap: str) -> Spacing:
    """Return the class of the white space `gap` between two words."""
    lines = gap.count("\n")
    if lines > 1:
        return Spacing.PARAGRAPH
    if lines == 1:
        return Spacing.NEWLINE
    return Spacing.SPACE if gap else Spacing.JOINED


def word_pieces(tokenizer: Tokenizer, words: Sequence[str]) -> tuple[Ints, Ints]:
    """Return the ids of the word pieces of `words`, and how many each word has, one at least."""
    encoded = tokenizer.encode(
        [word[:MAX_WORD] for word in words], is_pretokenized=True, add_special_tokens=False
    )
    ids = np.array(encoded.ids, dtype=np.int64)
    owners = np.array(encoded.word_ids, dtype=np.int64)
    counts = np.bincount(owners, minlength=len(words)).astype(np.int64)
    if counts.min(initial=1) == 0 or counts.max(initial=0) > MAX_PIECES:
        unknown = tokenizer.token_to_id("[UNK]")
        assert unknown is not None, "a vocabulary of BERT's has this mark"
        ids, counts = _repaired(ids, counts, unknown)
    return ids, counts


def _repaired(ids: Ints, counts: Ints, unknown: int) -> tuple[Ints, Ints]:
    """Give words without a piece, such as lone marks of direction, one; cut words that have too
    many."""
    rank = np.arange(len(ids)) - np.repeat(np.cumsum(counts) - counts, counts)
    kept = ids[rank < MAX_PIECES]
    counts = np.minimum(counts, MAX_PIECES)
    empty = np.flatnonzero(counts == 0)
    starts = np.cumsum(counts) - counts
    return np.insert(kept, starts[empty], unknown), np.maximum(counts, 1)
