"""Teach the screen what the classifier sees: `python -m models.train.stance.screen --data PATH`.

The networks in `--target` read the pairs of news sentences, put together to texts of twenty, and
the screen learns the probability that they give a stance (distillation: Hinton, Vinyals and Dean
2015). Takes some six minutes on one core. Wikinews, on which it is measured, teaches nothing.
"""

import argparse
import json
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

import models
from flows.evaluation.spacing import likely_spaces
from flows.evaluation.text_article import text_article
from models.train.stance.samples import marked_files
from tasks.extract.annotate import annotate_doc
from tasks.extract.steps.graph import StepName
from tasks.language import load_language, make_doc
from tasks.language.stance import NEUTRAL, SCREEN, Head, Marked, Probabilities, StanceModel
from tasks.language.stance_screen import IS_AUTHORS
from tasks.language.weights import Floats, Weights
from tasks.registry import load_registry

STEPS: tuple[StepName, ...] = ("stances",)
SENTENCES = 20
"""Of a text that teaches."""
TEXTS = 450
"""Texts from each of the two kinds of sources."""
MEASURED = "articles/wikinews-2019-2020.jsonl"
SEED, HIDDEN, PASSES, BATCH, RATE, DECAY, DROPOUT = 0, 64, 14, 64, 2e-3, 1e-2, 0.5
SURE = 0.85
"""Probability from which the classifier alone gives a row."""
KEPT = 0.3
"""Share of the pairs of Wikinews that pass: with 91 % of those that the networks are sure of. More
texts to teach, a wider layer and targets nearer to what is sure did not help."""


class Lesson(NamedTuple):
    """A pair: what the screen sees, and the probability of a stance that the networks give."""

    seen: Floats
    told: float


class Listening:
    """A classifier that lets everything pass, and keeps what the networks say of it."""

    def __init__(self, model: StanceModel) -> None:
        """Listen to `model`."""
        self.model = model
        self.lessons: list[Lesson] = []
        self._seen: list[Floats] = []

    def passes(self, vectors: Floats) -> NDArray[np.bool_]:
        """Let all pass; those of an author are read after the others."""
        is_authors = vectors[:, IS_AUTHORS] > 0
        self._seen = [*vectors[~is_authors], *vectors[is_authors]]
        return np.ones(len(vectors), np.bool_)

    def between(self, pairs: Sequence[Marked], *, is_seeking: bool = False) -> Probabilities:
        """Read pairs as the model does."""
        return self._heard("between", self.model.between(pairs, is_seeking=True), is_seeking)

    def towards(self, items: Sequence[Marked], *, is_seeking: bool = False) -> Probabilities:
        """Read targets as the model does."""
        return self._heard("towards", self.model.towards(items, is_seeking=True), is_seeking)

    def _heard(self, head: Head, found: Probabilities, is_kept: bool) -> Probabilities:
        if is_kept:
            seen, self._seen = self._seen[: len(found)], self._seen[len(found) :]
            told = 1 - found[:, NEUTRAL[head]]
            self.lessons += map(Lesson, seen, told.tolist())
        return found


def main() -> None:
    """Listen to the networks, teach, set the threshold on Wikinews, write."""
    asked = _arguments()
    model = StanceModel(asked.target, models.folder() / "encoder")
    lessons = heard(model, taught_texts(asked.data)[: asked.limit])
    print(f"{len(lessons)} pairs teach", flush=True)
    weights = taught(lessons)
    lines = (asked.data / MEASURED).read_text(encoding="utf-8").splitlines()
    measured = heard(model, [json.loads(line)["text"] for line in lines][: asked.limit])
    scores = scored(weights, measured)
    weights["least"] = np.quantile(scores, 1 - KEPT, keepdims=True).astype(np.float32)
    weights.write(asked.target / SCREEN)
    is_sure = np.array([lesson.told >= SURE for lesson in measured])
    passed = 100 * (scores[is_sure] >= weights["least"]).mean()
    print(
        f"of {len(measured)} pairs {100 * KEPT:.0f} % pass, of {is_sure.sum()} sure {passed:.1f} %"
    )


