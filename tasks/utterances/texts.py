"""The texts that are compared: each run of words once, and which wordings have it."""

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tasks.utterances.candidates import candidates
from tasks.utterances.likeness import likeness
from tasks.utterances.runs import changes
from tasks.utterances.sayings import Sayings
from tasks.utterances.spans import Longs, Spans
from tasks.utterances.wordings import SHORT, Numbered


@dataclass(frozen=True, slots=True)
class Texts:
    """Distinct texts of wordings and of quotes within them; both go by their numbers.

    `of` are the texts, `by` the wordings that have them, in order: where `is_whole`, the wording
    consists of the text; where `is_spoken`, somebody speaks it: all of it is direct, or a quote.
    """

    spans: Spans
    of: Longs
    by: Longs
    is_whole: NDArray[np.bool_]
    is_spoken: NDArray[np.bool_]

    @property
    def wholes(self) -> Longs:
        """Return the text of each wording."""
        return self.of[self.is_whole]

    def shared(self, alike: "Likenesses") -> NDArray[np.bool_]:
        """Return which texts several wordings have, or nearly so."""
        found = np.bincount(self.of, minlength=len(self.spans)) > 1
        found[[*alike.near, *(text for pair in alike.parts for text in pair)]] = True
        return found


@dataclass(frozen=True, slots=True)
class Having:
    """Which of some wordings have a text: consist of it, or have it spoken; all in order.

    `lengths` says how many words a text has.
    """

    wholes: dict[int, list[int]]
    spoken: dict[int, list[int]]
    lengths: dict[int, int]


@dataclass(frozen=True, slots=True)
class Likenesses:
    """What texts have in common: `near` text to text with similarity, `parts` part and whole."""

    near: dict[int, dict[int, float]] = field(default_factory=dict)
    parts: dict[tuple[int, int], float] = field(default_factory=dict)


def texts_of(given: Sayings, wordings: Numbered) -> Texts:
    """Return the texts of `wordings`, each where it is first found: whole, then as a quote."""
    numbers = wordings.of_sayings(len(given.day))
    is_direct = np.zeros(len(wordings), np.bool_)
    is_direct[numbers[given.is_direct & (numbers >= 0)]] = True
    by = numbers[given.quotes.of]
    is_within = (by >= 0) & ~is_direct[by]
    quotes, by = given.quotes.texts.take(is_within), by[is_within]
    wholes = given.texts.take(wordings.first)
    order, by = _in_order(quotes, by, len(wordings))
    begins, lengths = (
        np.r_[one, other][order]
        for one, other in ((wholes.begins, quotes.begins), (wholes.lengths, quotes.lengths))
    )
    spans = Spans(given.texts.words, given.texts.digests, begins, lengths)
    _, first, of = np.unique(spans.sums(), return_index=True, return_inverse=True)
    appearance = np.argsort(first)
    ranks = np.empty_like(appearance)
    ranks[appearance] = np.arange(len(ranks))
    is_whole = order < len(wordings)
    is_spoken = np.where(is_whole, is_direct[by], True)
    of = ranks[of]
    order = np.lexsort((is_whole, of, by))
    is_new = changes(by[order]) | changes(of[order]) | changes(is_whole[order])
    once = np.sort(order[is_new])
    return Texts(spans.take(first[appearance]), of[once], by[once], is_whole[once], is_spoken[once])


def having(texts: Texts, numbers: Longs, is_shared: NDArray[np.bool_]) -> Having:
    """Return which wordings have which of the shared texts; `numbers` are their own, -1: none."""
    found = Having({}, {}, {})
    by = numbers[texts.by]
    some = np.flatnonzero((by >= 0) & is_shared[texts.of])
    lengths = texts.spans.lengths[texts.of[some]]
    columns = (texts.of[some], by[some], texts.is_whole[some], texts.is_spoken[some], lengths)
    for text, number, is_whole, is_spoken, length in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        found.lengths[text] = length
        if is_whole:
            found.wholes.setdefault(text, []).append(number)
        if is_spoken:
            found.spoken.setdefault(text, []).append(number)
    return found


def _in_order(quotes: Spans, by: Longs, count: int) -> tuple[Longs, Longs]:
    """Return the order of `count` wordings with their quotes after them, and whose each is."""
    whose = np.r_[np.arange(count), by]
    ranks = np.zeros(len(whose), np.int64)
    texts = [tuple(quotes.values(number, number + 1).tolist()) for number in range(len(quotes))]
    order = sorted(range(len(texts)), key=texts.__getitem__)
    ranks[count + np.array(order, np.int64)] = np.arange(1, len(order) + 1)
    found = np.lexsort((ranks, whose))
    return found, whose[found]


def likenesses(texts: Spans, telling: Collection[int]) -> Likenesses:
    """Return which of `texts` are nearly the same, or part of another."""
    found = Likenesses()
    last, one = -1, texts.text(0)
    compared = Spans(
        texts.words, texts.digests, texts.begins, texts.lengths * (texts.lengths >= SHORT)
    )
    for number, other_number, shift in candidates(compared):
        if number != last:
            last, one = number, texts.text(number)
        other = texts.text(other_number)
        near, part = likeness(one, other, shift, telling)
        if near:
            found.near.setdefault(number, {})[other_number] = near
            found.near.setdefault(other_number, {})[number] = near
        if part:
            is_shorter = len(one) < len(other)
            pair = (number, other_number) if is_shorter else (other_number, number)
            found.parts[pair] = part
    return found
