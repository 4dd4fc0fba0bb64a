"""Gold records of PLOVER: a sentence, the event in it, and how PLOVER codes what is only meant.

The format is that of the Open Event Data Alliance's gold standard records, version 0.5. Categories
that PLOVER has since dropped are read as those that took their place.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flows.evaluation.errors import EvaluationError
from flows.evaluation.files import marked_files
from tasks.extract.events.quad import QUAD_CLASS
from warehouse.tables import Event, Modality

ENDING = ".json"
EARLIER = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
    "YIELD": "CONCEDE",
}
"""Categories of earlier versions of PLOVER, and where their events went."""

_MEANT: frozenset[Modality] = frozenset({"planned", "desired", "hypothetical"})
_JOINT = "SRC/TAR"
"""How the markup tells an actor who is at the same time a target."""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or target as its words, with the code of its country or kind, empty without one."""

    words: str
    code: str


@dataclass(frozen=True, slots=True)
class Record:
    """One text and the event that is marked in it; of a joint one, the sources are the targets.

    `category` is one of PLOVER's, or what the record says where PLOVER has none such.
    """

    record_id: str
    text: str
    published_on: date | None
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    category: str
    is_joint: bool


def plover_code(event: Event) -> str:
    """Return the category that PLOVER gives an event, from the act and whether it took place.

    PLOVER has categories for acts that are only meant, where the table codes the act itself and
    keeps its modality apart. An act of cooperation that is promised, planned or wished for is
    AGREE, a refused one is REJECT. An act of material conflict that is threatened or planned is
    THREATEN, and AGREE where it is promised not to be done.
    """
    quad = QUAD_CLASS[event.action_code]
    is_refused = event.is_negated or event.modality == "denied"
    if quad.endswith("_cooperation"):
        if is_refused:
            return "REJECT"
        return "AGREE" if event.modality in _MEANT else event.action_code
    if quad == "material_conflict" and event.modality in _MEANT:
        return "AGREE" if is_refused else "THREATEN"
    return event.action_code


def read_plover(data: Path) -> list[Record]:
    """Return the records of the JSON file `data`, or of the files in the folder `data`.

    A file holds a list of objects, each with `text` and `event`. Raises EvaluationError.
    """
    return [record for path in marked_files(data, (ENDING,)) for record in _records(path)]


def _records(path: Path) -> list[Record]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise EvaluationError(f"{path}: not JSON in UTF-8 ({error})") from None
    if not isinstance(rows, list) or not rows:
        raise EvaluationError(f"{path}: wanted is a list of records")
    return [_record(f"{path}, record {number}", row) for number, row in enumerate(rows, start=1)]


def _record(place: str, row: Any) -> Record:
    if not isinstance(row, Mapping):
        raise EvaluationError(f"{place}: not an object")
    for key in ("text", "event"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise EvaluationError(f"{place}: no `{key}`")
    category = row["event"].strip().upper()
    sources = _parties(place, row.get("source"))
    is_joint = len(sources) > 1 and _JOINT in str(row.get("textInfo"))
    targets = () if is_joint else _parties(place, row.get("target"))
    return Record(
        record_id=str(row.get("id", place)),
        text=row["text"],
        published_on=_day(row.get("date")),
        sources=sources,
        targets=targets,
        category=EARLIER.get(category, category),
        is_joint=is_joint or (len(sources) > 1 and not targets),
    )


def _parties(place: str, given: Any) -> tuple[Party, ...]:
    """Return what is given as a list of objects, as strings, or as one of either."""
    several = given if isinstance(given, Sequence) and not isinstance(given, str) else [given]
    return tuple(party for one in several if one for party in [_party(place, one)] if party.words)


def _party(place: str, given: Any) -> Party:
    if isinstance(given, str):
        return Party(given.strip(), "")
    if isinstance(given, Mapping):
        return Party(str(given.get("actorText") or "").strip(), str(given.get("code") or ""))
    raise EvaluationError(f"{place}: {given!r} is no actor")


def _day(given: Any) -> date | None:
    """Return a day; None where it is missing or none of the calendar, as 2000-00-00."""
    try:
        return date.fromisoformat(str(given)[:10])
    except ValueError:
        return None
