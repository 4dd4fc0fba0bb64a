"""Wordings that repeat one before them, word for word or nearly so."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from tasks.utterances.groups import Groups
from tasks.utterances.likeness import nearness
from tasks.utterances.rules import is_same_speaker, is_short_quote, needed
from tasks.utterances.spans import Spans
from tasks.utterances.texts import Having, Likenesses
from tasks.utterances.wordings import Wording

ENDS = 10
"""Wordings that are looked at of those with the same words, the first ones and as many of the
last: each has another speaker or time."""
MANY_SPEAKERS = 20
"""What so many have said tells nothing about who said it once more."""


class _Repeat(NamedTuple):
    """A wording that another may repeat, the best highest."""

    similarity: float
    is_same_speaker: bool
    place: int
    number: int


def join_repeats(
    groups: Groups,
    wordings: Sequence[Wording],
    texts: Having,
    spans: Spans,
    alike: Likenesses,
    telling: Collection[int],
) -> None:
    """Join each of `wordings`, in order, to the most similar one before it.

    It must be similar to the first of that utterance, too, so that no chain of small steps leads
    to other words. `spans` are all texts, by their numbers.
    """
    for number in range(len(wordings)):
        for repeat in sorted(_repeats(number, wordings, texts, alike), reverse=True):
            first = groups.root(repeat.number)
            one, other = (spans.text(wordings[some].text) for some in (number, first))
            similarity = nearness(one, other, telling)
            if similarity and groups.join(number, first, similarity):
                break
    _join_nameless(groups, wordings, texts)


def _repeats(
    number: int, wordings: Sequence[Wording], texts: Having, alike: Likenesses
) -> Iterator[_Repeat]:
    one = wordings[number]
    text = one.text
    for other_text, similarity in [(text, 1.0), *alike.near.get(text, {}).items()]:
        for other in _before(number, texts.wholes.get(other_text, [])):
            limit = needed(one, wordings[other])
            if limit is not None and similarity >= limit:
                is_same = is_same_speaker(one, wordings[other])
                yield _Repeat(similarity, is_same, -other, other)


def _before(number: int, numbers: list[int]) -> list[int]:
    """Return the first and the last of those of the sorted `numbers` that are below `number`."""
    end = bisect_left(numbers, number)
    return numbers[:end] if end <= 2 * ENDS else numbers[:ENDS] + numbers[end - ENDS : end]


def _join_nameless(groups: Groups, wordings: Sequence[Wording], texts: Having) -> None:
    """Join short wordings of nobody known to those of the one speaker who said so at that time."""
    for numbers in texts.wholes.values():
        short = [number for number in numbers if is_short_quote(wordings[number])]
        known = [number for number in short if wordings[number].speaker is not None]
        if not 0 < len(known) <= MANY_SPEAKERS:
            continue
        for number in short:
            one = wordings[number]
            near = [
                other
                for other in known
                if one.is_denied == wordings[other].is_denied and one.is_about_when(wordings[other])
            ]
            if one.speaker is None and len(near) == 1:
                groups.join(number, near[0], 1.0)
