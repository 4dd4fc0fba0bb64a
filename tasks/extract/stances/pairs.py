"""Pairs of holder and target that the classifier reads, sentence by sentence, with a cap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from tasks.extract.carriers import Carriers
from tasks.extract.document import Document, SentenceSpan
from tasks.extract.stances.marking import mark, mark_said
from tasks.extract.stances.parties import is_actor, may_be_target
from tasks.extract.stances.words import senses
from tasks.extract.statements.speakers import Speakers
from tasks.language.stance import Marked
from warehouse.tables import Mention, Statement

MOST_PAIRS = 12
"""Pairs of a sentence that are read: the nearest. More are counted as left out."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A holder and a target in a sentence, as the classifier reads them.

    `first` is None where the holder is the author; a speaker who stands outside the sentence is
    put before it in `marked`. `is_mutual`: `second` may be the holder, too.
    """

    first: Mention | None
    second: Mention
    marked: Marked
    sentence: SentenceSpan
    statement: Statement | None
    is_mutual: bool = False


class PairFinder:
    """Finds the pairs of an article; `left_out` counts those beyond the cap, by sentence."""

    def __init__(self, document: Document, mentions: Sequence[Mention], carriers: Carriers) -> None:
        """Take the article, its mentions in order, and who says what."""
        self.document, self.carriers = document, carriers
        self._mentions = Speakers(mentions)
        self.left_out: dict[str, int] = {}

    def all(self) -> Iterator[Pair]:
        """Yield the pairs of all sentences, the nearest of each first."""
        for sentence in self.document.sentences:
            named = self._named(sentence)
            if not named or self.document.is_question(sentence) or not self._is_charged(sentence):
                continue
            found = [*self._mutual(sentence, named), *self._said(sentence, named)]
            found.sort(key=_gap)
            if len(found) > MOST_PAIRS:
                self.left_out[sentence.sentence_id] = len(found) - MOST_PAIRS
            yield from found[:MOST_PAIRS]

    def _is_charged(self, sentence: SentenceSpan) -> bool:
        """Tell whether a word of position stands in `sentence`, outside of names."""
        words = (token for token in self.document.tokens_of(sentence) if not token.ent_type)
        return any(word.sign for token in words for word in senses(token))

    def _named(self, sentence: SentenceSpan) -> list[Mention]:
        """Return the mentions of known entities in `sentence`."""
        inside = self._mentions.within(sentence.start_char, sentence.end_char)
        return [m for m in inside if m.end_char <= sentence.end_char and may_be_target(m)]

    def _mutual(self, sentence: SentenceSpan, named: Sequence[Mention]) -> Iterator[Pair]:
        """Yield the nearest mentions of each two entities in the sentence."""
        text = self.document.article.text
        nearest: dict[frozenset[str | None], tuple[Mention, Mention]] = {}
        for one, other in combinations(named, 2):
            key = frozenset((one.entity_id, other.entity_id))
            if len(key) < 2 or not (is_actor(one) or is_actor(other)):
                continue
            if one.end_char > other.start_char:
                continue
            best = nearest.get(key)
            if best is None or _between(one, other) < _between(*best):
                nearest[key] = one, other
        for one, other in nearest.values():
            statement = self.carriers.of(one.start_char, other.end_char)
            marked = mark(text, sentence, one, other)
            yield Pair(one, other, marked, sentence, statement, is_mutual=True)

    def _said(self, sentence: SentenceSpan, named: Sequence[Mention]) -> Iterator[Pair]:
        """Yield who says something, or the author, with each entity that it is about."""
        text = self.document.article.text
        seen: set[tuple[str | None, str | None]] = set()
        for target in named:
            span = target.start_char, target.end_char
            statement = self.carriers.of(*span)
            if statement is None and self.carriers.author is None:
                continue
            holder = self.carriers.voice(*span)
            if holder is None or holder.entity_id == target.entity_id:
                continue
            key = holder.entity_id, target.entity_id
            if key in seen:
                continue
            seen.add(key)
            if statement is None:
                yield Pair(None, target, mark(text, sentence, None, target), sentence, None)
            else:
                marked = mark_said(text, sentence, statement, target)
                yield Pair(holder, target, marked, sentence, statement)


def _between(one: Mention, other: Mention) -> int:
    return other.start_char - one.end_char


def _gap(pair: Pair) -> tuple[int, int]:
    """Return how far apart the parties are; whoever speaks or writes is near to all."""
    near = 0 if pair.first is None or not pair.is_mutual else _between(pair.first, pair.second)
    return max(near, 0), pair.second.start_char
