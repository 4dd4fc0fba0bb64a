"""Which wordings may be one utterance, by who says them, when, and in how many words."""

from typing import NamedTuple

from tasks.utterances.likeness import NEAR
from tasks.utterances.wordings import SHORT, Wording

MANY = 10
"""Words from which a quote is told by them alone, whenever and by whomever it is repeated.

In fewer, one word makes another statement ('reports of casualties', 'reports of violence').
"""
SURE = 0.9
"""Similarity needed of fewer words, and of two speakers."""


def is_short_quote(one: Wording) -> bool:
    """Whether it is a quote whose words alone tell nothing: 'no comment'."""
    return one.length < SHORT and one.is_direct


class Fit(NamedTuple):
    """How well a part fits a whole, the best highest."""

    is_same_speaker: bool
    is_nobody_else: bool
    share: float


def needed(one: Wording, other: Wording) -> float | None:
    """Return how alike the two must be to be one utterance; None: they are none in any case."""
    words = min(one.length, other.length)
    if one.is_denied != other.is_denied:
        return None
    are_direct = one.is_direct and other.is_direct
    if words < SHORT:
        return 1.0 if are_direct and is_same_speaker(one, other) else None
    is_known = are_direct and words >= MANY
    if not (is_same_speaker(one, other) or is_known or one.is_about_when(other)):
        return None
    return SURE if words < MANY or _are_two_speakers(one, other) else NEAR


def fit(part: Wording, whole: Wording, *, words: int, share: float, is_quoted: bool) -> Fit | None:
    """Return how well `words` words of `part` fit in `whole`, which has a `share` of them.

    None: they are none of one utterance. `is_quoted` is true where both are speech.
    """
    is_same, are_two = is_same_speaker(part, whole), _are_two_speakers(part, whole)
    if part.is_denied != whole.is_denied:
        return None
    if words < MANY and (are_two or not is_quoted):
        return None
    if not is_quoted and not is_same:
        return None
    if words < MANY and not (is_same or part.is_about_when(whole)):
        return None
    return Fit(is_same, not are_two, share)


def is_same_speaker(one: Wording, other: Wording) -> bool:
    """Whether both are known to be of one speaker."""
    return one.speaker is not None and one.speaker == other.speaker


def _are_two_speakers(one: Wording, other: Wording) -> bool:
    return None not in (one.speaker, other.speaker) and one.speaker != other.speaker
