"""The network while it learns: one encoder, a vector a word, and the heads of all components.

The parser is the deep biaffine one of Dozat and Manning (2017), without tags as input.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from transformers import BertModel

from tasks.language.features import Case, Spacing
from tasks.language.labels import TAGS

ARC, RELATION, NAME = 256, 96, 256
"""Widths of the parser's two layers and of the hidden layer for names."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many classes each head tells apart."""

    tags: int
    morphs: int
    lemmas: int
    relations: int
    corpora: int


class Dropout(nn.Module):
    """Dropout whose mask is drawn as bytes: on a CPU, five times as fast as PyTorch's own."""

    def __init__(self, share: float) -> None:
        """Drop a `share` of the values."""
        super().__init__()
        self.share = share

    def forward(self, values: Tensor) -> Tensor:
        """Return `values` with a share of them zero and the others scaled up."""
        if not self.training or self.share == 0:
            return values
        if values.is_cuda:
            return nn.functional.dropout(values, self.share)
        drawn = np.frombuffer(_RNG.bytes(values.numel()), dtype=np.uint8)
        kept = torch.from_numpy(drawn >= round(256 * self.share)).view(values.shape)
        return values * kept * (1 / (1 - self.share))


_RNG = np.random.Generator(np.random.SFC64(20261126))


def minilm(folder: Path, *, dropout: float) -> BertModel:
    """Return MiniLM from `folder` with our dropout; its word embeddings do not learn."""
    bert = BertModel.from_pretrained(
        folder,
        add_pooling_layer=False,
        attention_probs_dropout_prob=0.0,
        hidden_dropout_prob=0.0,
        attn_implementation="eager",
    )
    for module in list(bert.modules()):
        if hasattr(module, "LayerNorm"):
            module.dropout = Dropout(dropout)
    bert.embeddings.word_embeddings.weight.requires_grad_(False)
    return bert


class Encoder(nn.Module):
    """MiniLM with case and spacing added to its word embeddings."""

    def __init__(self, folder: Path) -> None:
        """Start from the weights in `folder`; word embeddings stay as they are."""
        super().__init__()
        self.bert = minilm(folder, dropout=0.1)
        self.width: int = self.bert.config.hidden_size
        self.case = nn.Embedding(len(Case), self.width)
        self.spacing = nn.Embedding(len(Spacing), self.width)
        nn.init.zeros_(self.case.weight)
        nn.init.zeros_(self.spacing.weight)

    def forward(self, pieces: Tensor, case: Tensor, spacing: Tensor, mask: Tensor) -> Tensor:
        """Return the vectors of word pieces, shape (windows, pieces, width)."""
        embedded = self.bert.embeddings.word_embeddings(pieces)
        embedded = embedded + self.case(case) + self.spacing(spacing)
        hidden: Tensor = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return hidden


class Biaffine(nn.Module):
    """Scores of every word as the head of every other, and of each relation of an arc."""

    def __init__(self, width: int, relations: int) -> None:
        """Read vectors of `width` and tell `relations` apart."""
        super().__init__()
        self.root = nn.Parameter(torch.zeros(width))
        self.arc_child = nn.Linear(width, ARC)
        self.arc_head = nn.Linear(width, ARC)
        self.relation_child = nn.Linear(width, RELATION)
        self.relation_head = nn.Linear(width, RELATION)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.relation = nn.Parameter(torch.zeros(relations, RELATION + 1, RELATION + 1))
        self.dropout = Dropout(0.33)
        nn.init.xavier_uniform_(self.arc)

    def arcs(self, words: Tensor) -> Tensor:
        """Return scores of shape (windows, children, 1 + heads); column 0 is the root.

        `words` has shape (windows, words, width).
        """
        child = self.dropout(nn.functional.gelu(self.arc_child(words)))
        heads = self.dropout(nn.functional.gelu(self.arc_head(self._with_root(words))))
        return with_one(child) @ self.arc @ heads.transpose(1, 2)

    def relations(self, words: Tensor, heads: Tensor) -> Tensor:
        """Return scores of shape (windows, words, relations), given 1-based `heads`."""
        child = self.dropout(nn.functional.gelu(self.relation_child(words)))
        head = self.dropout(nn.functional.gelu(self.relation_head(self._with_root(words))))
        chosen = torch.gather(head, 1, heads.unsqueeze(-1).expand(-1, -1, RELATION))
        left = torch.einsum("bni,rij->bnrj", with_one(child), self.relation.to(child.dtype))
        return torch.einsum("bnrj,bnj->bnr", left, with_one(chosen))

    def _with_root(self, words: Tensor) -> Tensor:
        root = self.root.to(words.dtype).expand(len(words), 1, -1)
        return torch.cat([root, words], dim=1)


def with_one(vectors: Tensor) -> Tensor:
    """Return `vectors` with a 1 appended, so that a product has linear terms."""
    return nn.functional.pad(vectors, (0, 1), value=1.0)


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, folder: Path, sizes: Sizes) -> None:
        """Start from the encoder in `folder`, with heads of these `sizes`."""
        super().__init__()
        self.encoder = Encoder(folder)
        width = self.encoder.width
        self.dropout = Dropout(0.2)
        self.tagger = nn.Linear(width, sizes.tags)
        self.morphologizer = nn.Linear(width, sizes.morphs)
        self.lemmatizer = nn.Linear(width, sizes.lemmas)
        self.senter = nn.Linear(width, 2)
        self.parser = Biaffine(width, sizes.relations)
        self.name_hidden = nn.Linear(width, NAME)
        self.name_corpus = nn.Embedding(sizes.corpora, NAME)
        self.name_tags = nn.Linear(NAME, len(TAGS))
        nn.init.zeros_(self.name_corpus.weight)

    def words(
        self,
        pieces: Tensor,
        case: Tensor,
        spacing: Tensor,
        mask: Tensor,
        owners: Tensor,
        longest: int,
    ) -> Tensor:
        """Return the vectors of words, the mean of their pieces, shape (windows, words, width).

        `owners` gives the word of each piece, `longest` where the piece is padding.
        """
        hidden = self.encoder(pieces, case, spacing, mask).float()
        index = owners.unsqueeze(-1)
        sums = hidden.new_zeros(len(pieces), longest + 1, hidden.shape[-1])
        sums.scatter_add_(1, index.expand_as(hidden), hidden)
        counts = hidden.new_zeros(len(pieces), longest + 1, 1)
        counts.scatter_add_(1, index, torch.ones_like(index, dtype=hidden.dtype))
        return (sums / counts.clamp(min=1))[:, :longest]

    def name_scores(self, words: Tensor, corpus: Tensor) -> Tensor:
        """Return the scores of the tags of names, in the manner of `corpus` (0: any)."""
        hidden = self.name_hidden(words) + self.name_corpus(corpus).unsqueeze(1)
        scores: Tensor = self.name_tags(self.dropout(nn.functional.gelu(hidden)))
        return scores
