"""The network while it learns: MiniLM with roles added to its word embeddings, and two heads."""

from pathlib import Path

import torch
from torch import Tensor, nn

from models.train.network import Dropout, minilm
from tasks.language.stance import BETWEEN, HEADS, TOWARDS, Head

HIDDEN = 256
"""Width of the hidden layer of a head."""
ROLES = 3
"""No party, holder, target."""
CLASSES: dict[Head, tuple[str, ...]] = {"between": BETWEEN, "towards": TOWARDS}


class Layers(nn.Module):
    """Two layers above the vectors of the mark and the parties."""

    def __init__(self, width: int, classes: int, dropout: float) -> None:
        """Read vectors of `width` and tell `classes` apart."""
        super().__init__()
        self.hidden = nn.Linear(width, HIDDEN)
        self.out = nn.Linear(HIDDEN, classes)
        self.dropout = Dropout(dropout)

    def forward(self, vectors: Tensor) -> Tensor:
        """Return the scores of the classes, shape (samples, classes)."""
        hidden = nn.functional.gelu(self.hidden(self.dropout(vectors)))
        scores: Tensor = self.out(self.dropout(hidden))
        return scores


class Network(nn.Module):
    """Encoder, roles and heads."""

    def __init__(self, folder: Path, dropout: float = 0.0, head_dropout: float = 0.0) -> None:
        """Start from the encoder in `folder`; its word embeddings stay as they are."""
        super().__init__()
        self.bert = minilm(folder, dropout=dropout)
        width = self.bert.config.hidden_size
        self.roles = nn.Embedding(ROLES, width)
        nn.init.normal_(self.roles.weight, 0, 0.02)
        self.heads = nn.ModuleDict(
            {
                name: Layers(width * (1 + len(HEADS[name])), len(classes), head_dropout)
                for name, classes in CLASSES.items()
            }
        )

    def forward(self, head: Head, ids: Tensor, roles: Tensor, mask: Tensor) -> Tensor:
        """Return the scores of the classes of `head`; the rest has shape (samples, pieces)."""
        embedded = self.bert.embeddings.word_embeddings(ids) + self.roles(roles)
        vectors = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        read = [vectors[:, 0], *(_mean(vectors, roles == party) for party in HEADS[head])]
        scores: Tensor = self.heads[head](torch.cat(read, -1))
        return scores


def _mean(vectors: Tensor, inside: Tensor) -> Tensor:
    """Return the mean of the vectors `inside`, shape (samples, width); zeros where none is."""
    weights = inside.unsqueeze(-1).to(vectors.dtype)
    return (vectors * weights).sum(1) / weights.sum(1).clamp(min=1)
