"""Small files of marked stances, and a classifier that tells what a test says."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tasks.language.stance import Marked

TARGETS = (
    ("Orin", "Orin saved the mill.", 1),
    ("Vell", "Some say that Vell cheated the town.", -1),
    ("Holm", "Holm met Berg.", 0),
    ("Tarn", "Tarn lies by a lake.", 0),
)
TOLD_OF_TARGETS = {
    "Orin": (0.1, 0.1, 0.8),
    "Vell": (0.9, 0.06, 0.04),
    "Holm": (0.5, 0.3, 0.2),  # wrong
    "Tarn": (0.1, 0.7, 0.2),
}
PAIRS = (
    ("[Vell] backed [Orin] on Monday.", "Vell", "Orin", "pos_p_to_q"),
    ("[Holm] was hailed by [Tarn].", "Holm", "Tarn", "pos_q_to_p"),
    ("[Berg] and [Lund] came.", "Berg", "Lund", "neutral"),
)
TOLD_OF_PAIRS = {
    "Orin": (0.2, 0.6, 0.1, 0.05, 0.05),
    "Tarn": (0.8, 0.05, 0.05, 0.05, 0.05),  # wrong
    "Lund": (0.9, 0.1, 0.0, 0.0, 0.0),
}


class Telling:
    """A classifier that gives the probabilities told for a target."""

    version = "telling-1"

    def __init__(self, told: Mapping[str, Sequence[float]]) -> None:
        self.told = told

    def between(self, pairs: Sequence[Marked]) -> NDArray[np.float64]:
        assert all(pair.holder for pair in pairs)
        return self._of(pairs, 5)

    def towards(self, items: Sequence[Marked]) -> NDArray[np.float64]:
        assert not any(item.holder for item in items)
        return self._of(items, 3)

    def _of(self, marked: Sequence[Marked], width: int) -> NDArray[np.float64]:
        rows = [self.told[words(one, one.target)] for one in marked]
        return np.array(rows, dtype=np.float64).reshape(len(rows), width)


def words(marked: Marked, span: tuple[int, int] | None) -> str:
    assert span is not None
    return marked.text[span[0] : span[1]]


def target_row(mention: str, sentence: str, polarity: int) -> dict[str, Any]:
    start = sentence.index(mention)
    span = {"from": start, "to": start + len(mention)}
    return {"mention": mention, "polarity": polarity, **span, "sentence": sentence, "id": "x"}


def pair_row(text: str, p: str, q: str, label: str) -> dict[str, Any]:
    return {"text": text, "p": p, "q": q, "label": label}


def write_rows(path: Path, *rows: Mapping[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def write_targets(path: Path) -> Path:
    return write_rows(path, *(target_row(*one) for one in TARGETS))


def write_pairs(path: Path) -> Path:
    return write_rows(path, *(pair_row(*one) for one in PAIRS))
