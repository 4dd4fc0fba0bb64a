"""Make probabilities mean what they say: a bias a class and a temperature, for each head.

Both are found on development parts, which taught nothing, from the scores that the files give as
they ship, in 8 bits. Biases are those with the best macro F1, less a price on their size; the
temperature is the one with the least calibration error and log loss (Guo and others 2017).
"""

from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from flows.evaluation.stance import calibration_error
from flows.evaluation.stance_files import StanceFile
from models.train.stance.export import set_calibration
from models.train.stance.network import CLASSES
from tasks.language.stance import TOWARDS, Head, StanceModel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Scored = tuple[Floats, Ints]
"""Scores, shape (rows, classes), and the true classes by position."""

_STEPS = np.arange(-0.6, 0.61, 0.1)
_APART = -0.3, 0.0, 0.3
"""By how much the biases of for and against may differ, of one direction."""
_PRICE = 0.8
"""Points of macro F1 that a bias of 1 costs: the parts are small, and a bias fits to them."""
_SCALES = np.arange(0.3, 2.5, 0.02)
_LOSS_WEIGHT = 8.0
"""Points of calibration error that a log loss of 1 is worth."""


def calibrate(target: Path, tables: Path, measured: Iterable[StanceFile]) -> None:
    """Fit the calibration of the files in `target` on `measured`, and write it there."""
    model = StanceModel(target, tables)
    scored: dict[Head, list[Scored]] = {name: [] for name in CLASSES}
    for file in measured:
        head: Head = "towards" if file.classes == TOWARDS else "between"
        rows = [(row.marked, row.stance) for row in file.rows if row.marked is not None]
        truths = np.array([truth for _, truth in rows], np.int64)
        scored[head].append((model.scores([marked for marked, _ in rows], head), truths))
    for head, files in scored.items():
        shift = best_shift(files, _shifts(head))
        scores, truths = (np.concatenate(arrays) for arrays in zip(*files, strict=True))
        scale = best_scale(scores + shift, truths)
        set_calibration(target, head, scale, shift.tolist())
        print(f"{head}: scale {scale:.2f}, shift {shift.round(2).tolist()}", flush=True)


def best_shift(files: Sequence[Scored], shifts: Iterable[Floats]) -> Floats:
    """Return which of `shifts` gives the best macro F1, the mean over `files`, less its price."""

    def worth(shift: Floats) -> tuple[float, tuple[float, ...]]:
        reached = [
            macro_f1((scores + shift).argmax(1), truths, len(shift)) for scores, truths in files
        ]
        return float(np.mean(reached) - _PRICE * np.abs(shift).sum()), tuple(shift)

    return max(shifts, key=worth)


def best_scale(scores: Floats, truths: Ints) -> float:
    """Return the factor that makes the probabilities of `scores` closest to what is right."""

    def cost(scale: float) -> float:
        chances = softmax(scores * scale)
        is_right = chances.argmax(1) == truths
        loss = -np.log(chances[np.arange(len(truths)), truths] + 1e-12).mean()
        return calibration_error(chances.max(1), is_right) + _LOSS_WEIGHT * float(loss)

    return float(min(_SCALES.tolist(), key=cost))


def macro_f1(found: Ints, truths: Ints, classes: int) -> float:
    """Return the mean F1 over all `classes`, in per cent."""
    right = np.bincount(truths[found == truths], minlength=classes)
    there = np.bincount(found, minlength=classes) + np.bincount(truths, minlength=classes)
    return float((200 * right / np.maximum(1, there)).mean())


def softmax(scores: Floats) -> Floats:
    """Return the probabilities of `scores`, row by row."""
    raised = np.exp(scores - scores.max(1, keepdims=True))
    found: Floats = raised / raised.sum(1, keepdims=True)
    return found


def _shifts(head: Head) -> list[Floats]:
    """Return all biases that are tried; that of neutral is 0."""
    if head == "towards":
        return [np.array([against, 0, for_]) for against, for_ in product(_STEPS, _STEPS)]
    tried = product(_STEPS, _STEPS, _APART, _APART)
    return [np.array([0, there, there + a, back, back + b]) for there, back, a, b in tried]
