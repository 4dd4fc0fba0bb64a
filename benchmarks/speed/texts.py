"""What the language model is given to read: invented news, or articles that someone has."""

import json
from collections.abc import Iterator
from itertools import chain, cycle, islice, zip_longest
from pathlib import Path
from random import Random

from benchmarks.generated import articles
from benchmarks.prose import paragraphs
from benchmarks.result import Options, SkippedError

WIKINEWS = "articles/wikinews-2019-2020.jsonl"
WORDS = 500
"""Words from which an invented article ends."""
SHORTEST = 100
"""Words of the shortest article taken from a file: a headline alone says little about speed."""


def texts(options: Options, count: int) -> tuple[str, list[str]]:
    """Return where `count` texts are from, and the texts.

    `--data` names a JSONL file of objects with a `text`, or the folder of all benchmarks, which may
    lack it. A file with fewer texts is read again from its start. Raises SkippedError where it has
    none, or where there is no such file or folder.
    """
    path = options.data
    if path is not None and path.is_dir():
        path = path / WIKINEWS if (path / WIKINEWS).is_file() else None
    if path is None:
        return "invented", list(islice(_invented(options.seed), count))
    if not path.is_file():
        raise SkippedError(f"there is no {path}")
    found = _given(path)
    if not found:
        raise SkippedError(f"no text of {SHORTEST} words in {path.name}")
    return path.name, list(islice(cycle(found), count))


def _invented(seed: int) -> Iterator[str]:
    """Yield articles whose paragraphs are in turn like news and of ever new words.

    The patterns of `generated.py` have sentences of 18 words and many names, but few words; the
    prose has more words in sentences of 14. Wikinews has 21 words a sentence, and 1.10 word
    pieces a word to the 1.06 of both.
    """
    for number, article in enumerate(articles(1_000_000, seed=seed)):
        prose = paragraphs(Random(f"{seed}:{number}"), WORDS)
        pairs = zip_longest(article["text"].split("\n\n"), prose)
        yield "\n\n".join(_cut(chain.from_iterable(pairs)))


def _cut(parts: Iterator[str | None]) -> Iterator[str]:
    """Yield paragraphs up to WORDS words."""
    words = 0
    for part in parts:
        if part is None:
            continue
        yield part
        words += len(part.split())
        if words >= WORDS:
            return


def _given(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        found = (str(json.loads(line)["text"]) for line in lines)
        return [text for text in found if len(text.split()) >= SHORTEST]
