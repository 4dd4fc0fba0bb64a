"""Dependencies by deep biaffine attention (Dozat and Manning 2017) and the best tree a sentence."""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc

from tasks.language.errors import LanguageError
from tasks.language.features import Ints
from tasks.language.files import read_file
from tasks.language.trees import best_heads
from tasks.language.weights import Floats, Weights
from tasks.language.words import (
    sentence_bounds,
    sentence_firsts,
    set_attributes,
    set_sentences,
    word_indices,
    word_vectors,
)

_WEIGHTS, _LABELS = "weights.npz", "labels.json"
_LAYERS = ("arc_child", "arc_head", "relation_child", "relation_head")
_NEEDED = (
    "root",
    "arc",
    "relation",
    *(f"{one}.{p}" for one in _LAYERS for p in ("weight", "bias")),
)
_LOOSE = "dep"
_CHUNK = 512
"""Words whose relations are scored at once; the table grows with words times relations."""


class BiaffineParser(Pipe):
    """Sets heads and relations within the sentences of a `Doc` that has word vectors.

    White space hangs on the token before it, as `dep`, or on the first word of the sentence that
    it opens.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        """Make a parser without weights; `from_disk` brings them."""
        self.name, self.vocab = name, nlp.vocab
        self._labels: tuple[str, ...] = ()
        self._weights = Weights()

    @property
    def labels(self) -> tuple[str, ...]:
        """The relations it tells apart."""
        return self._labels

    def __call__(self, doc: Doc) -> Doc:
        """Parse `doc`."""
        if not len(doc):
            return doc
        words, firsts = word_indices(doc), sentence_firsts(doc)
        heads = _space_heads(words, firsts, len(doc))
        labels = np.full(len(doc), self.vocab.strings.add(_LOOSE), dtype=np.uint64)
        if len(words):
            found, relations = self._predict(
                word_vectors(doc, words), sentence_bounds(firsts, words)
            )
            heads[words] = np.where(found < 0, words, words[found])
            labels[words] = self._hashes[relations]
        set_attributes(doc, HEAD=heads - np.arange(len(doc)), DEP=labels)
        set_sentences(doc, firsts)
        return doc

    def _predict(self, vectors: Floats, bounds: Ints) -> tuple[Ints, Ints]:
        """Return the head of each word, -1 for a root, and the number of its relation."""
        weights = self._weights
        rooted = np.concatenate([weights["root"][None], vectors])
        arc_child = _with_one(weights.gelu("arc_child", vectors)) @ weights["arc"]
        arc_head = weights.gelu("arc_head", rooted)
        heads = np.empty(len(vectors), dtype=np.int64)
        for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            candidates = np.concatenate([arc_head[:1], arc_head[1 + start : 1 + end]])
            found = best_heads(arc_child[start:end] @ candidates.T)
            heads[start:end] = np.where(found == 0, -1, found - 1 + start)
        return heads, self._relations(vectors, rooted, heads)

    def _relations(self, vectors: Floats, rooted: Floats, heads: Ints) -> Ints:
        weights = self._weights
        child = _with_one(weights.gelu("relation_child", vectors))
        head = _with_one(weights.gelu("relation_head", rooted))[heads + 1]
        number, width, _ = weights["relation"].shape
        table = weights["relation"].transpose(1, 0, 2).reshape(width, -1)
        best = np.empty(len(vectors), dtype=np.int64)
        for start in range(0, len(vectors), _CHUNK):
            cut = slice(start, start + _CHUNK)
            left = (child[cut] @ table).reshape(-1, number, width)
            scores = (left @ head[cut, :, None])[..., 0]
            scores[np.arange(len(scores)), :] += self._root_only(heads[cut])
            best[cut] = scores.argmax(1)
        return best

    def _root_only(self, heads: Ints) -> Floats:
        """Return what keeps `root` for roots, and for nothing else."""
        is_root = np.array([label == "root" for label in self._labels])
        return np.where((heads < 0)[:, None] == is_root, 0.0, -1e4).astype(np.float32)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "BiaffineParser":  # noqa: ARG002
        """Read labels and weights from the folder `path`; raises LanguageError."""
        folder = Path(path)
        self._weights = Weights.read(folder / _WEIGHTS, _NEEDED)
        self._set_labels(read_file(folder / _LABELS, _labels))
        if len(self._labels) != len(self._weights["relation"]):
            raise LanguageError(
                f"{folder / _LABELS} does not belong to {_WEIGHTS}; install demarche again"
            )
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Write labels and weights to the folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        self._weights.write(folder / _WEIGHTS)
        (folder / _LABELS).write_text(json.dumps(self._labels), encoding="utf-8")

    def learned(self, labels: Iterable[str], weights: Weights) -> None:
        """Take what training found."""
        self._weights = weights
        self._set_labels(labels)

    def _set_labels(self, labels: Iterable[str]) -> None:
        self._labels = tuple(labels)
        names = ["ROOT" if label == "root" else label for label in self._labels]
        self._hashes = np.array([self.vocab.strings.add(name) for name in names], dtype=np.uint64)


def _space_heads(words: Ints, firsts: Ints, length: int) -> Ints:
    """Return the head of each token as if all were white space, in sentences from `firsts` on."""
    heads = np.arange(-1, length - 1)
    following = np.append(words, length)[np.searchsorted(words, firsts)]
    has_words = following < np.append(firsts[1:], length)
    heads[firsts] = np.where(has_words, following, firsts)
    return heads


def _labels(path: Path) -> list[str]:
    return [str(label) for label in json.loads(path.read_text(encoding="utf-8"))]


def _with_one(vectors: Floats) -> Floats:
    return np.concatenate([vectors, np.ones((len(vectors), 1), dtype=np.float32)], axis=1)


@Language.factory(
    "demarche_parser",
    assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"],
    requires=["doc.tensor"],
)
def make_parser(nlp: Language, name: str) -> BiaffineParser:
    """Return a parser for spaCy's configuration."""
    return BiaffineParser(nlp, name)
