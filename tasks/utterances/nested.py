"""What is said within something said: 'A said that B said it' does not say what B said."""

from collections.abc import Iterator, Sequence

from tasks.utterances.wordings import Wording

DEPTH = 8
"""Sayings around one that are looked at, the innermost ones."""


def nested(wordings: Sequence[Wording]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of wordings of which one stands within, or overlaps, the other.

    What two say together has the same words, and is not nested.
    """
    places = sorted(
        (saying.article_id, saying.start_char, saying.end_char, number)
        for number, wording in enumerate(wordings)
        for saying in wording.sayings
    )
    around: list[tuple[str, int, int]] = []
    for article_id, start, end, number in places:
        around = [one for one in around if one[0] == article_id and one[1] > start][-DEPTH:]
        for _, _, outer in around:
            if wordings[outer].words != wordings[number].words:
                yield outer, number
        around.append((article_id, end, number))
