"""The classifier of stance: a fine-tuned MiniLM that reads a sentence with its parties marked.

The tokens of holder and target get a vector of their role added; the vectors of the mark, the
target and the holder are what the two heads read. `between` tells who of two is for or against
the other, `towards` how a sentence judges one. Word embeddings are those of `en_demarche`.
"""

import json
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

import models
from tasks.language.encoder import TABLES, TOKENIZER
from tasks.language.errors import LanguageError
from tasks.language.files import read_file
from tasks.language.stance_screen import Screen
from tasks.language.weights import Weights, read_arrays

LAYERS, WEIGHTS, META = "layers-{}.onnx", "heads-{}.npz", "meta.json"
SCREEN = "screen.npz"
HOLDER, TARGET = 1, 2
"""Roles of word pieces; 0 is none."""
LONGEST = 158
"""Word pieces that are read around the parties; a longer sentence is cut."""
NEUTRAL: dict[str, int] = {"between": 0, "towards": 1}
"""Where the class of no stance is."""
WORTH = 0.25
"""Probability of no stance from which no further network is asked, where stances are sought."""
_BATCH, _SOUGHT = 2048, 256
"""Word pieces that run together, with padding; where stances are sought, for speed: 1.2 times."""
BETWEEN = ("neutral", "supports", "opposes", "supported", "opposed")
"""Classes of `between`: neither, holder to target, target to holder."""
_TURNED = [0, 3, 4, 1, 2]
"""The same classes where holder and target change places."""
TOWARDS = ("oppose", "neutral", "support")
Head = Literal["between", "towards"]
CLASSES: dict[Head, int] = {"between": len(BETWEEN), "towards": len(TOWARDS)}
HEADS: dict[Head, tuple[int, ...]] = {"between": (TARGET, HOLDER), "towards": (TARGET,)}
"""The parties whose vectors each head reads, after that of the mark."""

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Probabilities = NDArray[np.float64]


class Marked(NamedTuple):
    """A sentence with the character spans of target and holder."""

    text: str
    target: tuple[int, int]
    holder: tuple[int, int] | None = None


class StanceModel:
    """Scores stance by several networks whose scores are averaged.

    Probabilities are calibrated: scores are shifted by class and scaled.
    """

    def __init__(self, folder: Path, encoder: Path) -> None:
        """Read the weights in `folder`, with the tokenizer and word embeddings in `encoder`.

        Raises LanguageError that names a missing or damaged file.
        """
        meta = read_file(folder / META, _meta)
        self._tokenizer = read_file(encoder / TOKENIZER, _tokenizer)
        tables = read_arrays(encoder / TABLES, ("words", "scale"))
        if sha256(tables["words"].tobytes()).hexdigest() != meta["words_sha256"]:
            raise LanguageError(f"{folder} was trained on other word embeddings than {encoder}")
        numbers = range(1, meta["networks"] + 1)
        self._networks = [_Network(folder, n, tables["words"], tables["scale"]) for n in numbers]
        self._calibration = {head: meta[head] for head in HEADS}
        self._marks = [self._tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]")]
        self.passes = Screen(folder / SCREEN).passes
        self.version: str = meta["version"]

    def between(self, pairs: Sequence[Marked], *, is_seeking: bool = False) -> Probabilities:
        """Return the probabilities of `BETWEEN` for each pair, shape (pairs, 5).

        Every second network reads the pair the other way round. `is_seeking`: what the networks so
        far see as nothing (`WORTH`) is not read by the others, and has the probabilities of these.
        """
        return self._read(pairs, "between", is_seeking)

    def towards(self, items: Sequence[Marked], *, is_seeking: bool = False) -> Probabilities:
        """Return the probabilities of `TOWARDS` for each target, shape (items, 3)."""
        return self._read(items, "towards", is_seeking)

    def _read(self, items: Sequence[Marked], head: Head, is_seeking: bool) -> Probabilities:
        scores = np.zeros((len(items), CLASSES[head]))
        found = scores.copy()
        left = np.arange(len(items))
        for number in range(len(self._networks)):
            asked = [items[at] for at in left.tolist()]
            scores[left] += self._scores(asked, head, number, _SOUGHT if is_seeking else _BATCH)
            found[left] = self._calibrated(scores[left] / (number + 1), head)
            if is_seeking:
                left = left[found[left, NEUTRAL[head]] < WORTH]
        return found

    def scores(self, items: Sequence[Marked], head: Head) -> Probabilities:
        """Return the scores of `head` before calibration, shape (items, classes)."""
        found = [self._scores(items, head, number) for number in range(len(self._networks))]
        mean: Probabilities = np.mean(found, axis=0, dtype=np.float64)
        return mean

    def _scores(
        self, items: Sequence[Marked], head: Head, number: int, most: int = _BATCH
    ) -> Floats:
        """Return the scores of one network; every second reads pairs the other way round."""
        is_turned = head == "between" and number % 2 == 1
        read = [_turned(item) if is_turned else item for item in items]
        pieces = [self._pieces(item, head) for item in read]
        scores = self._networks[number].scores(pieces, head, most)
        return scores[:, _TURNED] if is_turned else scores

    def _calibrated(self, scores: Probabilities, head: Head) -> Probabilities:
        settings = self._calibration[head]
        raised = (scores + np.array(settings["shift"])) * settings["scale"]
        raised = np.exp(raised - raised.max(1, keepdims=True, initial=0))
        found: Probabilities = raised / raised.sum(1, keepdims=True)
        return found

    def _pieces(self, item: Marked, head: Head) -> tuple[Ints, Ints]:
        """Return word pieces and their roles, cut around the parties where there are too many."""
        encoded = self._tokenizer.encode(item.text, add_special_tokens=False)
        ids = np.array(encoded.ids, np.int64)
        offsets = np.array(encoded.offsets, np.int64).reshape(-1, 2)
        roles = np.zeros(len(ids), np.int64)
        for role, span in ((HOLDER, item.holder), (TARGET, item.target)):
            if span is not None and role in HEADS[head]:
                roles[(offsets[:, 0] < span[1]) & (offsets[:, 1] > span[0])] = role
        if len(ids) > LONGEST:
            kept = _kept(np.flatnonzero(roles), len(ids))
            ids, roles = ids[kept], roles[kept]
        marks = self._marks
        return np.concatenate([marks[:1], ids, marks[1:]]), np.pad(roles, 1)


