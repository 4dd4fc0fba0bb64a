"""Teach the network: pairs, targets and our own sentences mixed, a moving average kept.

In single precision throughout: bfloat16 by autocast was 1.7 times as slow on two cores of a server
processor with AMX (1.41 and 0.84 s of processor time a step), since the steps are small.
"""

import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from models.train.stance.batches import Marks, batches, collate
from models.train.stance.network import Network
from models.train.stance.samples import Sample
from tasks.language.stance import HEADS, Head

LEARNED = "network-{}.pt"
"""Files of the averaged weights in the work folder, by number of the network."""
_LONGEST_GRADIENT = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn; `plan.toml` says what each setting is."""

    passes: int
    stop_after: int
    tokens: int
    rate: float
    head_rate: float
    warmup: float
    decay: float
    average: float
    smoothing: float
    neutral: float
    mask: float
    own_times: int
    dropout: float
    head_dropout: float
    seed: int


@dataclass(frozen=True, slots=True)
class Lessons:
    """The samples that teach: those of the data sets, and our own of both kinds."""

    pairs: Sequence[Sample]
    targets: Sequence[Sample]
    own: Sequence[Sample]


class Teacher:
    """Holds samples and network, and runs the passes."""

    def __init__(self, network: Network, lessons: Lessons, plan: Plan, marks: Marks) -> None:
        """Take what to teach."""
        self.network, self.lessons, self.plan, self.marks = network, lessons, plan, marks
        self.rng = np.random.default_rng(plan.seed)
        self.averaged = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(plan.average))
        encoder = [p for p in network.bert.parameters() if p.requires_grad]
        rest = [*network.heads.parameters(), *network.roles.parameters()]
        self.optimizer = torch.optim.AdamW(
            [{"params": encoder, "lr": plan.rate}, {"params": rest, "lr": plan.head_rate}],
            weight_decay=plan.decay,
            betas=(0.9, 0.98),
            fused=True,
        )

    def passes(self, file: Path) -> None:
        """Run the passes; write the averaged weights to `file` after each."""
        total, done = self.plan.passes * len(self.steps()), 0
        for number in range(self.plan.stop_after):
            started, steps = time.perf_counter(), self.steps()
            losses: dict[Head, list[float]] = {head: [] for head in HEADS}
            self.network.train()
            for at, given in enumerate(steps):
                self._set_rates(_rate(done, total, self.plan.warmup))
                losses[given[0].head].append(self.learn(given))
                done += 1
                if at % 50 == 49:
                    print(
                        f"  pass {number} step {at + 1}/{len(steps)} {_means(losses)}", flush=True
                    )
            seconds = time.perf_counter() - started
            print(f"pass {number}: {seconds:.0f} s {_means(losses)}", flush=True)
            torch.save(self.averaged.module.state_dict(), file)

    def steps(self) -> list[list[Sample]]:
        """Return the steps of a pass, mixed: all, but a share of the neutral pairs."""
        plan, rng = self.plan, self.rng
        pairs = [one for one in self.lessons.pairs if one.truth or rng.random() < plan.neutral]
        found = batches(pairs, plan.tokens, rng) + batches(self.lessons.targets, plan.tokens, rng)
        for _ in range(plan.own_times):
            for head in HEADS:
                own = [one for one in self.lessons.own if one.head == head]
                found += batches(own, plan.tokens, rng) if own else []
        random.Random(int(rng.integers(1 << 30))).shuffle(found)
        return found

    def learn(self, given: Sequence[Sample]) -> float:
        """Take one step and return its loss."""
        batch = collate(given, self.marks, self.plan.mask, self.rng)
        scores = self.network(batch.head, batch.ids, batch.roles, batch.mask)
        loss = nn.functional.cross_entropy(
            scores, batch.truths, label_smoothing=self.plan.smoothing
        )
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), _LONGEST_GRADIENT)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.averaged.update_parameters(self.network)
        return float(loss.item())

    def _set_rates(self, share: float) -> None:
        peaks = self.plan.rate, self.plan.head_rate
        for group, peak in zip(self.optimizer.param_groups, peaks, strict=True):
            group["lr"] = peak * share


def _rate(step: int, total: int, warmup: float) -> float:
    """Return the share of the peak rate: a rise over `warmup` of all steps, then half a cosine."""
    done = step / total
    fallen = min(1.0, max(0.0, (done - warmup) / (1 - warmup)))
    return min(1.0, done / warmup) * (0.5 * (1 + math.cos(math.pi * fallen)) + 0.005)


def _means(losses: dict[Head, list[float]]) -> str:
    return ", ".join(f"{head} {sum(all_) / max(1, len(all_)):.3f}" for head, all_ in losses.items())
