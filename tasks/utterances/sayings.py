"""What is said in one place: the pieces of one statement, brought together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import NamedTuple

from tasks.extract.quotes import find_quotes
from tasks.utterances.words import Vocabulary, Words, words_of

UNDATED = date.max
"""Stands for the day of an article without one: it never comes before one with a day."""
DENYING = "deny"
"""Class of cues that turn what is said into its opposite ('denied that')."""


class Said(NamedTuple):
    """One statement, as the lake has it; `day` is that of publication, or its lower bound."""

    statement_id: str
    article_id: str
    day: date | None
    kind: str
    speaker_id: str | None
    speaker: str | None
    speaker_type: str | None
    cue_class: str
    cue_end: int | None
    is_negated: bool
    start_char: int
    end_char: int
    content: str


@dataclass(slots=True, frozen=True, kw_only=True)
class Saying:
    """One or more statements of an article that are pieces of one: 'A', she said, 'B'.

    `words` are those of all pieces. `speaker` is what tells the speaker from others, None where
    it is not known. `quotes` are the quotes within a statement that mixes them with other words.
    """

    day: date
    article_id: str
    start_char: int
    end_char: int
    statement_ids: tuple[str, ...]
    words: Words
    speaker: str | None
    is_denied: bool
    is_direct: bool
    quotes: tuple[Words, ...] = ()

    @property
    def order(self) -> tuple[date, str, int, str]:
        """Place in the order of appearance."""
        return (self.day, self.article_id, self.start_char, self.statement_ids[0])


def sayings(statements: Iterable[Said], vocabulary: Vocabulary) -> list[Saying]:
    """Return what `statements` say, in order of appearance, whatever their order.

    Statements of an article with the same cue and speaker are pieces of one, unless they overlap.
    """
    pieces: dict[tuple[str, int | str, str | None], list[Saying]] = {}
    for one in statements:
        cue = one.statement_id if one.cue_end is None else one.cue_end
        speaker = one.speaker_id or one.speaker
        pieces.setdefault((one.article_id, cue, speaker), []).append(_saying(one, vocabulary))
    joined = (_joined(some) for group in pieces.values() for some in _apart(group))
    return sorted(joined, key=lambda saying: saying.order)


def _saying(one: Said, vocabulary: Vocabulary) -> Saying:
    return Saying(
        day=one.day or UNDATED,
        article_id=one.article_id,
        start_char=one.start_char,
        end_char=one.end_char,
        statement_ids=(one.statement_id,),
        words=vocabulary.numbers(one.content),
        speaker=_speaker(one),
        is_denied=one.is_negated or one.cue_class == DENYING,
        is_direct=one.kind == "direct",
        quotes=_quotes(one.content, vocabulary) if one.kind == "mixed" else (),
    )


def _speaker(one: Said) -> str | None:
    """Return the entity that speaks, else the name, else None: 'he', 'officials', 'a source'."""
    if one.speaker_id is not None:
        return one.speaker_id
    is_named = one.speaker_type == "named" and one.speaker is not None
    return " ".join(words_of(one.speaker or "")) or None if is_named else None


def _quotes(content: str, vocabulary: Vocabulary) -> tuple[Words, ...]:
    quotes = find_quotes(content)
    return tuple(vocabulary.numbers(content[quote.start : quote.end]) for quote in quotes)


def _apart(pieces: list[Saying]) -> list[list[Saying]]:
    """Return `pieces` in order, parted where one overlaps the one before it."""
    found: list[list[Saying]] = []
    for piece in sorted(pieces, key=lambda piece: piece.order):
        if found and piece.start_char >= found[-1][-1].end_char:
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def _joined(pieces: list[Saying]) -> Saying:
    if len(pieces) == 1:
        return pieces[0]
    first = pieces[0]
    return Saying(
        day=first.day,
        article_id=first.article_id,
        start_char=first.start_char,
        end_char=max(piece.end_char for piece in pieces),
        statement_ids=tuple(chain.from_iterable(piece.statement_ids for piece in pieces)),
        words=tuple(chain.from_iterable(piece.words for piece in pieces)),
        speaker=next((piece.speaker for piece in pieces if piece.speaker), None),
        is_denied=first.is_denied,
        is_direct=all(piece.is_direct for piece in pieces),
        quotes=tuple(chain.from_iterable(piece.quotes for piece in pieces)),
    )
