"""Weights of a component's own layers, kept as one NumPy archive."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from spacy.pipeline import Pipe
from thinc.api import NumpyOps

from tasks.language.errors import LanguageError
from tasks.language.files import read_file

Floats = NDArray[np.float32]

_OPS = NumpyOps()
_FILE = "weights.npz"


class Weights(dict[str, Floats]):
    """Arrays by name; a layer `x` has `x.weight`, shape (out, in), and `x.bias`."""

    def linear(self, layer: str, vectors: Floats) -> Floats:
        """Return `vectors`, shape (n, in), through a linear layer, shape (n, out)."""
        found: Floats = vectors @ self[f"{layer}.weight"].T
        found += self[f"{layer}.bias"]
        return found

    def gelu(self, layer: str, vectors: Floats) -> Floats:
        """Return the same through a linear layer and GELU (Hendrycks and Gimpel 2016)."""
        activated: Floats = _OPS.gelu(self.linear(layer, vectors))
        return activated

    def write(self, path: Path) -> None:
        """Write all arrays to `path`, in half precision."""
        halves: dict[str, Any] = {name: array.astype(np.float16) for name, array in self.items()}
        np.savez(path, **halves)

    @classmethod
    def read(cls, path: Path, needed: Iterable[str]) -> "Weights":
        """Read them; raises LanguageError that names `path` where it is missing or damaged."""
        arrays = read_arrays(path, needed)
        return cls({name: array.astype(np.float32) for name, array in arrays.items()})


class WeightedPipe(Pipe):
    """A component whose weights are one archive in its folder; `needed` names what it must hold."""

    needed: ClassVar[tuple[str, ...]] = ()

    def __init__(self, name: str) -> None:
        """Make a component without weights; `from_disk` brings them."""
        self.name = name
        self._weights = Weights()

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:  # noqa: ARG002
        """Read the weights from the folder `path`; raises LanguageError."""
        self._weights = Weights.read(Path(path) / _FILE, self.needed)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Write the weights to the folder `path`."""
        Path(path).mkdir(parents=True, exist_ok=True)
        self._weights.write(Path(path) / _FILE)

    def learned(self, weights: Weights) -> None:
        """Take what training found."""
        self._weights = weights


def read_arrays(path: Path, needed: Iterable[str]) -> dict[str, NDArray[Any]]:
    """Return the arrays of a NumPy archive; raises LanguageError that names `path`."""
    arrays = read_file(path, _arrays)
    if lacking := sorted(set(needed) - set(arrays)):
        raise LanguageError(f"{path} lacks {lacking[0]}; install demarche again")
    return arrays


def _arrays(path: Path) -> dict[str, NDArray[Any]]:
    with path.open("rb") as file, np.load(file) as stored:  # NumPy leaves a damaged file open
        return {name: stored[name] for name in stored.files}
