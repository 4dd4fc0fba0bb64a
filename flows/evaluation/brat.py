"""Attributions marked in brat's stand-off format, as PolNeAR has them (Newell et al. 2018).

A line `T1<TAB>Source 89 106<TAB>words` marks a span, or several parted by `;`; a line
`E1<TAB>Attribution:T4 Content:T3 Cue:T2 Source:T1` ties spans together. Offsets count code points
of the text, the end exclusive. Other lines, labels and roles are passed over.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from flows.evaluation.attributions import ROLES, Attribution, Role, Span, Spans
from flows.evaluation.errors import EvaluationError
from flows.evaluation.files import marked_files, numbered_lines

TEXTS, MARKS = "text", "attributions"
"""PolNeAR's folders; both kinds of files may also stand in one folder."""
_LAYOUT = f"NAME.txt in {TEXTS}/ and NAME.ann or NAME_0a1b.ann in {MARKS}/, or both in one folder"
_READER = re.compile(r"_[0-9a-fA-F]{4}$")
"""What PolNeAR adds to the name of a text for each person who marked it."""
_ROLES: Mapping[str, Role] = {role.capitalize(): role for role in ROLES}
_DIGITS = "0123456789"
"""May follow a role that occurs twice: `Content2`."""


class MarkedText(NamedTuple):
    """A text and what each of its readers marked in it."""

    text: str
    readings: list[list[Attribution]]


def read_brat(data: Path) -> Iterator[MarkedText]:
    """Yield the texts of the folder `data`, by name; raises EvaluationError."""
    texts, marks = _folders(data)
    by_name: dict[str, list[Path]] = {path.stem: [] for path in marked_files(texts, (".txt",))}
    for path in marked_files(marks, (".ann",)):
        name = path.stem if path.stem in by_name else _READER.sub("", path.stem)
        if name not in by_name:
            raise EvaluationError(f"{path}: no {name}.txt in {texts}; wanted is {_LAYOUT}")
        by_name[name].append(path)
    for name, paths in by_name.items():
        path = texts / f"{name}.txt"
        if not paths:
            raise EvaluationError(
                f"{path}: no annotation of it in {marks}; add one, empty where nothing is marked"
            )
        text = _text(path)
        yield MarkedText(text, [_read_marks(one, text) for one in paths])


def _folders(data: Path) -> tuple[Path, Path]:
    """Return where texts and annotations are."""
    if not data.is_dir():
        what = "not a folder" if data.exists() else "no such folder"
        raise EvaluationError(f"{data}: {what}; give --data the folder with {_LAYOUT}")
    texts, marks = data / TEXTS, data / MARKS
    if not texts.is_dir() and not marks.is_dir():
        return data, data
    for folder in (texts, marks):
        if not folder.is_dir():
            raise EvaluationError(f"{folder}: no such folder; wanted is {_LAYOUT}")
    return texts, marks


def _text(path: Path) -> str:
    """Return a text with its line ends as they are: offsets count them."""
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError:
        raise EvaluationError(f"{path}: not UTF-8 text") from None


def _read_marks(path: Path, text: str) -> list[Attribution]:
    spans: dict[str, Spans] = {}
    events: list[tuple[str, str]] = []
    for number, line in numbered_lines(path):
        place = f"{path}, line {number}"
        if line.startswith("T"):
            name, _, rest = line.partition("\t")
            spans[name] = _spans(place, rest, len(text))
        elif line.startswith("E"):
            events.append((place, line))
    found = (_attribution(place, line, spans) for place, line in events)
    return [one for one in found if one.cue or one.content]


def _spans(place: str, marked: str, length: int) -> Spans:
    """Return the spans of `Source 89 106<TAB>words`; `length` is that of the text."""
    _, _, offsets = marked.split("\t")[0].partition(" ")
    try:
        spans = tuple(_span(pair) for pair in offsets.split(";"))
    except ValueError:
        raise EvaluationError(
            f"{place}: no offsets; wanted is `T1<TAB>Label START END<TAB>words`"
        ) from None
    for start, end in spans:
        if not 0 <= start < end <= length:
            raise EvaluationError(
                f"{place}: {start} to {end} is no span of a text of {length} characters; "
                "check that the text is the one that was marked"
            )
    return spans


def _span(pair: str) -> Span:
    start, end = pair.split()
    return int(start), int(end)


def _attribution(place: str, line: str, spans: Mapping[str, Spans]) -> Attribution:
    """Return the attribution of an event; one of another type is empty."""
    parts: dict[Role, Spans] = {}
    ties = [tie.partition(":") for tie in line.partition("\t")[2].split()]
    if not ties or not ties[0][0].startswith("Attribution"):
        return Attribution()
    for label, _, name in ties[1:]:
        role = _ROLES.get(label.rstrip(_DIGITS))
        if role is not None and name not in spans:
            raise EvaluationError(f"{place}: there is no {name} in this file; mark its span")
        if role is not None:
            parts[role] = parts.get(role, ()) + spans[name]
    return Attribution(**parts)