class _Network:
    """One fine-tuned encoder with its heads."""

    def __init__(self, folder: Path, number: int, table: NDArray[np.int8], scale: Floats) -> None:
        needed = [f"{h}.{k}.{p}" for h in HEADS for k in ("hidden", "out") for p in _PARTS]
        self._weights = Weights.read(folder / WEIGHTS.format(number), (*needed, "roles"))
        self._session = read_file(folder / LAYERS.format(number), _session)
        self._table, self._scale = table, scale

    def scores(self, inputs: Sequence[tuple[Ints, Ints]], head: Head, most: int) -> Floats:
        width = self._table.shape[1]
        pooled = np.empty((len(inputs), (1 + len(HEADS[head])) * width), np.float32)
        for group in _batches([len(ids) for ids, _ in inputs], most):
            pooled[group] = self._pooled([inputs[at] for at in group], head)
        hidden = self._weights.gelu(f"{head}.hidden", pooled)
        return self._weights.linear(f"{head}.out", hidden)

    def _pooled(self, inputs: Sequence[tuple[Ints, Ints]], head: Head) -> Floats:
        """Return the vectors that the heads read: of the mark, then the mean of each party."""
        longest = max(len(ids) for ids, _ in inputs)
        ids = np.zeros((len(inputs), longest), np.int64)
        roles, mask = np.zeros_like(ids), np.zeros_like(ids)
        for row, (one, role) in enumerate(inputs):
            ids[row, : len(one)], roles[row, : len(one)], mask[row, : len(one)] = one, role, 1
        embedded = self._table[ids] * self._scale[ids][..., None] + self._weights["roles"][roles]
        given = {"embedded": embedded.astype(np.float32), "mask": mask}
        hidden: Floats = self._session.run(None, given)[0]
        parts = [hidden[:, 0]]
        for party in HEADS[head]:
            inside = (roles == party)[..., None]
            parts.append((hidden * inside).sum(1) / np.maximum(inside.sum(1), 1))
        return np.concatenate(parts, axis=1)


_PARTS = ("weight", "bias")


def _turned(pair: Marked) -> Marked:
    """Return the pair read the other way round."""
    assert pair.holder is not None, "a pair has a holder"
    return Marked(pair.text, pair.holder, pair.target)


def _kept(marked: Ints, size: int) -> Ints:
    """Return which of `size` pieces are read: around the parties, or around each of the two."""
    low, high = (int(marked[0]), int(marked[-1])) if len(marked) else (0, 0)
    if high - low < LONGEST:
        first = max(0, min((low + high) // 2 - LONGEST // 2, size - LONGEST))
        return np.arange(first, first + LONGEST)
    half = LONGEST // 2
    first = max(0, low - half // 2)
    last = min(size, high + half // 2)
    return np.concatenate([np.arange(first, first + half), np.arange(last - half, last)])


def _batches(sizes: Sequence[int], most: int) -> list[list[int]]:
    """Group items of similar length, so that little is padding and no group has over `most`."""
    groups: list[list[int]] = []
    for at in sorted(range(len(sizes)), key=lambda at: (sizes[at], at)):
        if not groups or sizes[at] * (len(groups[-1]) + 1) > most:
            groups.append([])
        groups[-1].append(at)
    return groups


def _meta(path: Path) -> dict[str, Any]:
    """Return what `meta.json` holds; raises KeyError where something lacks."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return {name: found[name] for name in ("version", "networks", "words_sha256", *HEADS)}


def _session(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _tokenizer(path: Path) -> Tokenizer:
    return Tokenizer.from_file(str(path))


@cache
def load_stance_model(folder: Path | None = None) -> StanceModel:
    """Return the classifier in `folder`, or the one that ships; raises LanguageError."""
    return StanceModel(folder or models.stance_folder(), models.folder() / "encoder")
