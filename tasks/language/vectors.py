"""The layer through which spaCy's own components read the word vectors of the encoder."""

from collections.abc import Callable
from typing import Any

from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Model
from thinc.types import Floats2d

NAME = "demarche.DocVectors.v1"


@registry.architectures(NAME)  # type: ignore[untyped-decorator]  # catalogue declares no types
def doc_vectors(width: int) -> Model[list[Doc], list[Floats2d]]:
    """Return a layer that gives `doc.tensor`, shape (tokens, `width`); it learns nothing."""
    return Model("doc_vectors", _forward, dims={"nO": width})


def _forward(
    model: Model[list[Doc], list[Floats2d]],
    docs: list[Doc],
    is_train: bool,  # noqa: ARG001  # thinc calls it so
) -> tuple[list[Floats2d], Callable[[list[Floats2d]], list[Doc]]]:
    width = model.get_dim("nO")
    empty = model.ops.alloc2f(0, width)
    vectors: list[Any] = [doc.tensor if len(doc) else empty for doc in docs]
    return vectors, lambda _: []
