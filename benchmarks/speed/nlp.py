"""How fast the language model reads on one core and on two, and what it costs, beside spaCy's CNN.

Both pipelines read the same texts in turn, in processes bound to their CPUs; each turn has texts
of its own, so that no cache knows them. The first turn is not counted, figures are medians of the
others, and a ratio is the median of the turns' ratios, ours to theirs. There is no trained spaCy
pipeline to be had here: theirs has spaCy's own network and default sizes, and is trained for a
moment on what ours finds (`comparison.py`). It is a measure of speed and says nothing of quality.
Words are tokens that are not white space.
"""

import json
import os
import platform
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.result import Options, Result
from benchmarks.speed.comparison import ROUNDS, make_comparison
from benchmarks.speed.crew import Crew, Task, Worker, crew
from benchmarks.speed.samples import MEGABYTES, OURS, SECONDS, SPEED, THEIRS, Samples
from benchmarks.speed.texts import texts
from benchmarks.speed.worker import BATCH
from tasks.language import language_version, load_language

MOST_SECONDS, MOST_MEGABYTES = 2.0, 400
"""What a fresh process may take until our model is loaded."""
SILVER = 40
"""Texts set apart for training, after those that are read: enough for its sentences."""

SINGLY, BATCHED = "one core, a text at a time", "one core, in batches"
TOGETHER, WIDE = "two processes, a core each", "one process, two threads"
PARTS = {"encoder": "encoder, CNN", "tok2vec": "encoder, CNN"}
"""Rows of components that do not have the row of their own name."""
FRESH = {
    "process_s": "fresh process until loaded",
    "import_s": "of it import",
    "load_s": "of it load",
}
LOADED, READ = "peak, loaded", "peak, texts read one at a time"
READ_BATCHED = "peak in the end, in batches"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Turns that count, and texts a turn."""

    turns: int
    texts: int


FULL, QUICK = Plan(turns=5, texts=BATCH), Plan(turns=2, texts=3)


def measure(options: Options) -> Result:
    """Make the pipeline to compare with, then measure both in turns."""
    plan = QUICK if options.is_quick else FULL
    cpus = sorted(os.sched_getaffinity(0))[:2]
    read = (plan.turns + 1) * plan.texts
    origin, given = texts(options, read + SILVER)
    path = options.work / "texts.json"
    path.write_text(json.dumps(given[:read]), encoding="utf-8")
    ours = load_language()
    made = options.work / "spacy-cnn"
    models: dict[str, Path | None] = {OURS: None, THEIRS: made}
    silver = make_comparison(made, ours, given[read:], seed=options.seed)
    samples, counts = _in_turns(models, path, plan, cpus)
    figures = {
        "machine": _machine(),
        "cpus used": len(cpus),
        "model": language_version(ours),
        "compared with": f"HashEmbedCNN, trained on {silver} sentences of ours, {ROUNDS} rounds",
        "texts": origin,
        "turns": plan.turns,
        "texts a batch": plan.texts,
        "words a turn": counts[OURS]["words"] // plan.turns,
        "sentences in 1,000 words": _per_thousand(counts, "sentences"),
        "names in 1,000 words": _per_thousand(counts, "names"),
    }
    return Result(rows=list(samples.rows()), figures=figures, failures=_failures(samples))


def _in_turns(
    models: Mapping[str, Path | None], path: Path, plan: Plan, cpus: Sequence[int]
) -> tuple[Samples, dict[str, Counter[str]]]:
    """Return what was measured, and how many words, sentences and names each pipeline found."""
    samples = Samples()
    counts: dict[str, Counter[str]] = {name: Counter() for name in models}
    with ExitStack() as stack:
        crews = {name: crew(stack, model, path, cpus) for name, model in models.items()}
        peaks = {name: _first_turn(one, plan.texts) for name, one in crews.items()}
        for turn in range(1, plan.turns + 1):
            begun, end = turn * plan.texts, (turn + 1) * plan.texts
            order = list(models) if turn % 2 else list(models)[::-1]
            _turn(samples, {name: crews[name] for name in order}, begun, end)
            for name in order:
                counts[name].update(_parts(samples, name, crews[name], begun, end))
            _load(samples, {name: models[name] for name in order}, path)
        for name, one in crews.items():
            samples.add(LOADED, MEGABYTES, name, one.alone[0].loaded["peak_mb"])
            samples.add(READ, MEGABYTES, name, peaks[name])
            samples.add(READ_BATCHED, MEGABYTES, name, one.alone[0].peak_mb)
    return samples, counts


def _first_turn(one: Crew, count: int) -> int:
    """Have all read, and return the peak of memory in MB before any batch was made."""
    workers = [*one.alone, *([one.wide] if one.wide else [])]
    for worker in workers:
        worker.read(Task(way="singly", first=0, end=count))
    peak = one.alone[0].peak_mb
    for worker in workers:
        worker.read(Task(way="batched", first=0, end=count))
    one.alone[0].read(Task(way="parts", first=0, end=count))
    return peak


def _turn(samples: Samples, crews: Mapping[str, Crew], begun: int, end: int) -> None:
    """Have both pipelines read the same texts in each way, one pipeline after the other."""
    singly, batched = (Task(way=way, first=begun, end=end) for way in ("singly", "batched"))
    for name, one in crews.items():
        samples.add(SINGLY, SPEED, name, one.alone[0].speed(singly))
    for name, one in crews.items():
        samples.add(BATCHED, SPEED, name, one.alone[0].speed(batched))
    for name, one in crews.items():
        if len(one.alone) > 1:
            samples.add(TOGETHER, SPEED, name, one.speed_together(batched))
    for name, one in crews.items():
        if one.wide:
            samples.add(WIDE, SPEED, name, one.wide.speed(batched))


def _parts(samples: Samples, name: str, one: Crew, begun: int, end: int) -> Mapping[str, int]:
    """Time each component on its own, and return what the whole found."""
    answer = one.alone[0].read(Task(way="parts", first=begun, end=end))
    for part, seconds in answer["seconds"].items():
        samples.add_part(PARTS.get(part, part), name, answer["words"] / seconds)
    return {what: int(answer[what]) for what in ("words", "sentences", "names")}


def _load(samples: Samples, models: Mapping[str, Path | None], texts_path: Path) -> None:
    """Time fresh processes, as a user starts them: bound to no CPU."""
    for name, model in models.items():
        with Worker(model, texts_path) as fresh:
            for key, what in FRESH.items():
                samples.add(what, SECONDS, name, fresh.loaded[key])
            samples.add(FRESH["process_s"], MEGABYTES, name, fresh.loaded["peak_mb"])


def _per_thousand(counts: Mapping[str, Counter[str]], what: str) -> str:
    """Return how many of `what` both found: a pipeline that finds nothing has less to do."""
    found = (f"{name} {1000 * one[what] / one['words']:.0f}" for name, one in counts.items())
    return ", ".join(found)


def _failures(samples: Samples) -> list[str]:
    fresh = FRESH["process_s"]
    limits = {SECONDS: MOST_SECONDS, MEGABYTES: MOST_MEGABYTES}
    found = {unit: samples.median(fresh, unit, OURS) for unit in limits}
    return [
        f"{fresh}: {found[unit]:,.3g} {unit}, of {most:g} at most"
        for unit, most in limits.items()
        if found[unit] > most
    ]


def _machine() -> str:
    """Return the name of the processor and the memory of the machine."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{next(names, platform.machine())}, {size / 2**30:.0f} GiB"