def taught_texts(data: Path) -> list[str]:
    """Return the texts that teach, in turn from GMB and from the sets of stance, shuffled."""
    lines = (data / "ner" / "gmb.jsonl").read_text(encoding="utf-8").splitlines()
    plain = [_plain(json.loads(line)["tokens"]) for line in lines]
    rows = chain.from_iterable(
        f.rows for f in marked_files(data, "directed-train", "newsmtsc-train")
    )
    told = list(dict.fromkeys(row.marked.text for row in rows if row.marked is not None))
    kinds = [_texts(sentences) for sentences in (plain, told)]
    return [text for pair in zip(*kinds, strict=True) for text in pair]


def _plain(tokens: Sequence[str]) -> str:
    spaces = likely_spaces(tokens)
    return "".join(t + " " * space for t, space in zip(tokens, spaces, strict=True))


def _texts(sentences: Sequence[str]) -> list[str]:
    starts = range(0, len(sentences), SENTENCES)
    found = ["\n\n".join(sentences[start : start + SENTENCES]) for start in starts]
    return Random(SEED).sample(found, TEXTS)


def heard(model: StanceModel, texts: Sequence[str]) -> list[Lesson]:
    """Return what the networks say of all pairs of `texts`."""
    listening, registry, nlp = Listening(model), load_registry(), load_language()
    for number, text in enumerate(texts, start=1):
        with nlp.memory_zone():
            doc = make_doc(nlp, text)
            if doc.tensor.size:  # a very long text keeps no vectors, and passes as it is
                annotate_doc(text_article(text), doc, registry, listening, steps=STEPS)
        if number % 100 == 0:
            print(f"{number} of {len(texts)} texts", flush=True)
    return listening.lessons


def taught(lessons: Sequence[Lesson]) -> Weights:
    """Return the weights of a network of two layers that tells `lessons`."""
    torch.manual_seed(SEED)
    seen = torch.from_numpy(np.stack([lesson.seen for lesson in lessons]))
    told = torch.tensor([lesson.told for lesson in lessons])
    mean, spread = seen.mean(0), seen.std(0) + 1e-2
    hidden, out = nn.Linear(seen.shape[1], HIDDEN), nn.Linear(HIDDEN, 1)
    network = nn.Sequential(nn.Dropout(DROPOUT), hidden, nn.GELU(), nn.Dropout(DROPOUT), out)
    _learn(network, (seen - mean) / spread, told)
    weight = hidden.weight / spread
    learned = {
        "hidden.weight": weight,
        "hidden.bias": hidden.bias - weight @ mean,
        "out.weight": out.weight,
        "out.bias": out.bias,
    }
    return Weights({name: tensor.detach().numpy() for name, tensor in learned.items()})


def _learn(network: nn.Module, seen: Tensor, told: Tensor) -> None:
    optimizer = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
    steps = PASSES * -(-len(seen) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    for _ in range(PASSES):
        for batch in torch.randperm(len(seen)).split(BATCH):
            optimizer.zero_grad()
            loss = nn.functional.binary_cross_entropy_with_logits(
                network(seen[batch])[:, 0], told[batch]
            )
            loss.backward()
            optimizer.step()
            schedule.step()
    network.eval()


def scored(weights: Weights, lessons: Sequence[Lesson]) -> Floats:
    """Return the log odds that a screen with `weights` gives each lesson, shape (lessons,)."""
    hidden = weights.gelu("hidden", np.stack([lesson.seen for lesson in lessons]))
    scores: Floats = weights.linear("out", hidden)[:, 0]
    return scores


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m models.train.stance.screen", description=__doc__
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument(
        "--target", type=Path, default=models.stance_folder(), help="where to write"
    )
    parser.add_argument(
        "--limit", type=int, help="texts that teach and measure: to see that it runs"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
