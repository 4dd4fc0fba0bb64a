"""Fit the heads for lemmas and names once more, on the vectors that they will see.

The encoder is as it ships by then, in 8 bits, and stays as it is. That takes minutes, so more can
be tried here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.train.corpora import Sample, proper_noun_tags
from models.train.learn import CORPORA, entropy, partial
from models.train.network import Network
from models.train.windows import IGNORED, Truth
from tasks.language.encoder import Encoder
from tasks.language.features import Spacing

WINDOW = 160


@dataclass(frozen=True, slots=True)
class Refit:
    """How to fit the heads: passes, words to a step, peak rate, weight of the treebank's names,
    and of the silver corpus."""

    passes: int
    words: int
    rate: float
    proper: float
    silver: float
    share: float


@dataclass(slots=True)
class Table:
    """All words in one table: vectors, lemmas, allowed tags of names, number of the corpus,
    weight for names."""

    vectors: Tensor
    lemmas: Tensor
    tags: Tensor
    corpus: Tensor
    weight: Tensor


def refit(
    network: Network,
    encoder: Encoder,
    samples: Sequence[Sample],
    truths: Sequence[Truth | None],
    plan: Refit,
    seed: int,
) -> None:
    """Fit the heads for lemmas and names of `network`, in place."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    table = _table(encoder, samples, truths, plan, rng)
    heads = (network.lemmatizer, network.name_hidden, network.name_corpus, network.name_tags)
    network.lemmatizer.reset_parameters()
    network.train()
    parameters = [p for head in heads for p in head.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=plan.rate, weight_decay=0.01)
    total = plan.passes * -(-len(table.vectors) // plan.words)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, total)
    for number in range(plan.passes):
        sums = np.zeros(2)
        for rows in torch.from_numpy(rng.permutation(len(table.vectors))).split(plan.words):
            lost = _losses(network, table, rows, rng)
            torch.stack(lost).sum().backward()
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            schedule.step()
            sums += [float(one.detach()) for one in lost]
        means = (sums * plan.passes / total).round(4)
        print(f"refit {number}: lemmas {means[0]}, names {means[1]}", flush=True)
    network.eval()


def _losses(network: Network, table: Table, rows: Tensor, rng: np.random.Generator) -> list[Tensor]:
    vectors = table.vectors[rows].float()
    corpus = table.corpus[rows].clone()
    any_ = torch.from_numpy(rng.random(len(rows)) < 0.5)
    corpus[any_ & (corpus != CORPORA["gmb"])] = 0
    dropped = network.dropout(vectors)
    hidden = network.name_hidden(vectors) + network.name_corpus(corpus)
    scores = network.name_tags(network.dropout(nn.functional.gelu(hidden)))
    names = partial(scores.unsqueeze(1), table.tags[rows].unsqueeze(1), table.weight[rows])
    return [entropy(network.lemmatizer(dropped), table.lemmas[rows]), names]


def _table(
    encoder: Encoder,
    samples: Sequence[Sample],
    truths: Sequence[Truth | None],
    plan: Refit,
    rng: np.random.Generator,
) -> Table:
    drawn = rng.random(1 + max(one.document for one in samples)) < plan.share
    weights = {"gmb": plan.silver, "ewt": plan.proper}
    chosen = [at for at, one in enumerate(samples) if one.corpus != "gmb" or drawn[one.document]]
    vectors: list[NDArray[np.float16]] = []
    for window in _windows(chosen, samples):
        ones = [samples[at] for at in window]
        words = [word for one in ones for word in one.words]
        spacing = np.array([before for one in ones for before in one.spacing], np.int64)
        spacing[0] = Spacing.PARAGRAPH
        vectors.append(encoder.encode(words, spacing).astype(np.float16))
    lemmas, tags, corpus, weight = [], [], [], []
    for at in chosen:
        one, truth, size = samples[at], truths[at], len(samples[at].words)
        lemmas.append(np.full(size, IGNORED) if truth is None else truth.lemmas)
        own = one.tags
        if own is None and one.syntax is not None:
            own = proper_noun_tags(one.syntax)
        assert own is not None
        tags.append(own)
        corpus.append(np.full(size, CORPORA[one.corpus]))
        weight.append(np.full(size, weights.get(one.corpus, 1.0), np.float32))
    columns = (vectors, lemmas, tags, corpus, weight)
    return Table(*(torch.from_numpy(np.concatenate(column)) for column in columns))


def _windows(chosen: Sequence[int], samples: Sequence[Sample]) -> list[list[int]]:
    """Return neighbours of one document together, up to WINDOW word pieces; some alone."""
    found: list[list[int]] = []
    used = 0
    for at in chosen:
        one = samples[at]
        last = samples[found[-1][-1]] if found else None
        is_next = last is not None and (last.corpus, last.document) == (one.corpus, one.document)
        if not is_next or used + len(one.pieces) > WINDOW or len(found) % 7 == 0:
            found.append([])
            used = 0
        found[-1].append(at)
        used += len(one.pieces)
    return found
