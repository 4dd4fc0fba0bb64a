"""Direct statements whose speaker stands beside them: turns of a transcript, signed quotes."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tasks.extract.document import Document
from tasks.extract.interviews import find_interviewed, full_names
from tasks.extract.statements.beside import beside
from tasks.extract.statements.quoted import Quotes
from tasks.extract.statements.signed import signed_quotes
from tasks.extract.statements.tidying import tidy
from tasks.extract.turns import Turn, by_surname, last_word, turn_speaker
from tasks.ids import slug
from warehouse.tables import Mention, Statement

TURN = 0.95
"""Confidence of a turn: a label names its speaker."""
SIGNED = 0.9
"""Confidence of a quote with a name after a dash."""


def turn_rows(
    document: Document, mentions: Sequence[Mention], turns: Sequence[Turn]
) -> list[Statement]:
    """Return each answer among `turns` as one direct statement; questions stay out."""
    if not turns:
        return []
    speaker_id = _Answering(document, mentions, turns).speaker_id
    return [
        beside(
            document,
            (turn.start, turn.end),
            (turn.label_start, turn.label_end),
            speaker_id(turn),
            method="turn",
            confidence=TURN,
            speaker_type="named" if turn.is_named else "unnamed",
        )
        for turn in turns
        if not turn.is_question
    ]


class _Answering:
    """Who answers in a transcript: by label, by the full name in its head, or in its title."""

    def __init__(
        self, document: Document, mentions: Sequence[Mention], turns: Sequence[Turn]
    ) -> None:
        """Read the head and the title once."""
        self.text, title = document.article.text, document.article.title or ""
        self.mentions = mentions
        self.surnames = by_surname(mentions)
        self.in_full = full_names(self.text, turns=turns)
        labels = {self.text[t.label_start : t.label_end] for t in turns if t.is_named}
        self.in_title = {
            last: f"person:{slug(title[slice(*span)])}"
            for last, span in full_names(title, labels=sorted(labels)).items()
        }
        persons = [
            (m.start_char, m.end_char)
            for m in mentions
            if m.label == "PERSON" and m.kind in {"name", "alias"}
        ]
        self.interviewed = find_interviewed(self.text, persons, turns)

    def speaker_id(self, turn: Turn) -> str | None:
        """Return the entity that answers in `turn`."""
        if not turn.is_named:
            at = self.interviewed if turn.is_answer else None
            return None if at is None else self._at(at)
        known = turn_speaker(self.text, turn, self.mentions, self.surnames)
        last = last_word(self.text, (turn.label_start, turn.label_end))
        if known is None and last in self.in_full:
            known = self._at(self.in_full[last])
        return known or self.in_title.get(last)

    def _at(self, span: tuple[int, int]) -> str | None:
        first = bisect_left(self.mentions, span[0], key=lambda m: m.start_char)
        found = (m.entity_id for m in self.mentions[first : first + 2] if m.start_char < span[1])
        return next(found, None)


def signed_rows(
    document: Document, mentions: Sequence[Mention], quotes: Quotes
) -> Iterator[Statement]:
    """Yield the quotes that are signed: '"..." - Ann Lee'."""
    text = document.article.text
    surnames = by_surname(mentions)
    for content, dash, name in signed_quotes(quotes):
        span = tidy(text, *content)
        if span[0] >= span[1]:
            continue
        first = bisect_left(mentions, name[0], key=lambda m: m.start_char)
        named = [m for m in mentions[first : first + 1] if m.start_char < name[1]]
        known = named[0].entity_id if named else surnames.get(last_word(text, name))
        yield beside(document, span, name, known, method="signed", confidence=SIGNED, cue=dash)
