"""The screen before the classifier of stance: which pairs of a text are worth being read at all.

A layer over the vectors that the parse was made of, taught to tell what the classifier would see.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tasks.language.weights import Floats, Weights

PARTS, MARKS = 6, 5
"""Vectors of a pair, and figures beside them; see `tasks.extract.stances.screening`."""
IS_AUTHORS = -4
"""Where it stands whether the author holds the position."""
NEEDED = ("hidden.weight", "hidden.bias", "out.weight", "out.bias", "least")


class Screen:
    """Tells pairs that may hold a stance from those that need no reading."""

    def __init__(self, path: Path) -> None:
        """Read the weights at `path`; raises LanguageError where they are missing or damaged."""
        self._weights = Weights.read(path, NEEDED)

    def passes(self, vectors: Floats) -> NDArray[np.bool_]:
        """Tell which rows of `vectors`, shape (pairs, inputs), the classifier should read.

        Those of another width come from another language model: all of them.
        """
        if vectors.shape[1] != self._weights["hidden.weight"].shape[1]:
            return np.ones(len(vectors), np.bool_)
        found: NDArray[np.bool_] = self.scores(vectors) >= self._weights["least"]
        return found

    def scores(self, vectors: Floats) -> Floats:
        """Return the log odds that the classifier sees a stance, shape (pairs,)."""
        hidden = self._weights.gelu("hidden", vectors)
        scores: Floats = self._weights.linear("out", hidden)[:, 0]
        return scores
