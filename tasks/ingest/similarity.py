"""How much of one text another covers, and the keys under which such texts find each other."""

import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from tasks.ingest.parse.identity import normalised_text

SHINGLE = 4
"""Words of the runs that are compared: 3 to 5 do equally well on the tuning pairs."""
COVERED = 0.8
"""Share of a copy's words that its original must have, in runs of `SHINGLE` words and more.

0.75 to 0.8 is best on the tuning pairs of `benchmarks/near_duplicates.py`: below, follow-ups with
much background count as copies; above, texts cut, edited and credited at once no longer do.
"""
FIGURES = 0.6
"""Share of a copy's figures that its original must have.

Reports that fill one template day by day differ in little else: without this rule all the
generated daily reports on an outbreak count as copies.
"""
SHORT = 60
"""Words below which a copy must be covered in full: one name makes another item of a brief."""

SEED, BANDS, ROWS = 1, 12, 4
"""MinHash: bands and rows of a band. Two texts share one with a probability of 0.54 at a Jaccard
similarity of 0.5, of 0.96 at 0.7 and of 0.00001 at 0.03, which unlike texts may have."""
PASSAGE, WINDOW = 8, 32
"""Winnowing: two texts with a run of 39 words in common share a key; of shorter runs, most."""
SHARED = 0.25
"""Passages that a text must have in common with another, as a share of the fewer of the two,
where they share no band. What an outlet prints under everything is less of most texts."""
NEAREST = 10
"""Originals of the store, and as many of the batch, that a text is compared with in full: those
that share most keys with it."""
MAX_WORDS = 20_000
"""Words of a text that get keys: bounds the keys of one article to some 1,300."""

WORD = re.compile(r"\w+")
VERSION = repr((RMinHash.ALGORITHM_VERSION, SEED, BANDS, ROWS, SHINGLE, PASSAGE, WINDOW)).encode()
"""Goes into every key, so that keys of another version never match and are merely of no use."""

Hashes = NDArray[np.uint64]


class Wording(NamedTuple):
    """What is compared of a text: its shingles, in order and sorted, its figures, its length."""

    shingles: Hashes
    distinct: Hashes
    figures: frozenset[str]
    words: int


def wording(text: str) -> Wording:
    """Return what is compared of `text`; case, punctuation and white space do not count."""
    words = words_of(text)
    others = {word for word in words if not word.isalpha()}
    figures = frozenset(word for word in others if any(map(str.isdigit, word)))
    shingles = _hashes(_runs(words, SHINGLE))
    return Wording(shingles, np.unique(shingles), figures, len(words))


def similarity(copy: Wording, original: Wording) -> float | None:
    """Return the share of the words of `copy` that `original` has, 0 to 1; None: it is no copy.

    That is containment (Broder, 'On the resemblance and containment of documents', 1997), but
    of words that stand in common shingles in place of the shingles. What the original lacks
    would be lost with the copy, so that counts; an edit of one word costs one word, not four.
    """
    if not len(copy.shingles) or not len(original.shingles):
        return None
    if len(copy.figures & original.figures) < FIGURES * len(copy.figures):
        return None
    places = np.searchsorted(original.distinct, copy.shingles)
    is_common = original.distinct.take(places, mode="clip") == copy.shingles
    is_covered = np.zeros(copy.words, bool)
    for offset in range(SHINGLE):
        is_covered[offset : offset + len(is_common)] |= is_common
    common = int(is_covered.sum())
    needed = copy.words if copy.words < SHORT else COVERED * copy.words
    return round(common / copy.words, 4) if common >= needed else None


def bands(text: str) -> tuple[int, ...]:
    """Return the keys of `text`, signed 64-bit integers, sorted; none below `PASSAGE` words.

    Two kinds: bands of a MinHash signature (Leskovec, Rajaraman and Ullman, 'Mining of Massive
    Datasets', chapter 3), which find a text edited all over; and winnowed passages (Schleimer,
    Wilkerson and Aiken, 'Winnowing', 2003), which find a part of a text in the whole.
    """
    words = words_of(text)[:MAX_WORDS]
    if len(words) < PASSAGE:
        return ()
    return tuple(sorted(minhash_keys(words) | passage_keys(words)))


def may_repeat(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether texts with these keys should be compared in full; even keys are bands.

    `warehouse/text_index.py` asks the same of the lake.
    """
    common = set(one).intersection(other)
    passages = sum(key & 1 for key in common)
    fewer = min(sum(key & 1 for key in keys) for keys in (one, other))
    return bool(common) and (passages < len(common) or passages >= SHARED * fewer)


def minhash_keys(words: Sequence[str]) -> set[int]:
    """Return a key for every band of the MinHash signature of the shingles."""
    minhash = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    minhash.update(_runs(words, SHINGLE))
    digest = np.asarray(minhash.digest(), np.uint32).reshape(BANDS, ROWS)
    return {
        _key(bytes([number]) + row.tobytes(), is_passage=False) for number, row in enumerate(digest)
    }


def passage_keys(words: Sequence[str]) -> set[int]:
    """Return the smallest hash of every window of `WINDOW` runs of `PASSAGE` words."""
    hashes = _hashes(_runs(words, PASSAGE))
    if not len(hashes):
        return set()
    windows = np.lib.stride_tricks.sliding_window_view(hashes, min(WINDOW, len(hashes)))
    return {
        _key(smallest.tobytes(), is_passage=True) for smallest in np.unique(windows.min(axis=1))
    }


def _key(content: bytes, *, is_passage: bool) -> int:
    digest = blake2b(content, digest_size=8, key=VERSION).digest()
    return int.from_bytes(digest, "little", signed=True) & ~1 | is_passage


def words_of(text: str) -> list[str]:
    """Return the words of `text`, letters and digits alone, in the form that is compared."""
    return WORD.findall(normalised_text(text))


def _runs(words: Sequence[str], size: int) -> list[str]:
    return [" ".join(run) for run in zip(*(words[start:] for start in range(size)), strict=False)]


def _hashes(runs: Sequence[str]) -> Hashes:
    return np.asarray(RMinHash.hash_token_sets([runs])[0], np.uint64)
