"""Teach a pipeline what pronouns and definite nouns refer to.

From GUM's coreference, on the analysis that the pipeline itself makes of GUM's texts, so that
training sees the errors that use will see. Takes about two minutes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import torch
from spacy.language import Language
from spacy.tokens import Doc
from torch import Tensor, nn

from flows.evaluation.conllu import Sentence, read_conllu
from flows.evaluation.gum_coreference import gum_entities
from models.train.export import array
from tasks.language.antecedents import FEATURES, OWN, WIDTH, Pairs, own_features, pair_features
from tasks.language.antecedents import pairs as candidate_pairs
from tasks.language.phrase_heads import Heads, Kind, phrase_heads
from tasks.language.weights import Weights

HIDDEN = 96


@dataclass(frozen=True, slots=True)
class Plan:
    """How to learn: passes over all documents, peak rate, share of values dropped."""

    passes: int
    rate: float
    dropout: float


@dataclass(frozen=True, slots=True)
class Told:
    """One document: its heads, their vectors, the pairs, and which pairs corefer."""

    heads: Heads
    vectors: Tensor
    found: Pairs
    features: Tensor
    own: Tensor
    is_right: Tensor
    groups: Tensor


class Ranker(nn.Module):
    """The network of `tasks.language.antecedents`, while it learns."""

    def __init__(self, width: int, dropout: float) -> None:
        """Read vectors of `width`."""
        super().__init__()
        self.after = nn.Linear(width, WIDTH, bias=False)
        self.before = nn.Linear(width, WIDTH, bias=False)
        self.hidden = nn.Linear(FEATURES + 3 * WIDTH, HIDDEN)
        self.score = nn.Linear(HIDDEN, 1)
        self.none = nn.Linear(OWN + WIDTH, 1)
        self.dropout = nn.Dropout(dropout)

    def forward(self, one: Told) -> tuple[Tensor, Tensor]:
        """Return the scores of the pairs, and of 'none of them' for each anaphor."""
        vectors = self.dropout(one.vectors)
        after, before = self.after(vectors), self.before(vectors)
        a, c = torch.from_numpy(one.found.after), torch.from_numpy(one.found.before)
        seen = torch.cat([one.features, after[a], before[c], after[a] * before[c]], 1)
        scores = self.score(self.dropout(nn.functional.gelu(self.hidden(seen))))[:, 0]
        own = after[torch.from_numpy(one.found.anaphors)]
        return scores, self.none(torch.cat([one.own, own], 1))[:, 0]


def lost(network: Ranker, one: Told) -> Tensor:
    """Return the sum of -log of the probability of all right candidates, or of none."""
    scores, none = network(one)
    size = len(none)
    everything = _logsumexp(scores, one.groups, none)
    right = scores.masked_fill(~one.is_right, -1e4)
    has_any = torch.zeros(size, dtype=torch.bool).index_fill(0, one.groups[one.is_right], True)
    truth = _logsumexp(right, one.groups, none.masked_fill(has_any, -1e4))
    total: Tensor = (everything - truth).sum()
    return total


def _logsumexp(scores: Tensor, groups: Tensor, none: Tensor) -> Tensor:
    top = none.detach().scatter_reduce(0, groups, scores.detach(), "amax")
    sums = torch.exp(none - top).index_add(0, groups, torch.exp(scores - top[groups]))
    return sums.log() + top


def documents(path: Path) -> Iterator[list[Sentence]]:
    """Yield the sentences of each document of a treebank."""
    found: list[Sentence] = []
    for sentence in read_conllu(path):
        if sentence.starts_document and found:
            yield found
            found = []
        found.append(sentence)
    if found:
        yield found


def analysed(nlp: Language, sentences: Sequence[Sentence]) -> tuple[Doc, dict[int, str]]:
    """Return a document as the pipeline reads it, and the entity of each token that heads one."""
    words, spaces, entity = list[str](), list[bool](), dict[int, str]()
    for sentence in sentences:
        if sentence.starts_paragraph and words:
            words.append("\n\n")
            spaces.append(False)
        first = len(words)
        sizes: dict[int, int] = {}
        for one in gum_entities(sentence.words):
            if any(sentence.words[at].deprel == "conj" for at in one.core[1:]):
                continue  # 'A and B' is neither
            for at in one.core:
                if sizes.get(at, 0) < one.last + 1 - one.first:
                    sizes[at] = one.last + 1 - one.first
                    entity[first + at] = one.entity
        words.extend(word.form for word in sentence.words)
        spaces.extend(word.space_after for word in sentence.words)
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    for name, pipe in nlp.pipeline:
        if name != "antecedents":
            doc = pipe(doc)
    return doc, entity


def told(nlp: Language, sentences: Sequence[Sentence]) -> Told:
    """Return what one document tells."""
    doc, entity = analysed(nlp, sentences)
    heads = phrase_heads(doc)
    found = candidate_pairs(heads)
    of_head = [entity.get(int(token), f"alone {token}") for token in heads.token]
    is_right = [of_head[a] == of_head[c] for a, c in zip(found.after, found.before, strict=True)]
    sizes = np.diff(found.firsts)
    vectors: Any = doc.tensor
    return Told(
        heads,
        torch.from_numpy(vectors[heads.token].astype(np.float32)),
        found,
        torch.from_numpy(pair_features(heads, found.after, found.before)),
        torch.from_numpy(own_features(heads, found.anaphors)),
        torch.tensor(is_right, dtype=torch.bool),
        torch.from_numpy(np.repeat(np.arange(len(sizes)), sizes)),
    )


def teach(train: Sequence[Told], plan: Plan, seed: int) -> Ranker:
    """Return a network that learned from the documents `train`."""
    torch.set_num_threads(1)  # products this small are slower on two
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    network = Ranker(train[0].vectors.shape[1], plan.dropout)
    optimizer = torch.optim.AdamW(network.parameters(), lr=plan.rate, weight_decay=0.01)
    total = plan.passes * len(train)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, plan.rate, total)
    for number in range(plan.passes):
        summed = 0.0
        for at in rng.permutation(len(train)):
            if not len(train[at].found.anaphors):
                continue
            loss = lost(network, train[at])
            (loss / len(train[at].found.anaphors)).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            schedule.step()
            summed += float(loss.detach())
        anaphors = sum(len(one.found.anaphors) for one in train)
        print(f"antecedents {number}: {summed / anaphors:.4f}", flush=True)
    network.eval()
    return network


def accuracy(network: Ranker, dev: Sequence[Told]) -> dict[str, tuple[int, int, int]]:
    """Return (right links, links made, links there are) of pronouns and of nouns, best first."""
    counts = {"pronoun": np.zeros(3, int), "noun": np.zeros(3, int)}
    for one in dev:
        with torch.no_grad():
            scores, none = network(one)
        for number, anaphor in enumerate(one.found.anaphors):
            cut = slice(int(one.found.firsts[number]), int(one.found.firsts[number + 1]))
            kind = "noun" if one.heads.kind[anaphor] == Kind.NOUN else "pronoun"
            right = one.is_right[cut]
            best = int(scores[cut].argmax()) if len(right) else 0
            is_made = bool(len(right)) and bool(scores[cut][best] > none[number])
            counts[kind] += (is_made and bool(right[best]), is_made, bool(right.any()))
    return {kind: tuple(map(int, found)) for kind, found in counts.items()}  # type: ignore[misc]


def weights(network: Ranker) -> Weights:
    """Return the weights as the component takes them."""
    return Weights({name: array(value) for name, value in network.state_dict().items()})


def extend(data: Path, target: Path, plan: Plan, seed: int) -> None:
    """Teach the pipeline in `target` and write what it learned there."""
    nlp = spacy.load(target, exclude=["antecedents"])
    train, dev = (
        [told(nlp, one) for one in documents(data / f"syntax/gum-{part}.conllu")]
        for part in ("train", "dev")
    )
    network = teach(train, plan, seed)
    print(f"antecedents, GUM dev (right, made, there are): {accuracy(network, dev)}", flush=True)
    pipe: Any = nlp.add_pipe("demarche_antecedents", name="antecedents")
    pipe.learned(weights(network))
    nlp.to_disk(target, exclude=["encoder"])
