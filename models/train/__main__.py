"""`python -m models.train --data PATH`: from public data to `models/en_demarche/`."""

import argparse
import json
import random
import tomllib
from dataclasses import asdict
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

import models
from models.train import antecedents, corpora, names, skeleton
from models.train.corpora import Sample
from models.train.export import export, write_encoder
from models.train.given import check, minilm_folder
from models.train.learn import CORPORA, Plan, Teacher
from models.train.network import Network, Sizes
from models.train.refit import WINDOW, Refit, refit
from models.train.skeleton import WIDTH
from tasks.language.encoder import Encoder
from tasks.language.features import word_pieces

HERE = Path(__file__).parent


def main() -> None:
    """Read, teach, export."""
    asked = _arguments()
    settings = tomllib.loads(asked.plan.read_text(encoding="utf-8"))
    check(HERE, asked.data, asked.encoder)
    if not asked.export_only:
        plan = Plan(seed=settings["seed"], **settings["teach"])
        refitted = Refit(**settings["refit"])
        teach(asked.data, asked.encoder, asked.work, plan, refitted)
    export(asked.work, asked.encoder, asked.target, **settings["export"])
    antecedents.extend(
        asked.data, asked.target, antecedents.Plan(**settings["antecedents"]), settings["seed"]
    )
    print(f"written: {asked.target}")


def teach(data: Path, minilm: Path, work: Path, plan: Plan, refitted: Refit) -> None:
    """Teach the network on `data`; writes its weights, labels and sizes to `work`."""
    torch.manual_seed(plan.seed)
    random.seed(plan.seed)
    np.random.seed(plan.seed)  # spaCy and thinc draw from it
    names.check()
    tokenizer = Tokenizer.from_file(str(minilm / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    samples = read(data, tokenizer, plan)
    bare = skeleton.build(samples)
    truths = skeleton.truths(bare, samples)
    sizes = Sizes(
        tags=len(bare.labels("tagger")),
        morphs=len(bare.labels("morphologizer")),
        lemmas=len(bare.labels("lemmatizer")),
        relations=len(bare.relations),
        corpora=1 + len(CORPORA),
    )
    work.mkdir(parents=True, exist_ok=True)
    bare.nlp.to_disk(work / "skeleton")
    (work / "sizes.json").write_text(
        json.dumps(asdict(sizes) | {"relation_names": bare.relations}), encoding="utf-8"
    )
    print(f"{len(samples)} sentences; {sizes}; {plan}", flush=True)
    vocabulary = tokenizer.get_vocab()
    marks = vocabulary["[CLS]"], vocabulary["[SEP]"]
    teacher = Teacher(Network(minilm, sizes), samples, truths, plan, marks)
    teacher.passes(work)
    network = teacher.averaged.module.cpu().eval()
    write_encoder(network, minilm, work / "encoder", ())
    shipped = Encoder("encoder", width=WIDTH, window=WINDOW, overlap=24)
    shipped.from_disk(work / "encoder")
    refit(network, shipped, samples, truths, refitted, plan.seed)
    torch.save(network.state_dict(), work / "network.pt")


def read(data: Path, tokenizer: Tokenizer, plan: Plan) -> list[Sample]:
    """Return all sentences that train, with their word pieces."""
    ner = data / "ner"
    samples = list(
        chain(
            corpora.treebank(data / "syntax/ewt-train.conllu", "ewt"),
            corpora.treebank(data / "syntax/gum-train.conllu", "gum"),
            corpora.name_corpus(ner / "wikigold.conll.txt", "wikigold", is_shuffled=False),
            corpora.name_corpus(ner / "crossner-politics-train.txt", "crossner", is_shuffled=True),
            corpora.gmb(ner / "gmb.jsonl", 1.0, plan.seed),
        )
    )
    for one in samples:
        one.pieces, one.counts = word_pieces(tokenizer, one.words)
    return samples


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m models.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--encoder", type=Path, help="folder of MiniLM; default: the package's")
    parser.add_argument("--work", type=Path, default=Path("train-work"), help="folder to work in")
    parser.add_argument("--target", type=Path, default=models.folder(), help="folder to write to")
    parser.add_argument("--plan", type=Path, default=HERE / "plan.toml", help="how to learn")
    parser.add_argument(
        "--export-only", action="store_true", help="write what an earlier call left in WORK"
    )
    asked = parser.parse_args()
    asked.encoder = asked.encoder or minilm_folder()
    return asked


if __name__ == "__main__":
    main()
