"""Files of marked stances: JSON Lines of NewsMTSC's layout, or of the directed set's.

NewsMTSC (Hamborg and Donnay 2021) marks a target in a sentence. The directed set (Park, Pan and Joo
2021) puts the two names of a pair in brackets, at times only a part of a word: "[Congre]ss". Its
texts come from a table of comma-separated values: one that holds quotation marks still stands in
such marks, with its own doubled, and is read without.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from flows.evaluation.errors import EvaluationError
from flows.evaluation.files import numbered_lines
from tasks.language.stance import TOWARDS, Marked

LABELS = ("neutral", "pos_p_to_q", "neg_p_to_q", "pos_q_to_p", "neg_q_to_p")
"""The classes of `StanceModel.between` as the directed set names them; p is the holder."""

_POLARITIES = (-1, 0, 1)
"""The classes of `StanceModel.towards` as NewsMTSC numbers them."""
_TARGET_KEYS = ("mention", "polarity", "from", "to", "sentence")
_PAIR_KEYS = ("text", "p", "q", "label")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_QUOTE = '"'

Row = Mapping[str, Any]


class Wanted(NamedTuple):
    """What is marked: a class by its position; `marked` is None where its names cannot be found."""

    marked: Marked | None
    stance: int


@dataclass(frozen=True, slots=True)
class StanceFile:
    """The rows of a file, and the classes they are of: TOWARDS or LABELS."""

    classes: Sequence[str]
    rows: Sequence[Wanted]


def read_stances(path: Path) -> StanceFile:
    """Return the rows of `path`, all of the layout of the first; raises EvaluationError."""
    keys: tuple[str, ...] = ()
    rows: list[Wanted] = []
    for number, line in numbered_lines(path):
        if line.strip():
            place = f"{path}, line {number}"
            row = _object(place, line)
            keys = keys or _layout(place, row)
            if missing := [key for key in keys if key not in row]:
                raise EvaluationError(f"{place}: no `{missing[0]}`; each row has {_listed(keys)}")
            rows.append(_of_target(place, row) if keys == _TARGET_KEYS else _of_pair(place, row))
    if not rows:
        raise EvaluationError(f"{path}: no row in it")
    return StanceFile(TOWARDS if keys == _TARGET_KEYS else LABELS, rows)


def _object(place: str, line: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise EvaluationError(f"{place}: not JSON ({error}); wanted is an object a line") from None
    if not isinstance(row, dict):
        raise EvaluationError(f"{place}: not an object; wanted is one a line")
    return row


def _layout(place: str, row: Row) -> tuple[str, ...]:
    """Return the keys of the layout that `row` has most of."""
    keys = max(_TARGET_KEYS, _PAIR_KEYS, key=lambda one: sum(key in row for key in one))
    if not any(key in row for key in keys):
        raise EvaluationError(
            f"{place}: of no known layout; a row has {_listed(_TARGET_KEYS)} as in NewsMTSC, or "
            f"{_listed(_PAIR_KEYS)} as in the directed set"
        )
    return keys


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(keys)


def _texts(place: str, row: Row, *keys: str) -> list[str]:
    for key in keys:
        if not isinstance(row[key], str):
            raise EvaluationError(f"{place}: `{key}` is no text")
    return [row[key] for key in keys]


def _of_target(place: str, row: Row) -> Wanted:
    sentence, mention = _texts(place, row, "sentence", "mention")
    start, end, polarity = row["from"], row["to"], row["polarity"]
    if polarity not in _POLARITIES:
        raise EvaluationError(f"{place}: `polarity` is {polarity!r}; it has to be -1, 0 or 1")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(sentence)):
        raise EvaluationError(
            f"{place}: {start!r} to {end!r} is no span of a sentence of {len(sentence)} characters"
        )
    is_there = sentence[start:end] == mention
    marked = Marked(sentence, (start, end), None) if is_there else None
    return Wanted(marked, _POLARITIES.index(polarity))


def _of_pair(place: str, row: Row) -> Wanted:
    text, p, q, label = _texts(place, row, "text", "p", "q", "label")
    if label not in LABELS:
        raise EvaluationError(f"{place}: no label '{label}'; there are {_listed(LABELS)}")
    marked = _without_brackets(_unquoted(text), _unquoted(p).strip(), _unquoted(q).strip())
    return Wanted(marked, LABELS.index(label))


def _unquoted(cell: str) -> str:
    """Return what a cell of comma-separated values says, where it is one with quotation marks."""
    inside = cell[1:-1]
    is_cell = cell == f"{_QUOTE}{inside}{_QUOTE}" and 2 * _QUOTE in inside
    return inside.replace(2 * _QUOTE, _QUOTE) if is_cell else cell


def _without_brackets(text: str, p: str, q: str) -> Marked | None:
    """Return `text` without the brackets around `p` and `q`, which may stand there repeatedly.

    The first of each is meant; of two alike, the first is p. None where one is missing or empty.
    """
    pieces: list[str] = []
    spans: dict[str, tuple[int, int]] = {}
    length = last = 0
    for found in _BRACKETS.finditer(text):
        name = found[1].strip()
        if not name or name not in (p, q):
            continue
        pieces += [text[last : found.start()], found[1]]
        last = found.end()
        length += len(pieces[-2]) + len(pieces[-1])
        start = length - len(found[1].lstrip())
        role = "p" if name == p and "p" not in spans else "q"
        if name == (p if role == "p" else q):
            spans.setdefault(role, (start, start + len(name)))
    if len(spans) < 2:
        return None
    return Marked("".join([*pieces, text[last:]]), spans["q"], spans["p"])
