"""Sentences that teach or measure: of NewsMTSC, of the directed set, and our own.

Our own stand in `sentences.tsv`, a line each: what the holder thinks of the target ('support',
'oppose' or 'neutral'), what the target thinks of the holder, and the sentence with `{h|holder}` and
`{t|target}`. One without a holder says how its sentence judges the target.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from flows.evaluation.files import numbered_lines
from flows.evaluation.stance_files import LABELS, StanceFile, Wanted, read_stances
from tasks.language.stance import BETWEEN, HEADS, HOLDER, LONGEST, TARGET, TOWARDS, Head, Marked

SENTENCES = Path(__file__).parent / "sentences.tsv"
HELD_OUT = 10
"""One in so many of our own sentences measures and never teaches: those whose CRC-32 it divides."""

_PARTY = re.compile(r"\{([ht])\|([^{}]*)\}")
_FORWARD = {"support": "supports", "oppose": "opposes", "neutral": "neutral"}
_BACK = {"support": "supported", "oppose": "opposed", "neutral": "neutral"}

Ints = NDArray[np.int64]


class Sample(NamedTuple):
    """A sentence as the network reads it; `truth` is a position in the classes of `head`.

    `ids` are word pieces without the marks at both ends, `roles` the party that each is of.
    """

    head: Head
    ids: Ints
    roles: Ints
    truth: int


def samples(file: StanceFile, tokenizer: Tokenizer) -> list[Sample]:
    """Return the rows of `file` whose parties are found in the word pieces that are read."""
    head: Head = "towards" if file.classes == TOWARDS else "between"
    found = []
    for row in file.rows:
        if row.marked is not None:
            ids, roles = pieces(row.marked, tokenizer)
            if set(HEADS[head]) <= set(roles.tolist()):
                found.append(Sample(head, ids, roles, row.stance))
    return found


def pieces(marked: Marked, tokenizer: Tokenizer) -> tuple[Ints, Ints]:
    """Return word pieces and roles, cut around the parties as `StanceModel` does."""
    encoded = tokenizer.encode(marked.text, add_special_tokens=False)
    ids = np.array(encoded.ids, np.int64)
    offsets = np.array(encoded.offsets, np.int64).reshape(-1, 2)
    roles = np.zeros(len(ids), np.int64)
    for role, span in ((HOLDER, marked.holder), (TARGET, marked.target)):
        if span is not None:
            roles[(offsets[:, 0] < span[1]) & (offsets[:, 1] > span[0])] = role
    if len(ids) <= LONGEST:
        return ids, roles
    where = np.flatnonzero(roles)
    middle = int(where.mean()) if len(where) else 0
    first = max(0, min(middle - LONGEST // 2, len(ids) - LONGEST))
    return ids[first : first + LONGEST], roles[first : first + LONGEST]


def marked_files(data: Path, *names: str) -> list[StanceFile]:
    """Return the files `names` in `data`; raises EvaluationError where one cannot be read."""
    return [read_stances(data / "stance" / f"{name}.jsonl") for name in names]


def own(path: Path = SENTENCES, *, held_out: bool) -> list[StanceFile]:
    """Return our own sentences that teach, or those held out: the pairs, then the targets.

    Raises ValueError that names a line which is none.
    """
    rows = [
        row
        for place, (forward, back, text) in _lines(path)
        if (crc32(text.encode()) % HELD_OUT == 0) == held_out
        for row in [_row(place, forward, back, text)]
    ]
    pairs = [row for row in rows if row.marked is not None and row.marked.holder is not None]
    targets = [row for row in rows if row.marked is not None and row.marked.holder is None]
    return [StanceFile(LABELS, pairs), StanceFile(TOWARDS, targets)]


def _lines(path: Path) -> Iterator[tuple[str, list[str]]]:
    for number, line in numbered_lines(path):
        cells = line.split("\t")
        place = f"{path}, line {number}"
        if len(cells) != 3 or not {*cells[:2]} <= _FORWARD.keys():
            raise ValueError(f"{place}: not a stance, a stance back and a sentence, parted by tabs")
        yield place, cells


def _row(place: str, forward: str, back: str, sentence: str) -> Wanted:
    text, spans = _unmarked(sentence)
    if "t" not in spans:
        raise ValueError(f"{place}: no target is marked")
    marked = Marked(text, spans["t"], spans.get("h"))
    if marked.holder is None:
        return Wanted(marked, TOWARDS.index(forward))
    stance = _BACK[back] if forward == "neutral" else _FORWARD[forward]
    return Wanted(marked, BETWEEN.index(stance))


def _unmarked(sentence: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """Return the sentence without marks, and the spans of its parties; of two, the last counts."""
    parts: list[str] = []
    spans: dict[str, tuple[int, int]] = {}
    length = last = 0
    for found in _PARTY.finditer(sentence):
        before = sentence[last : found.start()]
        start = length + len(before)
        length, last = start + len(found[2]), found.end()
        spans[found[1]] = start, length
        parts += [before, found[2]]
    return "".join([*parts, sentence[last:]]), spans


def of_all(files: Iterable[StanceFile], tokenizer: Tokenizer) -> list[Sample]:
    """Return the samples of all `files`."""
    return [sample for file in files for sample in samples(file, tokenizer)]
