"""Speaker turns of transcripts and interviews: 'MR. SMITH:' opens an answer, 'Q' a question."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.extract.document import trimmed
from tasks.extract.turn_labels import ANSWERS, Label, find_labels
from warehouse.tables import Mention

_END = re.compile(
    r"^[ \t\xa0]*[(\[]?(?:END|End)[)\]]?(?=[ \t\xa0]*$|[ \t\xa0]+\d|[ \t\xa0]+(?:OF|of)\b)"
    r"|^[ \t\xa0]*\d{1,2}:\d\d [AaPp]\.?[Mm]\.?(?: [A-Z]{2,5})?[ \t\xa0]*$",
    re.MULTILINE,
)
"""A line that ends a transcript, or gives only the time of day."""
_CLOSING = re.compile(
    r"^[ \t\xa0]*(?:#{2,}|-30-|\* ?\* ?\*|_{3,}|---"
    r"|(?:This|The) (?:interview|conversation|transcript|briefing)\b[^\n]{0,80}"
    r"\b(?:edited|condensed|conducted|translated|abridged)\b)",
    re.MULTILINE,
)
"""What follows the last turn: a rule, or a note on the interview."""
_STAGE = (
    r"[(\[](?=[^()\[\]\n]{0,60}(?:[Ll]augh|LAUGH|[Aa]pplau|APPLAU|[Ii]naudible|INAUDIBLE|[Cc]ross-?talk"
    r"|CROSS-?TALK|[Cc]heer|[Ss]ilence|[Pp]ause|[Mm]usic|[Bb]oo|[Uu]nintelligible|[Ii]nterpret"
    r"|[Tt]ranslat|[Ss]peaks? in|[Ss]peaking in|[Oo]ff-?mic|[Gg]avel|[Bb]reak|[Ss]ighs?|[Nn]ods?))"
    r"[^()\[\]\n]{1,60}[)\]]"
)
_STAGE_FIRST = re.compile(rf"\s*{_STAGE}[\s.]*")
_STAGE_LAST = re.compile(rf"{_STAGE}\s*\.?$")
_STAGE_CHARS = 64
"""Most characters of a stage direction with its brackets and a stop."""
_ASKS = 0.5
"""Share of turns that end in a question from which a speaker is the one who asks."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says: label span, content span.

    `is_question` is true for who asks: the label says so ('Q'), or half of that speaker's turns
    end in a question. `is_named` is false where the label names nobody; `is_answer` where it
    stands for the person interviewed ('A').
    """

    label_start: int
    label_end: int
    start: int
    end: int
    is_question: bool
    is_named: bool = True
    is_answer: bool = False


def find_turns(text: str) -> list[Turn]:
    """Return the turns of a transcript in order; none where `text` is no transcript."""
    labels = find_labels(text)
    if not labels:
        return []
    spans = [
        _said(text, label, following)
        for label, following in zip(labels, [*(x.line for x in labels[1:]), len(text)], strict=True)
    ]
    askers = _askers(text, labels, spans)
    if all(label.key in askers for label in labels):
        # Answers without labels, or none: they are no part of the questions.
        spans = [_first_paragraph(text, span) for span in spans]
    return [
        Turn(
            label.start,
            label.end,
            *span,
            is_question=label.key in askers,
            is_named=label.is_named,
            is_answer=label.key in ANSWERS,
        )
        for label, span in zip(labels, spans, strict=True)
        if any(map(str.isalnum, text[slice(*span)]))
    ]


def _first_paragraph(text: str, span: tuple[int, int]) -> tuple[int, int]:
    found = text.find("\n\n", *span)
    return trimmed(text, span[0], found) if found >= 0 else span


def _said(text: str, label: Label, following: int) -> tuple[int, int]:
    """Return what is said after `label`, without stage directions at its ends."""
    ended = _END.search(text, label.content, following)
    if ended is None and following == len(text):
        ended = _CLOSING.search(text, label.content)
    start, end = trimmed(text, label.content, ended.start() if ended else following)
    while (stage := _STAGE_FIRST.match(text, start, end)) is not None:
        start = stage.end()
    while (stage := _STAGE_LAST.search(text, max(start, end - _STAGE_CHARS), end)) is not None:
        start, end = trimmed(text, start, stage.start())
    is_in_marks = label.line < label.start and text[label.start - 1] in '“"„'
    if is_in_marks and start < end and text[end - 1] in '”"' and text[start] not in '“"':
        start, end = trimmed(text, start, end - 1)
    return start, end


def _askers(text: str, labels: Sequence[Label], spans: Sequence[tuple[int, int]]) -> frozenset[str]:
    """Return the keys of those who ask, as their labels say or else as their turns end."""
    said = frozenset(label.key for label in labels if label.asks)
    if said:
        return said
    turns: Counter[str] = Counter(label.key for label in labels)
    asked: Counter[str] = Counter()
    for label, span in zip(labels, spans, strict=True):
        ends = (span[1], _first_paragraph(text, span)[1])
        asked[label.key] += any("?" in text[max(span[0], end - 3) : end] for end in ends)
    share = {key: asked[key] / turns[key] for key in turns}
    least = _ASKS if min(share.values()) < _ASKS else max(share.values())
    return frozenset(key for key in share if share[key] >= least)


def last_word(text: str, span: tuple[int, int]) -> str:
    """Return the last word of a label or name, in lower case: the surname."""
    return text[span[0] : span[1]].split()[-1].casefold()


def turn_speaker(
    text: str, turn: Turn, mentions: Sequence[Mention], surnames: Mapping[str, str | None]
) -> str | None:
    """Return the entity that the label names: a mention in it, or the one of that surname."""
    first = bisect_left(mentions, turn.label_start, key=lambda m: m.start_char)
    for mention in mentions[first : first + 3]:
        if mention.end_char <= turn.label_end and mention.entity_id is not None:
            return mention.entity_id
    return surnames.get(last_word(text, (turn.label_start, turn.label_end)))


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
