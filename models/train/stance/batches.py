"""Steps of learning: samples of one head and of similar length, padded to one length."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from models.train.stance.samples import Sample
from tasks.language.stance import Head

SWAPPED = (0, 3, 4, 1, 2)
"""Positions of the classes of `between` once holder and target have changed places."""
_JITTER = 8
"""Word pieces by which a length may be off when similar ones are sought, so that steps differ."""
_STRIDE = 8
"""Lengths are rounded up to a multiple of it."""


class Marks(NamedTuple):
    """Ids of the word pieces that stand at both ends, and for hidden ones."""

    start: int
    end: int
    hidden: int


class Batch(NamedTuple):
    """Samples of one head, each tensor of shape (samples, pieces), `truths` (samples,)."""

    head: Head
    ids: Tensor
    roles: Tensor
    mask: Tensor
    truths: Tensor


def batches(given: Sequence[Sample], tokens: int, rng: np.random.Generator) -> list[list[Sample]]:
    """Return `given` in groups of at most `tokens` word pieces with padding, in any order."""
    lengths = np.array([len(sample.ids) for sample in given])
    order = np.argsort(lengths + rng.uniform(0, _JITTER, len(given)))
    groups: list[list[int]] = []
    group: list[int] = []
    longest = 0
    for at in order.tolist():
        length = _padded(len(given[at].ids))
        longest = max(longest, length)
        if group and longest * (len(group) + 1) > tokens:
            groups.append(group)
            group, longest = [], length
        group.append(at)
    groups.append(group)
    rng.shuffle(groups)
    return [[given[at] for at in one] for one in groups]


def collate(
    given: Sequence[Sample], marks: Marks, mask_share: float, rng: np.random.Generator
) -> Batch:
    """Return the batch of `given`, half of all pairs the other way round.

    A `mask_share` of them has the word pieces of its parties hidden.
    """
    shape = len(given), _padded(max(len(sample.ids) for sample in given))
    ids, roles, mask = (np.zeros(shape, np.int64) for _ in range(3))
    truths = np.zeros(len(given), np.int64)
    for row, (head, pieces, parties, truth) in enumerate(given):
        end = 1 + len(pieces)
        if head == "between" and rng.random() < 0.5:
            parties, truth = np.where(parties == 0, 0, 3 - parties), SWAPPED[truth]
        if mask_share and rng.random() < mask_share:
            pieces = np.where(parties > 0, marks.hidden, pieces)
        ids[row, 0], ids[row, 1:end], ids[row, end] = marks.start, pieces, marks.end
        roles[row, 1:end] = parties
        mask[row, : end + 1] = 1
        truths[row] = truth
    tensors = [torch.from_numpy(array) for array in (ids, roles, mask, truths)]
    return Batch(given[0].head, *tensors)


def _padded(pieces: int) -> int:
    """Return the length of so many word pieces with the two marks, rounded up."""
    return -(-(pieces + 2) // _STRIDE) * _STRIDE
