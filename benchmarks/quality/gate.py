"""The figures of models, entities, statements, stances, times, events; whether they hold."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from spacy.language import Language

from benchmarks.quality import cases, textacy_quotes, vader_tone, wikinews
from flows.evaluation import entities, events, ner, stance, statements, syntax, time_files, times
from flows.evaluation.attributions import stated
from flows.evaluation.files import marked_files
from tasks.extract.annotate import Annotator
from tasks.extract.document import Document
from tasks.extract.times import find_time_expressions
from tasks.language import language_version, load_language, make_doc
from tasks.language.stance import load_stance_model

BASELINE = Path(__file__).with_name("baseline.json")
SLACK = 0.4
"""Points that a figure may fall: vectors differ in their last digits between processors."""
SYNTAX = ("syntax/ewt-dev.conllu", "syntax/gum-dev.conllu")
NAMES = ("ner/uner-ewt-dev.iob2", "ner/crossner-politics-dev.txt")
ENTITIES = ("time/meantime-dev", "syntax/gum-dev.conllu")
STATEMENTS = "statements/polnear-dev"
STANCE = (
    "stance/newsmtsc-rw-dev.jsonl",
    "stance/newsmtsc-mt-dev.jsonl",
    "stance/directed-dev.jsonl",
)
TIMES = {"time.wikiwars": "time/wikiwars-train", "time.meantime": "time/meantime-dev"}
EVENTS = {"events.plover": "events/plover-gold-dev.json"}
ERRORS = frozenset({"ece"})
"""Figures that are better the lower they are: their floors are ceilings."""

Figures = dict[str, Any]
"""By file: its SHA-256 and the figures on it, in per cent; versions of models beside them."""


def measured(data: Path) -> Figures:
    """Return the figures on the dev parts in the folder `data`."""
    nlp = load_language()
    figures: Figures = {"model_version": language_version(nlp)}
    for name in (*SYNTAX, *NAMES):
        task = syntax if name in SYNTAX else ner
        items, metrics = task.evaluate(data / name, nlp)
        digest = sha256((data / name).read_bytes()).hexdigest()
        figures[name] = {"sha256": digest, "items": items, **metrics}
    figures["wikinews"] = wikinews.measure(data, nlp)
    return figures | stance_figures(data) | time_figures(data, nlp) | row_figures(data)


def stance_figures(data: Path) -> Figures:
    """Return the figures of the classifier of stances on the dev parts."""
    classifier = load_stance_model()
    figures: Figures = {"stance_version": classifier.version}
    for name in STANCE:
        items, metrics = stance.evaluate(data / name, classifier)
        digest = sha256((data / name).read_bytes()).hexdigest()
        figures[name] = {"sha256": digest, "items": items, **metrics}
    return figures


def time_figures(data: Path, nlp: Language) -> Figures:
    """Return the figures of expressions of time on the dev parts."""
    figures: Figures = {}
    for name, place in TIMES.items():
        items, metrics = times.evaluate(
            data / place,
            lambda one: find_time_expressions(Document.of(one, make_doc(nlp, one.text))),
        )
        digest = _digest(data / place, time_files.ENDINGS)
        figures[name] = {"sha256": digest, "items": items, **metrics}
    return figures


def row_figures(data: Path) -> Figures:
    """Return those of entities, statements and events on the dev parts, and on the cases here."""
    annotator = Annotator()
    figures: Figures = {}
    for name in ENTITIES:
        items, metrics = entities.evaluate(
            data / name, lambda article: annotator.annotate(article).mentions
        )
        digest = _digest(data / name, entities.ENDINGS)
        figures[f"entities: {name}"] = {"sha256": digest, "items": items, **metrics}
    items, metrics = statements.evaluate(
        data / STATEMENTS, lambda article: stated(annotator.annotate(article).statements)
    )
    digest = _digest(data / STATEMENTS, (".txt", ".ann"))
    figures[STATEMENTS] = {"sha256": digest, "items": items, **metrics}
    for name, place in EVENTS.items():
        items, metrics = events.evaluate(data / place, annotator.annotate, annotator.registry)
        digest = sha256((data / place).read_bytes()).hexdigest()
        figures[name] = {"sha256": digest, "items": items, **metrics}
    return figures | cases.measure(annotator.annotate)


def _digest(data: Path, endings: tuple[str, ...]) -> str:
    digest = sha256()
    for path in marked_files(data, endings, below=True):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def peer_figures(data: Path) -> Figures:
    """Return the figures of other libraries; raises SkippedError where one is not installed."""
    quotes = textacy_quotes.measure(data / STATEMENTS, load_language())
    tones = {f"VADER: {name}": vader_tone.measure(data / name) for name in STANCE}
    return {f"textacy: {STATEMENTS}": quotes} | tones


def below(figures: Figures) -> list[str]:
    """Return a line for each figure that lies more than SLACK below its floor, errors above it."""
    floors: Figures = json.loads(BASELINE.read_text(encoding="utf-8"))
    lines: list[str] = []
    for name, floor in floors.items():
        if isinstance(floor, Mapping):
            own = figures[name]
            if own.get("sha256") != floor.get("sha256"):
                lines.append(f"{name}: not the file that gave the floor")
            lines += [
                f"{name}: {metric} {own[metric]} is {_side(metric)} {value}"
                for metric, value in floor.items()
                if isinstance(value, float) and _lost(metric, own[metric], value) > SLACK
            ]
    return lines


def _lost(metric: str, own: float, floor: float) -> float:
    """Return by how many points a figure is worse than its floor."""
    return own - floor if metric in ERRORS else floor - own


def _side(metric: str) -> str:
    return "above" if metric in ERRORS else "below"
