"""A process that loads one pipeline and reads texts when told: a line of JSON in, one out.

    python -m benchmarks.speed.worker '{"model": null, "cpus": [0], "texts": "texts.json"}'

It binds itself to its CPUs before it imports anything that starts threads. `model` is a folder
for spaCy to load; null is demarche's own, by `load_language`.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH = 16
"""Texts that each component takes at once: the docs of a batch are held with their vectors."""


def main() -> None:
    """Load, say so, and answer until the input ends."""
    order = json.loads(sys.argv[1])
    if order["cpus"]:
        os.sched_setaffinity(0, order["cpus"])
    begun = time.perf_counter()
    load = _loader(order["model"])
    imported = time.perf_counter()
    nlp = load()
    loaded = time.perf_counter()
    _say(import_s=imported - begun, load_s=loaded - imported, peak_mb=_peak_megabytes())
    texts: list[str] = json.loads(Path(order["texts"]).read_text(encoding="utf-8"))
    for line in sys.stdin:
        asked = json.loads(line)
        answer = WAYS[asked["way"]](nlp, texts[asked["first"] : asked["end"]])
        _say(**answer, peak_mb=_peak_megabytes())


def _loader(model: str | None) -> "Callable[[], Language]":
    """Import what a user would, and return what loads the pipeline."""
    if model is None:
        from tasks.language import load_language

        return load_language
    import spacy

    return lambda: spacy.load(model)


def _singly(nlp: "Language", texts: list[str]) -> dict[str, Any]:
    return _whole(nlp(text) for text in texts)


def _batched(nlp: "Language", texts: list[str]) -> dict[str, Any]:
    return _whole(nlp.pipe(texts, batch_size=BATCH))


def _whole(docs: "Iterable[Doc]") -> dict[str, Any]:
    begun = time.perf_counter()
    words = sum(map(_words, docs))
    return {"seconds": time.perf_counter() - begun, "words": words}


def _parts(nlp: "Language", texts: list[str]) -> dict[str, Any]:
    """Tokenise all texts, then send all docs through one component after the other."""
    begun = time.perf_counter()
    docs = [nlp.make_doc(text) for text in texts]
    seconds = {"tokenizer": time.perf_counter() - begun}
    for name, component in nlp.pipeline:
        begun = time.perf_counter()
        docs = list(_through(component, docs))
        seconds[name] = time.perf_counter() - begun
    return {
        "seconds": seconds,
        "words": sum(map(_words, docs)),
        "sentences": sum(1 for doc in docs for _ in doc.sents),
        "names": sum(len(doc.ents) for doc in docs),
    }


def _through(component: Any, docs: "list[Doc]") -> "Iterator[Doc]":
    if hasattr(component, "pipe"):
        yield from component.pipe(docs, batch_size=BATCH)
    else:
        yield from map(component, docs)


WAYS: dict[str, "Callable[[Language, list[str]], dict[str, Any]]"] = {
    "singly": _singly,
    "batched": _batched,
    "parts": _parts,
}


def _words(doc: "Doc") -> int:
    """Count the tokens of `doc` that are not white space."""
    return int((doc.to_array("IS_SPACE") == 0).sum())


def _peak_megabytes() -> int:
    """Return the peak of resident memory since this process began its program.

    `getrusage` would do, but Linux has a child start from the peak of the process that made it.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kibibytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return round(int(kibibytes) * 1024 / 1_000_000)


def _say(**answer: object) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
