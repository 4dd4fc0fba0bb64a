"""From learned weights to the files that ship: ONNX graphs in 8 bits, heads, what they are."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from models.train.stance.learn import LEARNED
from models.train.stance.network import CLASSES, Network
from tasks.language import stance_screen
from tasks.language.encoder import TABLES
from tasks.language.stance import LAYERS, META, SCREEN, WEIGHTS
from tasks.language.weights import Weights, read_arrays

NAME, VERSION = "stance", "stance-3"


class Encoder(nn.Module):
    """The encoder above its word embeddings."""

    def __init__(self, network: Network) -> None:
        """Take the encoder of `network`."""
        super().__init__()
        self.bert = network.bert

    def forward(self, embedded: Tensor, mask: Tensor) -> Tensor:
        """Return the vectors of word pieces, shape (rows, pieces, width)."""
        hidden: Tensor = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return hidden


def export(work: Path, minilm: Path, tables: Path, target: Path, networks: int) -> None:
    """Write the `networks` that training left in `work` to `target`, not yet calibrated.

    `tables` is the folder of the word embeddings that they will read: those of `en_demarche`.
    Raises SystemExit where they are not MiniLM's.
    """
    target.mkdir(parents=True, exist_ok=True)
    words = read_arrays(tables / TABLES, ("words", "scale"))
    for number in range(1, networks + 1):
        network = Network(minilm)
        network.load_state_dict(torch.load(work / LEARNED.format(number), map_location="cpu"))
        network.eval()
        if not _are_its_own(network, words["words"], words["scale"]):
            raise SystemExit(f"{tables} holds other word embeddings than {minilm}")
        _write_graph(network, target / LAYERS.format(number))
        _heads(network).write(target / WEIGHTS.format(number))
    nothing = np.zeros((1, 0), np.float32)  # until `screen` has taught one, all pairs pass
    Weights(dict.fromkeys(stance_screen.NEEDED, nothing)).write(target / SCREEN)
    bare = {name: {"scale": 1.0, "shift": [0.0] * len(of)} for name, of in CLASSES.items()}
    digest = sha256(words["words"].tobytes()).hexdigest()
    about = {"name": NAME, "version": VERSION, "networks": networks, "words_sha256": digest}
    (target / META).write_text(json.dumps(about | bare, indent=1), encoding="utf-8")


def set_calibration(target: Path, head: str, scale: float, shift: Sequence[float]) -> None:
    """Write the calibration of `head` to the files in `target`."""
    meta = json.loads((target / META).read_text(encoding="utf-8"))
    meta[head] = {"scale": round(scale, 3), "shift": [round(one, 3) + 0.0 for one in shift]}
    (target / META).write_text(json.dumps(meta, indent=1), encoding="utf-8")


def _are_its_own(network: Network, words: NDArray[np.int8], scale: NDArray[np.float32]) -> bool:
    """Return whether `words` times `scale` are the word embeddings of `network`, but for 8 bits."""
    table, steps = _array(network.bert.embeddings.word_embeddings.weight), scale[:, None]
    return table.shape == words.shape and bool((np.abs(table - words * steps) <= steps).all())


def _write_graph(network: Network, path: Path) -> None:
    full = path.with_suffix(".full")
    embedded = torch.randn(2, 24, network.roles.embedding_dim)
    mask = torch.ones(2, 24, dtype=torch.int64)
    mask[1, 12:] = 0
    sizes = {0: "rows", 1: "pieces"}
    torch.onnx.export(
        Encoder(network),
        (embedded, mask),
        str(full),
        input_names=["embedded", "mask"],
        output_names=["hidden"],
        dynamic_axes={"embedded": sizes, "mask": sizes, "hidden": sizes},
        dynamo=False,
        opset_version=17,
    )
    quantize_dynamic(
        str(full),
        str(path),
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul"],
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    full.unlink()


def _heads(network: Network) -> Weights:
    """Return the layers of the heads and the vectors of the roles."""
    found = Weights(roles=_array(network.roles.weight))
    for name in CLASSES:
        for key, values in network.heads[name].state_dict().items():
            found[f"{name}.{key}"] = _array(values)
    return found


def _array(values: Tensor) -> NDArray[np.float32]:
    found: NDArray[np.float32] = values.detach().float().cpu().numpy()
    return found
