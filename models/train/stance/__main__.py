"""`python -m models.train.stance --data PATH`: from marked sentences to `models/stance/`."""

import argparse
import tomllib
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

import models
from flows.evaluation.stance import metrics
from models.train.given import check, minilm_folder
from models.train.stance.batches import Marks
from models.train.stance.calibrate import calibrate
from models.train.stance.export import export
from models.train.stance.learn import LEARNED, Lessons, Plan, Teacher
from models.train.stance.network import Network
from models.train.stance.samples import marked_files, of_all, own
from tasks.language.stance import StanceModel

HERE = Path(__file__).parent
DEV = "newsmtsc-rw-dev", "newsmtsc-mt-dev", "directed-dev"


def main() -> None:
    """Read, teach, export, calibrate, measure."""
    asked = _arguments()
    settings = tomllib.loads(asked.plan.read_text(encoding="utf-8"))
    check(HERE, asked.data, asked.encoder)
    plans = [Plan(**(settings["teach"] | one)) for one in settings["networks"]]
    if not asked.export_only:
        teach(asked.data, asked.encoder, asked.work, plans, asked.limit)
    tables = models.folder() / "encoder"
    export(asked.work, asked.encoder, tables, asked.target, len(plans))
    calibrate(asked.target, tables, marked_files(asked.data, *DEV))
    _measure(asked.data, StanceModel(asked.target, tables))
    print(f"written: {asked.target}")


def teach(
    data: Path, minilm: Path, work: Path, plans: Sequence[Plan], limit: int | None = None
) -> None:
    """Teach a network by each plan, on `data` and our own sentences; writes weights to `work`.

    With a `limit`, on so many samples of each kind alone: to see that it runs.
    """
    tokenizer = Tokenizer.from_file(str(minilm / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    lessons = Lessons(
        pairs=of_all(marked_files(data, "directed-train"), tokenizer)[:limit],
        targets=of_all(marked_files(data, "newsmtsc-train"), tokenizer)[:limit],
        own=of_all(own(held_out=False), tokenizer)[:limit],
    )
    counts = len(lessons.pairs), len(lessons.targets), len(lessons.own)
    print(f"{counts[0]} pairs, {counts[1]} targets, {counts[2]} of our own", flush=True)
    vocabulary = tokenizer.get_vocab()
    marks = Marks(*(vocabulary[mark] for mark in ("[CLS]", "[SEP]", "[MASK]")))
    work.mkdir(parents=True, exist_ok=True)
    for number, plan in enumerate(plans, start=1):
        print(f"network {number}: {plan}", flush=True)
        torch.manual_seed(plan.seed)
        network = Network(minilm, plan.dropout, plan.head_dropout)
        Teacher(network, lessons, plan, marks).passes(work / LEARNED.format(number))


def _measure(data: Path, model: StanceModel) -> None:
    """Print how well `model` reads the development parts and our sentences that are held out."""
    kinds = "our own, pairs", "our own, targets"
    files = [*marked_files(data, *DEV), *own(held_out=True)]
    for name, file in zip((*DEV, *kinds), files, strict=True):
        found = metrics(file, model)
        shown = ", ".join(f"{key} {found[key]}" for key in ("accuracy", "macro_f1", "ece"))
        print(f"{name} ({len(file.rows)} rows): {shown}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m models.train.stance", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--encoder", type=Path, help="folder of MiniLM; default: the package's")
    parser.add_argument(
        "--work", type=Path, default=Path("train-work/stance"), help="folder to work in"
    )
    parser.add_argument(
        "--target", type=Path, default=models.stance_folder(), help="folder to write to"
    )
    parser.add_argument("--plan", type=Path, default=HERE / "plan.toml", help="how to learn")
    parser.add_argument("--limit", type=int, help="teach so many of each kind, to see that it runs")
    parser.add_argument(
        "--export-only", action="store_true", help="write what an earlier call left in WORK"
    )
    asked = parser.parse_args()
    asked.encoder = asked.encoder or minilm_folder()
    return asked


if __name__ == "__main__":
    main()
