"""Windows of neighbouring sentences, and batches of windows as tensors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.train.corpora import Sample
from tasks.language.features import Case, Spacing, case_of
from tasks.language.labels import TAGS

LONGEST = 254
"""Word pieces of a window: MiniLM was tuned on 256 with its two marks."""
IGNORED = -100
_INPUTS = ("pieces", "case", "spacing", "mask")
_CLASSES = ("tags", "morphs", "lemmas", "heads", "relations")


@dataclass(slots=True)
class Truth:
    """What is known of one sentence, an array of its length for each head; IGNORED: nothing."""

    tags: NDArray[np.int64]
    morphs: NDArray[np.int64]
    lemmas: NDArray[np.int64]
    heads: NDArray[np.int64]
    relations: NDArray[np.int64]


@dataclass(slots=True)
class Batch:
    """Tensors of a batch of windows; see `Network.words`."""

    pieces: Tensor
    case: Tensor
    spacing: Tensor
    mask: Tensor
    owners: Tensor
    corpus: Tensor
    tags: Tensor
    morphs: Tensor
    lemmas: Tensor
    heads: Tensor
    relations: Tensor
    starts: Tensor
    sentence: Tensor
    names: Tensor
    weight: Tensor

    def to(self, device: torch.device) -> "Batch":
        """Return the batch on `device`."""
        return Batch(**{one.name: getattr(self, one.name).to(device) for one in fields(self)})

    @property
    def longest(self) -> int:
        """Words of the longest window."""
        return int(self.tags.shape[1])


def windows(
    samples: Sequence[int], all_samples: Sequence[Sample], rng: np.random.Generator
) -> Iterator[list[int]]:
    """Part `samples`, in order, into windows of neighbours of one document, of drawn length."""
    window: list[int] = []
    used, budget = 0, _budget(rng)
    for at in samples:
        one = all_samples[at]
        size = len(one.pieces)
        is_next = window and all_samples[window[-1]].document == one.document
        if window and (not is_next or used + size > budget):
            yield window
            window, used, budget = [], 0, _budget(rng)
        if size <= LONGEST:
            window.append(at)
            used += size
    if window:
        yield window


def _budget(rng: np.random.Generator) -> int:
    """Draw how many pieces a window may have: now and then one sentence alone."""
    draw = rng.random()
    if draw < 0.15:
        return 0
    return int(rng.integers(48, LONGEST if draw < 0.25 else 144))


def batches(
    found: list[list[int]], samples: Sequence[Sample], pieces: int, rng: np.random.Generator
) -> list[list[list[int]]]:
    """Group windows of similar length into batches of about `pieces` word pieces, shuffled."""
    sizes = [sum(len(samples[at].pieces) for at in window) for window in found]
    order = np.argsort(np.array(sizes) + rng.uniform(0, 24, len(sizes)))
    groups: list[list[list[int]]] = [[]]
    longest = 0
    for at in order:
        longest = max(longest, sizes[at])
        if groups[-1] and longest * (len(groups[-1]) + 1) > pieces:
            groups.append([])
            longest = sizes[at]
        groups[-1].append(found[at])
    rng.shuffle(groups)
    return groups


def styled(case: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Now and then write a window in capitals, in lower case or as a headline."""
    draw = rng.random()
    letters = (case == Case.LOWER) | (case == Case.TITLE) | (case == Case.MIXED)
    if draw < 0.03:
        return np.where(letters, Case.UPPER, case)
    if draw < 0.07:
        return np.where(letters | (case == Case.UPPER) | (case == Case.LETTER), Case.LOWER, case)
    if draw < 0.10:
        return np.where(case == Case.LOWER, Case.TITLE, case)
    return case


