"""How alike two wordings are: nearly the same words, or one a part of the other."""

from collections.abc import Collection

from rapidfuzz.distance import Indel, LCSseq

from tasks.utterances.words import Words

NEAR = 0.8
"""Share of the words of both that stand in both, in the same order."""
PART = 0.9
"""Share of a part's words that the whole has, in the same order and in one place."""
LEAST = 6
"""Words of the shortest part."""
ALMOST = 1 - 1e-9
"""Factor that keeps a bound from being missed by rounding."""
LONGEST = 1_000
"""Words above which a wording is the same as another, or a part of it, only where it is equal.

Two of 1,000 words take 0.4 ms, two of 5,000 words 9 ms.
"""


def likeness(one: Words, other: Words, shift: int, telling: Collection[int]) -> tuple[float, float]:
    """Return nearness of two texts, and the containment of the shorter in the longer one.

    `shift` is how many words later a run that they share stands in `other`. What they have in
    common anywhere bounds what they have in one place, and is told once.
    """
    few, many = len(one), len(other)
    if few >= many:
        few, many, one, other, shift = many, few, other, one, -shift
    if many > LONGEST:
        return nearness(one, other, telling), containment(one, other, shift, telling)
    common = LCSseq.similarity(one, other)
    near = part = 0.0
    if 2 * common >= NEAR * (few + many) * ALMOST:
        near = nearness(one, other, telling)
    if common >= PART * few * ALMOST:
        part = containment(one, other, shift, telling)
    return near, part


def nearness(one: Words, other: Words, telling: Collection[int]) -> float:
    """Return the share of their words that both have in order, 0 to 1; 0 below `NEAR`.

    That is 2 * common / (one + other), the normalised indel similarity. 0, too, where one has a
    word of `telling` that the other has not.
    """
    if one == other:
        return 1.0
    few, many = sorted((len(one), len(other)))
    if many > LONGEST or 2 * few < NEAR * (few + many):
        return 0.0
    share = 2 * LCSseq.similarity(one, other) / (few + many)
    return share if share >= NEAR and not _differs(one, other, telling) else 0.0


def containment(part: Words, whole: Words, shift: int, telling: Collection[int]) -> float:
    """Return the share of the words of `part` that `whole` has in order, 0 below `PART`.

    They stand `shift` words later there, give or take as many as may differ.
    """
    if part == whole:
        return 1.0
    if not LEAST <= len(part) < len(whole) or len(part) > LONGEST:
        return 0.0
    slack = len(part) // 10
    place = whole[max(shift - slack, 0) : max(shift + len(part) + slack, 0)]
    share: float = LCSseq.similarity(part, place) / len(part)
    if share < PART:
        return 0.0
    same = [block for block in Indel.opcodes(part, place) if block.tag == "equal"]
    inner = place[same[0].dest_start : same[-1].dest_end]
    return 0.0 if _differs(part, inner, telling) else share


def _differs(one: Words, other: Words, telling: Collection[int]) -> bool:
    """Return whether a telling word stands in one more often than in the other."""
    told = [sorted(word for word in words if word in telling) for words in (one, other)]
    return told[0] != told[1]
