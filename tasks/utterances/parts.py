"""Quotes that are a part of a longer one: 'an insult to our people' of all that was said."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tasks.utterances.groups import Groups
from tasks.utterances.likeness import LEAST
from tasks.utterances.rules import Fit, fit
from tasks.utterances.texts import Having, Likenesses
from tasks.utterances.wordings import Wording

EARLIEST = 20
"""Wordings that are looked at of those that have a text."""


class _Part(NamedTuple):
    """A wording that is part of another, the best fit highest, then the earliest whole."""

    fit: Fit
    whole_place: int
    place: int
    number: int
    whole: int


def join_parts(
    groups: Groups, wordings: Sequence[Wording], texts: Having, alike: Likenesses
) -> None:
    """Join each utterance that is part of a longer one to the one it fits best.

    To one alone: a turn of phrase may be part of many, which it does not make one.
    """
    before = [groups.root(number) for number in range(len(wordings))]
    placed: set[int] = set()
    for part in sorted(_parts(wordings, texts, alike), reverse=True):
        group = before[part.number]
        if group not in placed and groups.join(part.number, part.whole, part.fit.share):
            placed.add(group)


def _parts(wordings: Sequence[Wording], texts: Having, alike: Likenesses) -> Iterator[_Part]:
    for text, numbers in texts.spoken.items():
        if texts.lengths[text] >= LEAST:
            for number in numbers[1:EARLIEST]:
                others = [other for other in numbers[:EARLIEST] if other < number]
                yield from _fits(wordings, [number], others, texts.lengths[text], 1.0, True)
    for (part, whole), share in alike.parts.items():
        for source, is_quoted in ((texts.spoken, True), (texts.wholes, False)):
            parts, wholes = source.get(part, [])[:EARLIEST], source.get(whole, [])[:EARLIEST]
            yield from _fits(wordings, parts, wholes, texts.lengths[part], share, is_quoted)


def _fits(
    wordings: Sequence[Wording],
    parts: Sequence[int],
    wholes: Sequence[int],
    words: int,
    share: float,
    is_quoted: bool,
) -> Iterator[_Part]:
    for number in parts:
        for whole in wholes:
            found = fit(
                wordings[number], wordings[whole], words=words, share=share, is_quoted=is_quoted
            )
            if found is not None:
                yield _Part(found, -whole, -number, number, whole)
