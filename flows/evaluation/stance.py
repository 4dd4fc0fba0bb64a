"""Stances as the classifier tells them, against those that people marked.

A target with the author or text as its judge, or a pair of holder and target; the class with the
highest probability counts. A row whose marked names are not where it says counts as read to be
neutral: nothing is left out.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flows.evaluation.files import marked_files
from flows.evaluation.scores import f1_scores, percent
from flows.evaluation.stance_files import StanceFile, read_stances
from tasks.extract.stances.decision import Reader
from tasks.language.stance import TOWARDS

ENDING = ".jsonl"
BINS = 15
"""Bins of equal width between 0 and 1, as many as Guo and others took (2017)."""


def evaluate(data: Path, classifier: Reader) -> tuple[int, dict[str, Any]]:
    """Return how many rows `data` has, and how well `classifier` reads them, in per cent.

    `data` is a file as `read_stances` reads it, or a folder of such; a folder's figures are those
    of each file, by its name, with its `items`. Raises EvaluationError.
    """
    files = {path.name: read_stances(path) for path in marked_files(data, (ENDING,))}
    found = {name: metrics(one, classifier) for name, one in files.items()}
    items = {name: len(one.rows) for name, one in files.items()}
    if data.is_file():
        return items[data.name], found[data.name]
    by_file = {name: {"items": items[name]} | one for name, one in found.items()}
    return sum(items.values()), {"by_file": by_file}


def metrics(file: StanceFile, classifier: Reader) -> dict[str, Any]:
    """Return accuracy, macro F1, calibration error and the figures of each class, in per cent.

    Macro F1 is the mean over the classes that are marked or found. `unplaced` is how many rows have
    names that are not where they are marked.
    """
    read = classifier.towards if file.classes == TOWARDS else classifier.between
    marked = [row.marked for row in file.rows if row.marked is not None]
    probabilities = read(marked) if marked else np.empty((0, len(file.classes)))
    is_placed = np.array([row.marked is not None for row in file.rows])
    wanted = np.array([row.stance for row in file.rows])
    found = np.full(len(wanted), file.classes.index("neutral"))
    found[is_placed] = probabilities.argmax(axis=1)
    is_right = found == wanted
    per_class = {name: _of_class(wanted, found, at) for at, name in enumerate(file.classes)}
    met = [one["f1"] for at, one in enumerate(per_class.values()) if at in wanted or at in found]
    return {
        "accuracy": percent(int(is_right.sum()), len(wanted)),
        "macro_f1": round(float(np.mean(met)), 2),
        "ece": calibration_error(probabilities.max(axis=1), is_right[is_placed]),
        "unplaced": int((~is_placed).sum()),
        "per_class": per_class,
    }


def _of_class(wanted: NDArray[Any], found: NDArray[Any], at: int) -> Mapping[str, float]:
    """Return precision, recall and F1 of the class at a position, and how many are marked."""
    items = int((wanted == at).sum())
    right = int(((wanted == at) & (found == at)).sum())
    return f1_scores(right, int((found == at).sum()), items) | {"items": items}


def calibration_error(probabilities: NDArray[np.float64], is_right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error in per cent (Guo and others 2017); 0 of nothing.

    `probabilities` are those of the classes that were chosen. In each of BINS bins, the share that
    is right is compared with the mean probability; the gaps are weighted by the rows in a bin.
    """
    if not len(probabilities):
        return 0.0
    bins = np.clip(np.ceil(probabilities * BINS).astype(int) - 1, 0, BINS - 1)
    gaps = np.bincount(bins, weights=is_right - probabilities, minlength=BINS)
    return round(100 * float(np.abs(gaps).sum()) / len(probabilities), 2)
