"""Direct statements whose speaker stands beside them: turns of a transcript, signed quotes."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tasks.extract.document import Document
from tasks.extract.statements.quoted import Quotes
from tasks.extract.statements.signed import signed_quotes
from tasks.extract.statements.tidying import tidy
from tasks.extract.turns import by_surname, find_turns, turn_speaker
from tasks.ids import row_id
from warehouse.tables import Mention, Statement

TURN = 0.95
"""Confidence of a turn: a label names its speaker."""
SIGNED = 0.9
"""Confidence of a quote with a name after a dash."""


def turn_rows(document: Document, mentions: Sequence[Mention]) -> list[Statement]:
    """Return each answer of a transcript as one direct statement; questions stay out."""
    text, article_id = document.article.text, document.article.article_id
    surnames = by_surname(mentions)
    return [
        Statement(
            statement_id=row_id("statements", article_id, turn.start, turn.end),
            article_id=article_id,
            sentence_id=document.sentence_at(turn.start).sentence_id,
            kind="direct",
            speaker_id=turn_speaker(text, turn, mentions, surnames),
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
        for turn in find_turns(text)
        if not turn.is_question
    ]


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
            speaker_id=known,
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
