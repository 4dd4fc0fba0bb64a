"""The words of a `Doc`, without its white space, as all components of the pipeline count them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from tasks.language.features import Ints, Spacing, spacing_of
from tasks.language.weights import Floats


def word_indices(doc: Doc) -> Ints:
    """Return the numbers of the tokens of `doc` that are not white space."""
    return np.flatnonzero(doc.to_array("IS_SPACE") == 0)


def word_vectors(doc: Doc, words: Ints) -> Floats:
    """Return the vectors that the encoder gave `words`, shape (words, width)."""
    vectors: Any = doc.tensor  # declared as of double precision
    found: Floats = vectors[words]
    return found


def spacings(doc: Doc, words: Ints) -> Ints:
    """Return the `Spacing` before each of `words`; a document starts like a paragraph."""
    text = doc.text
    found = np.full(len(words), Spacing.JOINED, dtype=np.int64)
    end = 0
    for at, index in enumerate(words.tolist()):
        token = doc[index]
        start = token.idx
        if start > end:
            found[at] = spacing_of(text[end:start])
        end = start + len(token)
    found[:1] = Spacing.PARAGRAPH
    return found


def sentence_firsts(doc: Doc) -> Ints:
    """Return the first token of each sentence of `doc`; without boundaries it is one sentence."""
    if not doc.has_annotation("SENT_START"):
        return np.array([0])
    return np.array([sentence.start for sentence in doc.sents], dtype=np.int64)


def sentence_bounds(firsts: Ints, words: Ints) -> Ints:
    """Return where the sentences that start at the tokens `firsts` start among `words`.

    The end of the last stands behind them; a sentence of white space only is left out.
    """
    starts: Ints = np.searchsorted(words, firsts)
    return np.unique(np.append(starts, len(words)))


def set_attributes(doc: Doc, **columns: NDArray[Any]) -> None:
    """Set attributes of all tokens of `doc`; spaCy takes negative numbers by their bits."""
    values: Any = np.stack([one.astype(np.uint64) for one in columns.values()], axis=1)
    doc.from_array(list(columns), values)


def set_sentences(doc: Doc, firsts: Ints) -> None:
    """Have the sentences of `doc` start at the tokens `firsts`.

    spaCy tells them from heads whenever these are set, and loses some where many arcs cross.
    """
    starts = np.full(len(doc), -1)
    starts[firsts] = 1
    set_attributes(doc, SENT_START=starts)
