"""What is said in one place: the pieces of one statement, brought together."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tasks.utterances.runs import changes
from tasks.utterances.spans import Ints, Longs, Spans
from tasks.utterances.statements import NOBODY, Quotes, Statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayings:
    """Sayings by their numbers, in order of appearance: day, article, place.

    One is one or more statements of an article that are pieces of one: 'A', she said, 'B'.
    `members` are the statements, those of one saying from its `offsets` on. `texts` are the words
    of all pieces. The other columns are as in `Statements`; `quotes` are of sayings.
    """

    members: Longs
    offsets: Longs
    pieces: Longs
    article: Ints
    day: Ints
    start: Ints
    end: Ints
    speaker: Ints
    is_denied: NDArray[np.bool_]
    is_direct: NDArray[np.bool_]
    texts: Spans
    quotes: Quotes

    def statements(self, number: int) -> Longs:
        """Return the statements of one saying."""
        offset = self.offsets[number]
        return self.members[offset : offset + self.pieces[number]]


def sayings(given: Statements, quotes: Quotes) -> Sayings:
    """Return what statements, one at least, say.

    Those of an article with the same cue and speaker are pieces of one, unless they overlap.
    """
    members = np.lexsort((given.start, given.voice, given.cue, given.article))
    begins = changes(given.article[members])
    begins |= changes(given.cue[members]) | changes(given.voice[members])
    begins[1:] |= given.start[members[1:]] < given.end[members[:-1]]
    offsets = np.flatnonzero(begins)
    first = members[offsets]
    order = np.lexsort((first, given.start[first], given.article[first], given.day[first]))
    numbers = np.empty(len(members), np.int64)
    places = np.empty_like(order)
    places[order] = np.arange(len(order))
    numbers[members] = places[np.cumsum(begins) - 1]
    end = np.maximum.reduceat(given.end[members], offsets)[order]
    is_direct = np.logical_and.reduceat(given.is_direct[members], offsets)[order]
    pieces = np.diff(np.r_[offsets, len(members)])[order]
    first = first[order]
    found = Sayings(
        members=members,
        offsets=offsets[order],
        pieces=pieces,
        article=given.article[first],
        day=given.day[first],
        start=given.start[first],
        end=end,
        speaker=given.speaker[first],
        is_denied=given.is_denied[first],
        is_direct=is_direct,
        texts=given.texts.take(first),
        quotes=Quotes(numbers[quotes.of], quotes.texts),
    )
    return _joined(found, given)


def _joined(found: Sayings, given: Statements) -> Sayings:
    """Give sayings of several pieces the words of all, and the first speaker that is known."""
    several = np.flatnonzero(found.pieces > 1)
    if not len(several):
        return found
    texts, added = found.texts, [found.texts.words]
    end = len(texts.words)
    for number in several.tolist():
        pieces = found.statements(number)
        added += _words(given.texts.take(pieces))
        known = given.speaker[pieces][given.speaker[pieces] != NOBODY]
        found.speaker[number] = known[0] if len(known) else NOBODY
        texts.begins[number] = end
        texts.lengths[number] = given.texts.lengths[pieces].sum()
        end += int(texts.lengths[number])
    words = np.concatenate(added)
    quotes = found.quotes._replace(texts=replace(found.quotes.texts, words=words))
    return replace(found, texts=replace(texts, words=words), quotes=quotes)


def _words(texts: Spans) -> Iterator[Ints]:
    for begin, length in zip(texts.begins, texts.lengths, strict=True):
        yield texts.words[begin : begin + length]
