"""From learned weights to the files that ship: an ONNX graph in 8 bits, tables, components."""

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import spacy
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from tokenizers import Tokenizer
from torch import Tensor, nn

from models.train.network import Network, Sizes
from models.train.skeleton import WIDTH
from tasks.language import encoder as runtime
from tasks.language.tokens import blank_english
from tasks.language.vectors import NAME as VECTORS
from tasks.language.weights import Weights

META = {
    "name": "demarche",
    "version": "1.0.0",
    "description": "English for news: MiniLM fine-tuned for syntax and names, run by ONNX Runtime",
    "author": "demarche",
    "license": "CC BY-SA 4.0",
}


@dataclass(frozen=True, slots=True)
class Learned:
    """What training wrote to its work folder."""

    network: Network
    skeleton: Language
    relations: tuple[str, ...]


def learned(work: Path, minilm: Path) -> Learned:
    """Read what training wrote to `work`."""
    stored = json.loads((work / "sizes.json").read_text(encoding="utf-8"))
    relations = tuple(stored.pop("relation_names"))
    network = Network(minilm, Sizes(**stored))
    network.load_state_dict(torch.load(work / "network.pt", map_location="cpu"))
    return Learned(network.eval(), spacy.load(work / "skeleton"), relations)


def export(
    work: Path,
    minilm: Path,
    target: Path,
    *,
    style: int = 0,
    outside: float = 0.0,
    floating: Iterable[str] = (),
) -> None:
    """Write what training left in `work` as a spaCy pipeline to `target`.

    `style` is the manner of labelling names (0: that of all clean corpora), `outside` what is
    added to the score of no name, `floating` parts of the names of layers that are not quantised.
    """
    found = learned(work, minilm)
    nlp = blank_english()
    nlp.meta.update(META)
    nlp.add_pipe("demarche_encoder", name="encoder")
    _add_softmax(nlp, found, "demarche_senter", "senter", found.network.senter)
    _add_softmax(nlp, found, "tagger", "tagger", found.network.tagger)
    _add_softmax(nlp, found, "morphologizer", "morphologizer", found.network.morphologizer)
    parser: Any = nlp.add_pipe("demarche_parser", name="parser")
    parser.learned(found.relations, _parser_weights(found.network))
    _add_softmax(nlp, found, "demarche_lemmatizer", "lemmatizer", found.network.lemmatizer)
    ruler: Any = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"IS_SPACE": True}]], {"TAG": "_SP", "POS": "SPACE", "MORPH": ""})
    ner: Any = nlp.add_pipe("demarche_names", name="ner")
    ner.learned(_name_weights(found.network, style, outside))
    shutil.rmtree(target, ignore_errors=True)
    nlp.to_disk(target, exclude=["encoder"])
    write_encoder(found.network, minilm, target / "encoder", tuple(floating))


def _add_softmax(nlp: Language, found: Learned, factory: str, name: str, layer: nn.Linear) -> None:
    """Add one of spaCy's components, with the labels of the skeleton and the learned layer."""
    model = {
        "@architectures": "spacy.Tagger.v2",
        "tok2vec": {"@architectures": VECTORS, "width": WIDTH},
        "nO": layer.out_features,
        "normalize": False,
    }
    pipe: Any = nlp.add_pipe(factory, name=name, config={"model": model})
    given = {}
    if name != "senter":
        given = {"labels": found.skeleton.get_pipe(name).label_data}  # type: ignore[attr-defined]
    bare = Doc(nlp.vocab, words=["It", "is", "."])
    bare.tensor = np.zeros((3, WIDTH), dtype="float32")
    gold = Doc(
        nlp.vocab,
        words=["It", "is", "."],
        lemmas=["it", "be", "."],
        tags=["PRP", "VBZ", "."],
        sent_starts=[True, False, False],
        pos=["PRON", "AUX", "PUNCT"],
    )
    pipe.initialize(lambda: [Example(bare, gold)], nlp=nlp, **given)
    if name == "lemmatizer":
        own: Any = found.skeleton.get_pipe(name)
        pipe.cfg["known"] = own.cfg["known"]
    output = pipe.model.get_ref("output_layer")
    output.set_param("W", layer.weight.detach().numpy())
    output.set_param("b", layer.bias.detach().numpy())


def _parser_weights(network: Network) -> Weights:
    own = {name: array(value) for name, value in network.parser.state_dict().items()}
    return Weights(own)


def _name_weights(network: Network, style: int, outside: float) -> Weights:
    weights = Weights(
        {
            "hidden.weight": array(network.name_hidden.weight),
            "hidden.bias": array(network.name_hidden.bias + network.name_corpus.weight[style]),
            "tags.weight": array(network.name_tags.weight),
            "tags.bias": array(network.name_tags.bias),
        }
    )
    weights["tags.bias"][0] += outside
    return weights


def array(values: Tensor) -> Any:
    """Return `values` as a NumPy array of single precision."""
    return values.detach().float().cpu().numpy()


class Layers(nn.Module):
    """The encoder above its word embeddings, for one window."""

    def __init__(self, network: Network) -> None:
        """Take the encoder of `network`."""
        super().__init__()
        self.bert = network.encoder.bert

    def forward(self, embedded: Tensor) -> Tensor:
        """Return the vectors of word pieces."""
        hidden: Tensor = self.bert(inputs_embeds=embedded).last_hidden_state
        return hidden


def write_encoder(network: Network, minilm: Path, folder: Path, floating: tuple[str, ...]) -> None:
    """Write the files of `demarche_encoder` to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    full = folder / "full.onnx"
    torch.onnx.export(
        Layers(network),
        (torch.randn(1, 24, WIDTH),),
        str(full),
        input_names=["embedded"],
        output_names=["hidden"],
        dynamic_axes={"embedded": {1: "pieces"}, "hidden": {1: "pieces"}},
        dynamo=False,
        opset_version=17,
    )
    kept = [
        node.name
        for node in onnx.load(str(full)).graph.node
        if node.op_type == "MatMul" and any(part in node.name for part in floating)
    ]
    quantize_dynamic(
        str(full),
        str(folder / runtime.GRAPH),
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul"],
        nodes_to_exclude=kept,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    full.unlink()
    table = array(network.encoder.bert.embeddings.word_embeddings.weight)
    scale = np.abs(table).max(1) / 127
    np.savez(
        folder / runtime.TABLES,
        words=np.round(table / scale[:, None]).astype(np.int8),
        scale=scale.astype(np.float32),
        case=array(network.encoder.case.weight),
        spacing=array(network.encoder.spacing.weight),
    )
    tokenizer = Tokenizer.from_file(str(minilm / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(folder / runtime.TOKENIZER), pretty=False)
