"""The tone of a sentence by VADER, a peer to stance: the same sentences and figures.

VADER (Hutto and Gilbert 2014) adds up words with a tone; it knows no target and no holder. So the
tone counts as the stance on whatever target is marked, and of two names as that of the first
towards the second, since more stances of the directed set point that way than the other. The
threshold is the one that its authors advise.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.result import SkippedError
from flows.evaluation import stance
from flows.evaluation.stance_files import LABELS
from tasks.language.stance import TOWARDS, Marked

THRESHOLD = 0.05
"""Compound scores from this up are positive, from its negative down negative."""

Tone = Callable[[str], float]
"""The compound score of a sentence, -1 to 1."""


def measure(data: Path) -> dict[str, Any]:
    """Return VADER's figures on a file of marked stances; raises SkippedError.

    There is no calibration error among them, as there are no probabilities.
    """
    items, metrics = stance.evaluate(data, ByTone(vader()))
    return {"items": items} | {key: figure for key, figure in metrics.items() if key != "ece"}


def vader() -> Tone:
    """Return VADER's compound score; raises SkippedError where it is not installed."""
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError:
        raise SkippedError(
            "vaderSentiment is not installed: pip install 'demarche[peers]'"
        ) from None
    scores = SentimentIntensityAnalyzer().polarity_scores
    return lambda sentence: float(scores(sentence)["compound"])


class ByTone:
    """A classifier that gives a sentence's tone, with probability 1, for each stance in it."""

    def __init__(self, tone: Tone) -> None:
        """Take `tone` for that of a sentence."""
        self._tone = tone

    def between(self, pairs: Sequence[Marked]) -> NDArray[np.float64]:
        """Return the class of each pair; the first of its names is the holder, p."""
        return self._sure(pairs, ("neg_p_to_q", "neutral", "pos_p_to_q"), LABELS)

    def towards(self, items: Sequence[Marked]) -> NDArray[np.float64]:
        """Return the class of each target."""
        return self._sure(items, TOWARDS, TOWARDS)

    def _sure(
        self, items: Sequence[Marked], by_tone: Sequence[str], classes: Sequence[str]
    ) -> NDArray[np.float64]:
        """Return 1 for the class that `by_tone` has for negative, neutral or positive; else 0."""
        tones = np.array([self._tone(item.text) for item in items])
        signs = (tones >= THRESHOLD).astype(int) - (tones <= -THRESHOLD)
        positions = np.array([classes.index(name) for name in by_tone])
        found: NDArray[np.float64] = np.eye(len(classes))[positions[signs + 1]]
        return found
