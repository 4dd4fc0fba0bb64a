"""Measure demarche against data that people marked."""

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Json
from flows.cli.output import neutral

TASKS = ("extraction",)


def evaluate(
    task: Annotated[str, typer.Argument(metavar="TASK", help="What to measure: extraction.")],
    data: Annotated[
        Path, typer.Option("--data", metavar="PATH", help="Folder of the marked data.")
    ],
    as_json: Json = False,
) -> None:
    """Measure how well TASK is done on data that people marked; figures in per cent.

    extraction: main text on pages, by runs of four words shared with the text marked on them.

    Example: demarche evaluate extraction --data articles/html-extraction --json
    """
    if task not in TASKS:
        raise typer.BadParameter(
            f"there is no '{task}'; measured are: {', '.join(TASKS)}", param_hint="TASK"
        )
    from flows.evaluation import extraction
    from tasks.extract.annotate import MODEL_VERSION

    started = time.perf_counter()
    items, metrics = extraction.evaluate(data)
    result = {
        "task": task,
        "data": str(data),
        "items": items,
        "model_version": MODEL_VERSION,
        "seconds": round(time.perf_counter() - started, 2),
        "metrics": metrics,
    }
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
        return
    print(neutral(f"{task} on {items} items of {data}, {result['seconds']} s, in per cent:"))
    for metric, value in metrics.items():
        print(f"{metric:<10} {value:6.2f}")
