"""Direct statements whose speaker stands beside them: turns of a transcript, signed quotes."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tasks.extract.document import Document
from tasks.extract.interviews import find_interviewed, full_names
from tasks.extract.statements.quoted import Quotes
from tasks.extract.statements.signed import signed_quotes
from tasks.extract.statements.speakers import of_one_who_speaks
from tasks.extract.statements.tidying import tidy
from tasks.extract.turns import Turn, by_surname, turn_speaker
from tasks.ids import row_id, slug
from warehouse.tables import Mention, Statement

TURN = 0.95
"""Confidence of a turn: a label names its speaker."""
SIGNED = 0.9
"""Confidence of a quote with a name after a dash."""


def turn_rows(
    document: Document, mentions: Sequence[Mention], turns: Sequence[Turn]
) -> list[Statement]:
    """Return each answer among `turns` as one direct statement; questions stay out."""
    text, article_id = document.article.text, document.article.article_id
    if not turns:
        return []
    speaker_id = _Answering(document, mentions, turns).speaker_id
    return [
        Statement(
            statement_id=row_id("statements", article_id, turn.start, turn.end),
            article_id=article_id,
            sentence_id=document.sentence_at(turn.start).sentence_id,
            kind="direct",
            speaker_id=of_one_who_speaks(speaker_id(turn)),
            speaker=text[turn.label_start : turn.label_end],
            speaker_type="named" if turn.is_named else "unnamed",
            speaker_start=turn.label_start,
            speaker_end=turn.label_end,
            content=text[turn.start : turn.end],
            start_char=turn.start,
            end_char=turn.end,
            method="turn",
            confidence=TURN,
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
        last = self.text[turn.label_start : turn.label_end].split()[-1].casefold()
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
    text, article_id = document.article.text, document.article.article_id
    surnames = by_surname(mentions)
    for content, dash, name in signed_quotes(quotes):
        start, end = tidy(text, *content)
        if start >= end:
            continue
        first = bisect_left(mentions, name[0], key=lambda m: m.start_char)
        named = [m for m in mentions[first : first + 1] if m.start_char < name[1]]
        known = named[0].entity_id if named else surnames.get(_last_word(text, name))
        yield Statement(
            statement_id=row_id("statements", article_id, start, end, dash[0]),
            article_id=article_id,
            sentence_id=document.sentence_at(start).sentence_id,
            kind="direct",
            speaker_id=of_one_who_speaks(known),
            speaker=text[slice(*name)],
            speaker_type="named",
            speaker_start=name[0],
            speaker_end=name[1],
            cue=text[slice(*dash)],
            cue_start=dash[0],
            cue_end=dash[1],
            content=text[start:end],
            start_char=start,
            end_char=end,
            method="signed",
            confidence=SIGNED,
        )


def _last_word(text: str, name: tuple[int, int]) -> str:
    return text[slice(*name)].split()[-1].casefold()
