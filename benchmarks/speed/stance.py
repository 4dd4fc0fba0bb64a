"""How many marked sentences a second the classifier of stances reads on one core.

The sentences are those of the texts that `nlp` reads too, with the names that the language model
finds in them: each is a target, and with the one before it in its sentence a pair of holder and
target. Each turn has texts of its own, the first is not counted, figures are medians of the others.

It runs in a process bound to one CPU before anything is imported that starts threads, so what is
slow to import is imported where it is used.
"""

import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import fmean, median
from typing import TYPE_CHECKING, Any

from benchmarks.result import Options, Result, Row
from benchmarks.speed.shares import in_turns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from tasks.language.stance import Marked

TURNS, TEXTS = 5, 16
"""Turns that count, and texts a turn; a quick run has fewer."""
QUICK_TURNS, QUICK_TEXTS = 2, 3
WAYS = {"between": "pairs", "towards": "targets"}
"""What the classifier is asked, and about what."""

Ask = Callable[[Sequence["Marked"]], Any]


def measure(options: Options) -> Result:
    """Time the classifier."""
    turns, count = (QUICK_TURNS, QUICK_TEXTS) if options.is_quick else (TURNS, TEXTS)
    return in_turns(options, turns, count, _speeds)


def _speeds(given: Sequence[str], count: int) -> tuple[list[Row], dict[str, object]]:
    """Return the speed of each way of asking, and what the sentences are like."""
    from tasks.language import load_language, make_doc
    from tasks.language.stance import load_stance_model

    nlp, model = load_language(), load_stance_model()
    docs = [make_doc(nlp, text) for text in given]
    rows: list[Row] = []
    figures: dict[str, object] = {"classifier": model.version}
    for name, what in WAYS.items():
        marked = [pairs(doc) if name == "between" else targets(doc) for doc in docs]
        turns = [marked[at : at + count] for at in range(0, len(marked), count)]
        ask = getattr(model, name)
        rows.append({"what": f"{what}, a text at a time"} | _speed(ask, turns))
        joined = [[[one for of_text in turn for one in of_text]] for turn in turns]
        rows.append({"what": f"{what}, all in one call"} | _speed(ask, joined))
        asked = [one for of_text in marked[count:] for one in of_text]
        figures[f"{what} a turn"] = round(len(asked) / (len(turns) - 1))
        words = fmean(len(one.text.split()) for one in asked)
        figures[f"words a sentence, {what}"] = round(words, 1)
    return rows, figures


def pairs(doc: "Doc") -> "list[Marked]":
    """Return neighbouring names of each sentence, the first as holder, the second as target."""
    from tasks.language.stance import Marked

    return [
        Marked(sentence.text, _within(sentence, target), _within(sentence, holder))
        for sentence in doc.sents
        for holder, target in pairwise(sentence.ents)
    ]


def targets(doc: "Doc") -> "list[Marked]":
    """Return each name as a target."""
    from tasks.language.stance import Marked

    return [
        Marked(sentence.text, _within(sentence, name), None)
        for sentence in doc.sents
        for name in sentence.ents
    ]


def _within(sentence: "Span", name: "Span") -> tuple[int, int]:
    return name.start_char - sentence.start_char, name.end_char - sentence.start_char


def _speed(ask: Ask, turns: Sequence[Sequence[Sequence["Marked"]]]) -> dict[str, object]:
    """Return sentences a second; of each turn, every group is asked about in one call."""
    speeds = []
    for groups in turns:
        begun = time.perf_counter()
        for marked in groups:
            ask(marked)
        speeds.append(sum(map(len, groups)) / (time.perf_counter() - begun))
    speeds = speeds[1:]
    spread = 100 * (max(speeds) - min(speeds)) / median(speeds)
    return {"sentences/s": round(median(speeds)), "spread %": round(spread, 1)}