def respaced(spacing: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Now and then wrap lines anywhere, or part all words by spaces as tokenised files do."""
    draw = rng.random()
    if draw < 0.05:
        return np.where(spacing == Spacing.JOINED, Spacing.SPACE, spacing)
    if draw < 0.10:
        wrapped = (spacing == Spacing.SPACE) & (rng.random(len(spacing)) < 0.08)
        return np.where(wrapped, Spacing.NEWLINE, spacing)
    if draw < 0.30:  # paragraphs that only a space parts
        return np.where(spacing == Spacing.PARAGRAPH, Spacing.SPACE, spacing)
    return spacing


def _rounded(size: int) -> int:
    """Round up, so that few shapes occur: the CPU's kernels are made anew for each."""
    return -(-size // 16) * 16


def collate(
    group: list[list[int]],
    samples: Sequence[Sample],
    truths: Sequence[Truth | None],
    corpora: dict[str, int],
    rng: np.random.Generator,
    marks: tuple[int, int],
) -> Batch:
    """Return the tensors of a group of windows; `marks` are the ids of [CLS] and [SEP]."""
    words = _rounded(max(sum(len(samples[at].words) for at in window) for window in group))
    pieces = _rounded(2 + max(sum(len(samples[at].pieces) for at in window) for window in group))
    table = _empty(len(group), words, pieces)
    for row, window in enumerate(group):
        chosen = [samples[at] for at in window]
        _fill_input(table, row, chosen, marks, rng)
        first = 0
        for number, at in enumerate(window):
            cut = slice(first, first + len(samples[at].words))
            table["sentence"][row, cut] = number
            _fill_truth(table, row, cut, samples[at], truths[at])
            first = cut.stop
        table["starts"][row, 0] = IGNORED  # the first word of a text needs no decision
        is_silver = chosen[0].corpus == "gmb"
        is_any = not is_silver and rng.random() < 0.5
        table["corpus"][row] = 0 if is_any else corpora.get(chosen[0].corpus, 0)
        table["weight"][row] = 0.5 if is_silver else 1.0
    return Batch(**{name: torch.from_numpy(value) for name, value in table.items()})


def _empty(rows: int, words: int, pieces: int) -> dict[str, NDArray[Any]]:
    """Return the arrays of a batch in which nothing is known yet."""
    by_piece = {one: np.zeros((rows, pieces), np.int64) for one in _INPUTS}
    by_word = {one: np.full((rows, words), IGNORED, np.int64) for one in (*_CLASSES, "starts")}
    return {
        **by_piece,
        **by_word,
        "owners": np.full((rows, pieces), words, np.int64),
        "sentence": np.full((rows, words), -1, np.int64),
        "names": np.ones((rows, words, len(TAGS)), bool),
        "corpus": np.zeros(rows, np.int64),
        "weight": np.ones(rows, np.float32),
    }


def _fill_input(
    table: dict[str, NDArray[Any]],
    row: int,
    chosen: Sequence[Sample],
    marks: tuple[int, int],
    rng: np.random.Generator,
) -> None:
    """Fill in what the encoder sees of the sentences `chosen`."""
    case = np.array([case_of(word) for one in chosen for word in one.words], np.int64)
    spacing = np.array([before for one in chosen for before in one.spacing], np.int64)
    spacing[0] = Spacing.PARAGRAPH
    case, spacing = styled(case, rng), respaced(spacing, rng)
    counts = np.concatenate([one.counts for one in chosen])
    owners = np.repeat(np.arange(len(counts)), counts)
    end = 1 + len(owners)
    table["pieces"][row, 0], table["pieces"][row, end] = marks
    table["pieces"][row, 1:end] = np.concatenate([one.pieces for one in chosen])
    table["mask"][row, : end + 1] = 1
    table["case"][row, 1:end] = case[owners]
    table["spacing"][row, 1:end] = Spacing.JOINED
    table["spacing"][row, 1 + np.cumsum(counts) - counts] = spacing
    table["owners"][row, 1:end] = owners


def _fill_truth(
    table: dict[str, NDArray[Any]], row: int, cut: slice, one: Sample, truth: Truth | None
) -> None:
    """Fill in what is known of the sentence `one`, whose words stand at `cut`."""
    if truth is not None:
        for name in _CLASSES:
            table[name][row, cut] = getattr(truth, name)
        table["heads"][row, cut] = np.where(truth.heads > 0, truth.heads + cut.start, 0)
    if one.has_boundaries:
        table["starts"][row, cut] = 0
        table["starts"][row, cut.start] = 1
    if one.tags is not None:
        table["names"][row, cut] = one.tags
