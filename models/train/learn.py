"""Teach the network: all corpora mixed, pass after pass, a moving average of the weights kept."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from models.train.corpora import Sample
from models.train.network import Network
from models.train.windows import IGNORED, Batch, Truth, batches, collate, windows

CORPORA = {"gmb": 1, "wikigold": 2, "crossner": 3, "gum": 4, "ewt": 5}
"""Numbers of the manners of labelling names; 0 is any of the clean ones."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn.

    Rates are peaks; `share` is GMB's part in each pass, `names` the weight of the loss on names.
    """

    passes: int
    pieces: int
    encoder_rate: float
    head_rate: float
    warmup: float
    decay: float
    average: float
    share: float
    crossner_times: int
    names: float
    seed: int


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """Return the loss of each head on `batch`, each a mean over the words that have a truth."""
    words = network.words(
        batch.pieces, batch.case, batch.spacing, batch.mask, batch.owners, batch.longest
    )
    dropped = network.dropout(words)
    flat = {
        "tags": network.tagger(dropped),
        "morphs": network.morphologizer(dropped),
        "lemmas": network.lemmatizer(dropped),
        "starts": network.senter(dropped),
    }
    found = {name: entropy(scores, getattr(batch, name)) for name, scores in flat.items()}
    parsed = (batch.relations != IGNORED).any(1)
    if parsed.any():
        rows = words[parsed]
        heads = batch.heads[parsed]
        arcs = network.parser.arcs(rows).float().masked_fill(_others(batch.sentence[parsed]), -1e4)
        found["arcs"] = entropy(arcs, heads)
        relations = network.parser.relations(rows, heads.clamp(min=0)).float()
        found["relations"] = entropy(relations, batch.relations[parsed])
    found["names"] = partial(network.name_scores(words, batch.corpus), batch.names, batch.weight)
    return found


def entropy(scores: Tensor, truth: Tensor) -> Tensor:
    """Return the mean cross entropy over the words whose truth is known."""
    known = (truth != IGNORED).sum().clamp(min=1)
    flat = scores.float().reshape(-1, scores.shape[-1])
    summed = nn.functional.cross_entropy(
        flat, truth.reshape(-1), ignore_index=IGNORED, reduction="sum"
    )
    return summed / known


def partial(scores: Tensor, allowed: Tensor, weight: Tensor) -> Tensor:
    """Return the mean of -log of the probability of all allowed tags, over words not all free."""
    logs = scores.float().log_softmax(-1)
    lost = -logs.masked_fill(~allowed, -1e4).logsumexp(-1) * weight.unsqueeze(1)
    known = ~allowed.all(-1)
    return (lost * known).sum() / known.sum().clamp(min=1)


def _others(sentence: Tensor) -> Tensor:
    """Return where a head would lie in another sentence, shape (windows, words, 1 + words)."""
    differs = sentence.unsqueeze(2) != sentence.unsqueeze(1)
    return nn.functional.pad(differs, (1, 0), value=False)


class Teacher:
    """Holds samples, truths and network, and runs the passes."""

    def __init__(
        self,
        network: Network,
        samples: Sequence[Sample],
        truths: Sequence[Truth | None],
        plan: Plan,
        marks: tuple[int, int],
    ) -> None:
        """Take what to teach; `marks` are the ids of [CLS] and [SEP]."""
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.network, self.plan, self.marks = network.to(self.device), plan, marks
        self.samples, self.truths = samples, truths
        self.rng = np.random.default_rng(plan.seed)
        self.averaged = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(plan.average))
        encoder = [p for p in network.encoder.parameters() if p.requires_grad]
        inside = set(map(id, network.encoder.parameters()))
        heads = [p for p in network.parameters() if id(p) not in inside]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": encoder, "lr": plan.encoder_rate},
                {"params": heads, "lr": plan.head_rate},
            ],
            weight_decay=plan.decay,
            betas=(0.9, 0.98),
            fused=True,
        )

    def passes(self, work: Path) -> None:
        """Run all passes; write the averaged weights to `work` after each."""
        per_pass = len(self._groups())
        total = self.plan.passes * per_pass
        schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, lambda step: _rate(step, total, self.plan.warmup)
        )
        for number in range(self.plan.passes):
            started, sums, groups = time.perf_counter(), dict[str, float](), self._groups()
            self.network.train()
            for at, group in enumerate(groups):
                for name, value in self._step(group).items():
                    sums[name] = sums.get(name, 0.0) + value
                schedule.step()
                if at % 100 == 99:
                    seconds = time.perf_counter() - started
                    print(
                        f"  pass {number} step {at + 1}/{len(groups)} {seconds:.0f} s", flush=True
                    )
            means = {name: round(value / len(groups), 4) for name, value in sums.items()}
            print(f"pass {number}: {time.perf_counter() - started:.0f} s {means}", flush=True)
            torch.save(self.averaged.module.state_dict(), work / "network.pt")

    def _step(self, group: list[list[int]]) -> dict[str, float]:
        batch = self._batch(group)
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            found = losses(self.network, batch)
        weighted = found | {"names": self.plan.names * found["names"]}
        torch.stack(list(weighted.values())).sum().backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.averaged.update_parameters(self.network)
        return {name: float(value.detach()) for name, value in found.items()}

    def _batch(self, group: list[list[int]]) -> Batch:
        made = collate(group, self.samples, self.truths, CORPORA, self.rng, self.marks)
        return made.to(self.device)

    def _groups(self) -> list[list[list[int]]]:
        """Return the batches of a pass: everything, but a share of GMB, and CrossNER repeated."""
        by_corpus: dict[str, list[int]] = {}
        for at, one in enumerate(self.samples):
            by_corpus.setdefault(one.corpus, []).append(at)
        drawn = self.rng.random(1 + max(one.document for one in self.samples)) < self.plan.share
        found: list[list[int]] = []
        for corpus, members in by_corpus.items():
            if corpus == "gmb":
                members = [at for at in members if drawn[self.samples[at].document]]
            for _ in range(self.plan.crossner_times if corpus == "crossner" else 1):
                found.extend(windows(members, self.samples, self.rng))
        return batches(found, self.samples, self.plan.pieces, self.rng)


def _rate(step: int, total: int, warmup: float) -> float:
    """Return the share of the peak rate: a rise over `warmup` of all steps, then half a cosine."""
    if step < total * warmup:
        return (step + 1) / (total * warmup)
    done = (step - total * warmup) / max(1.0, total * (1 - warmup))
    return 0.5 * (1 + math.cos(math.pi * min(1.0, done))) + 0.005
