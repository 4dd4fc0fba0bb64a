"""Speaker turns of transcripts: 'MR. SMITH:' opens an answer, 'Q' a question."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.extract.document import trimmed
from warehouse.tables import Mention

_LABEL = re.compile(
    r"^[ \t\xa0]*(?:(?P<name>[A-Z][A-Z.'’\-]+(?: [A-Z][A-Za-z.'’\-]+){0,5}):|"  # noqa: RUF001
    r"(?P<question>Q)(?=[ \t\xa0])|(?P<end>END)(?=[ \t\xa0]))[ \t\xa0]*",
    re.MULTILINE,
)
MIN_TURNS = 3
"""Fewest labels of speakers that make a text a transcript: one or two may be a heading."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says: label span, content span; a question has no named speaker."""

    label_start: int
    label_end: int
    start: int
    end: int
    is_question: bool


def find_turns(text: str) -> list[Turn]:
    """Return the turns of a transcript in order; none where `text` is no transcript."""
    labels = list(_LABEL.finditer(text))
    if sum(label["name"] is not None for label in labels) < MIN_TURNS:
        return []
    turns = []
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        start, end = trimmed(text, label.end(), following.start() if following else len(text))
        if start < end and label["end"] is None:
            group = "name" if label["name"] else "question"
            span = label.span(group)
            turns.append(Turn(*span, start, end, group == "question"))
    return turns


def turn_speaker(
    text: str, turn: Turn, mentions: Sequence[Mention], surnames: Mapping[str, str | None]
) -> str | None:
    """Return the entity that the label names: a mention in it, or the one of that surname."""
    first = bisect_left(mentions, turn.label_start, key=lambda m: m.start_char)
    for mention in mentions[first : first + 3]:
        if mention.end_char <= turn.label_end and mention.entity_id is not None:
            return mention.entity_id
    return surnames.get(text[turn.label_start : turn.label_end].split()[-1].casefold())


def by_surname(mentions: Sequence[Mention]) -> dict[str, str | None]:
    """Map each surname to its entity, or to None where two persons share it."""
    found: dict[str, str | None] = {}
    for mention in mentions:
        if mention.label != "PERSON" or mention.entity_id is None or mention.kind == "pronoun":
            continue
        surname = mention.surface.split()[-1].casefold()
        same = found.get(surname, mention.entity_id) == mention.entity_id
        found[surname] = mention.entity_id if same else None
    return found
