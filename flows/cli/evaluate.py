"""Measure demarche against data that people marked."""

import json
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.cli.options import Json
from flows.cli.output import Format, neutral, show_records

TASKS = (
    "extraction",
    "syntax",
    "ner",
    "entities",
    "statements",
    "stance",
    "time",
    "events",
    "timeline",
)
TABLES = {
    "per_label": "label",
    "by_kind": "kind",
    "per_class": "class",
    "per_type": "type",
    "per_category": "marked",
    "per_entity": "entity",
}
"""Figures that are shown as a table, and what its first column is called."""


def evaluate(
    task: Annotated[
        str,
        typer.Argument(
            metavar="TASK",
            help=f"What to measure: {', '.join(TASKS[:-1])} or {TASKS[-1]}.",
        ),
    ],
    data: Annotated[
        Path, typer.Option("--data", metavar="PATH", help="Marked data: a folder, or a file of it.")
    ],
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            metavar="NAME",
            help=(
                "A spaCy pipeline, name or folder; for stance, the folder of a classifier; "
                "default demarche's."
            ),
            show_default=False,
        ),
    ] = None,
    labels: Annotated[
        list[str] | None,
        typer.Option(
            "--labels",
            metavar="SET",
            help=(
                "For ner, the labels to compare: coarse, conll, crossner, re3d, demarche or "
                "ontonotes, by default the one that fits the file; or LABEL=COMMON for one label "
                "of file or model, nothing after = leaving it out; may be given more than once."
            ),
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Measure how well TASK is done on data that people marked; figures in per cent.

    extraction: main text on pages, by runs of four words shared with the text marked on them.

    syntax: parts of speech, lemmas, dependencies and sentences, on CoNLL-U files, as in CoNLL 2018.

    ner: names, exact span and label, on BIO files.

    entities: mentions and which are the same entity's, on files of MEANTIME and GUM.

    statements: who said what, by source, cue and content, on brat files as PolNeAR has them.

    stance: for or against a marked target, or a pair, on JSONL as in NewsMTSC or the directed set.

    time: expressions of time, by extent, type and value, on TimeML files or MEANTIME's.

    events: who did what to whom, by actor, target, category and quad class, on records of PLOVER.

    timeline: what happened to an entity, by order and date, on a folder of SemEval-2015 task 4.

    Example: demarche evaluate ner --data wikigold.conll.txt --labels conll --json
    """
    _check(task, model, labels)
    started = time.perf_counter()
    items, metrics, version = _measured(task, data, model, labels or [])
    result = {
        "task": task,
        "data": str(data),
        "items": items,
        "model_version": version,
        "seconds": round(time.perf_counter() - started, 2),
        "metrics": metrics,
    }
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
        return
    print(neutral(f"{task} on {items} items of {data}, {result['seconds']} s, in per cent:"))
    _show(metrics)


def _check(task: str, model: str | None, labels: list[str] | None) -> None:
    """Raise BadParameter for an unknown task, and for an option of another one."""
    if task not in TASKS:
        raise typer.BadParameter(
            f"there is no '{task}'; measured are: {', '.join(TASKS)}", param_hint="TASK"
        )
    if model is not None and task == "extraction":
        raise typer.BadParameter("extraction has no model", param_hint="--model")
    if labels and task != "ner":
        raise typer.BadParameter(f"{task} has no labels of names", param_hint="--labels")


def _measured(
    task: str, data: Path, model: str | None, labels: list[str]
) -> tuple[int, dict[str, Any], str]:
    """Return how many items there are, the metrics, and the version of what was measured."""
    if task == "extraction":
        from flows.evaluation import extraction
        from tasks.extract.annotate import RULES

        return *extraction.evaluate(data), RULES
    if task in ("entities", "statements", "events", "timeline"):
        return _extracted(task, data, model)
    if task == "stance":
        return _classified(data, model)
    if task == "time":
        return _timed(data, model)
    from flows.evaluation import ner, syntax
    from tasks.language import language_version, load_language

    nlp = load_language(model, as_is=True)
    measured: tuple[int, dict[str, Any]] = (
        syntax.evaluate(data, nlp) if task == "syntax" else ner.evaluate(data, nlp, labels=labels)
    )
    return *measured, language_version(nlp)


def _extracted(task: str, data: Path, model: str | None) -> tuple[int, dict[str, Any], str]:
    """Measure rows of the tables, as any article gets them."""
    from flows.evaluation import attributions, entities, events, statements, timelines
    from tasks.extract.annotate import Annotator

    annotator = Annotator(model=model)
    measured: tuple[int, dict[str, Any]]
    if task == "entities":
        measured = entities.evaluate(data, lambda article: annotator.annotate(article).mentions)
    elif task == "statements":
        measured = statements.evaluate(
            data, lambda article: attributions.stated(annotator.annotate(article).statements)
        )
    elif task == "events":
        measured = events.evaluate(data, annotator.annotate, annotator.registry)
    else:
        measured = timelines.evaluate(data, annotator.annotate)
    return *measured, annotator.model_version


def _timed(data: Path, model: str | None) -> tuple[int, dict[str, Any], str]:
    """Measure the expressions of time alone: one step of what any article gets."""
    from flows.evaluation import times
    from tasks.extract.document import Document
    from tasks.extract.times import find_time_expressions
    from tasks.language import language_version, load_language, make_doc

    nlp = load_language(model)
    measured: tuple[int, dict[str, Any]] = times.evaluate(
        data, lambda one: find_time_expressions(Document.of(one, make_doc(nlp, one.text)))
    )
    return *measured, language_version(nlp)


def _classified(data: Path, model: str | None) -> tuple[int, dict[str, Any], str]:
    """Measure the classifier of stances, demarche's or the one in the folder `model`."""
    from flows.evaluation import stance
    from tasks.language.stance import load_stance_model

    classifier = load_stance_model(None if model is None else Path(model))
    return *stance.evaluate(data, classifier), classifier.version


def _show(metrics: dict[str, Any]) -> None:
    """Print `metrics`, one a line, and those by label, kind or class as tables; file by file."""
    by_file = metrics.get("by_file", {})
    for name, of_file in by_file.items():
        print(f"\n{neutral(name)}")
        _show(of_file)
    if by_file:
        return
    plain = {name: value for name, value in metrics.items() if name not in TABLES}
    width = max(10, *map(len, plain))
    for name, value in plain.items():
        print(f"{name:<{width}} " + (f"{value:6.2f}" if value is not None else "not set"))
    for name, column in TABLES.items():
        if name in metrics:
            print()
            rows = [{column: key} | row for key, row in metrics[name].items()]
            show_records(rows, Format("table", None))
