"""The texts that are compared: each run of words once, and which wordings have it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from tasks.utterances.candidates import candidates
from tasks.utterances.likeness import containment, nearness
from tasks.utterances.wordings import SHORT, Wording
from tasks.utterances.words import Words

Numbers = dict[int, list[int]]


@dataclass(frozen=True, slots=True)
class Texts:
    """Distinct texts of wordings and of quotes within them; both go by their numbers.

    `of` has the text of each wording. `wholes` and `spoken` have, for a text, the wordings that
    consist of it, and those in which somebody speaks it: all of it is direct, or it is a quote.
    """

    words: list[Words]
    of: list[int]
    wholes: Numbers
    spoken: Numbers


@dataclass(frozen=True, slots=True)
class Likenesses:
    """What texts have in common: `near` text to text with similarity, `parts` part and whole."""

    near: dict[int, dict[int, float]] = field(default_factory=dict)
    parts: dict[tuple[int, int], float] = field(default_factory=dict)


def texts_of(wordings: Sequence[Wording]) -> Texts:
    """Return the texts of `wordings`."""
    numbers: dict[Words, int] = {}
    wholes: Numbers = {}
    spoken: Numbers = {}
    for number, wording in enumerate(wordings):
        text = numbers.setdefault(wording.words, len(numbers))
        wholes.setdefault(text, []).append(number)
        for words in [wording.words] if wording.is_direct else sorted(wording.quotes):
            quote = numbers.setdefault(words, len(numbers))
            spoken.setdefault(quote, []).append(number)
    of = [numbers[wording.words] for wording in wordings]
    return Texts(list(numbers), of, wholes, spoken)


def likenesses(texts: Texts, telling: Collection[int]) -> Likenesses:
    """Return which of `texts` are nearly the same, or part of another."""
    words = texts.words
    found = Likenesses()
    for one, other, shift in candidates([text if len(text) >= SHORT else () for text in words]):
        share = nearness(words[one], words[other], telling)
        if share:
            found.near.setdefault(one, {})[other] = share
            found.near.setdefault(other, {})[one] = share
        is_shorter = len(words[one]) < len(words[other])
        part, whole = (one, other) if is_shorter else (other, one)
        share = containment(words[part], words[whole], shift if is_shorter else -shift, telling)
        if share:
            found.parts[part, whole] = share
    return found
