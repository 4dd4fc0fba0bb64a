"""What pronouns and definite nouns refer back to: a distribution over the phrases before them.

Mention ranking after Denis and Baldridge (2008), over heads of phrases as in Dobrovolskii (2021):
each candidate before an anaphor, and 'none of them', has a score from a small network over
grammar, distance and the vectors of both heads.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from tasks.language.features import Ints
from tasks.language.labels import LABELS
from tasks.language.phrase_heads import (
    DETERMINERS,
    GOVERNED,
    KINDS,
    NUMBERS,
    Heads,
    Kind,
    Number,
    phrase_heads,
)
from tasks.language.weights import Floats, WeightedPipe

ANTECEDENTS = "demarche_antecedents"
"""Key of `doc.user_data`: a list of `Choice`, in order of the anaphors."""
WINDOW = 40
"""Heads before an anaphor that are candidates; beyond them only the last of each name."""
NAMES = 40
"""Names farther back that are candidates too."""
LEAST = 0.02
"""Probability below which a candidate is not told."""
WIDTH = 48
"""Of the projections of vectors."""
_PERSON = 1 + LABELS.index("PERSON")
_NEEDED = ("before.weight", "after.weight", "hidden.weight", "score.weight", "none.weight")
_BLOCK = 16_384
_SENTENCES = 5
OWN = KINDS + GOVERNED + NUMBERS + DETERMINERS
"""Features of an anaphor alone."""
_PRONOUNS = 5
"""Kinds of anaphors: he, she, it, they, and a noun."""
FEATURES = 2 * OWN + _PRONOUNS * (1 + len(LABELS) + KINDS + NUMBERS) + _SENTENCES + 9


class Choice(NamedTuple):
    """An anaphor's head, its candidates' heads (tokens) and the probability of each."""

    token: int
    candidates: tuple[int, ...]
    probabilities: tuple[float, ...]


def moved(choice: Choice, tokens: int) -> Choice:
    """Return `choice` as of a document in which `tokens` stand before."""
    candidates = tuple(one + tokens for one in choice.candidates)
    return Choice(choice.token + tokens, candidates, choice.probabilities)


class Pairs(NamedTuple):
    """Every anaphor with every candidate, as positions in `Heads`, grouped by anaphor.

    `firsts` has where the pairs of each anaphor start, and the end of the last.
    """

    anaphors: Ints
    firsts: Ints
    after: Ints
    before: Ints


def pairs(heads: Heads) -> Pairs:
    """Return the pairs to score: a window of heads, and the last of each name before it."""
    anaphors = heads.anaphors()
    names = np.flatnonzero(heads.kind == Kind.NAME).tolist()
    last: dict[int, int] = {}
    groups: list[Ints] = []
    at = 0
    for anaphor in anaphors.tolist():
        start = max(anaphor - WINDOW, 0)
        while at < len(names) and names[at] < start:
            last.pop(int(heads.word[names[at]]), None)
            last[int(heads.word[names[at]])] = names[at]
            at += 1
            if len(last) > NAMES:
                last.pop(next(iter(last)))  # the one seen longest ago
        far = list(last.values())
        near = np.array([*far, *range(start, anaphor)], dtype=np.int64)
        groups.append(near[possible(heads, np.full(len(near), anaphor), near)])
    sizes = [len(group) for group in groups]
    firsts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    before = np.concatenate([*groups, np.zeros(0, np.int64)]).astype(np.int64)
    return Pairs(anaphors, firsts, np.repeat(anaphors, sizes), before)


def own_features(heads: Heads, at: Ints) -> Floats:
    """Return what is known of each of the heads `at`, shape (n, OWN)."""
    columns = (
        (heads.kind, KINDS),
        (heads.relation, GOVERNED),
        (heads.number, NUMBERS),
        (heads.determiner, DETERMINERS),
    )
    return np.concatenate([_one_hot(values[at], size) for values, size in columns], axis=1)


def pair_features(heads: Heads, after: Ints, before: Ints) -> Floats:
    """Return what is known of each anaphor with its candidate, shape (pairs, FEATURES)."""
    apart = np.minimum(heads.sentence[after] - heads.sentence[before], _SENTENCES - 1)
    number_a, number_c = heads.number[after], heads.number[before]
    known = (number_a != Number.UNKNOWN) & (number_c != Number.UNKNOWN)
    governor_a, governor_c = heads.governor[after], heads.governor[before]
    single = (
        np.log1p(heads.token[after] - heads.token[before]) / 5,
        np.log1p(after - before) / 4,
        governor_a == governor_c,
        governor_a == heads.token[before],
        governor_c == heads.token[after],
        heads.word[after] == heads.word[before],
        known & (number_a == number_c),
        known & (number_a != number_c),
        np.log1p(heads.seen[before]) / 3,
    )
    kind = np.where(heads.kind[after] == Kind.NOUN, 4, heads.kind[after] - Kind.HE)
    parts = (
        own_features(heads, after),
        own_features(heads, before),
        _crossed(kind, heads.label[before], 1 + len(LABELS)),
        _crossed(kind, heads.kind[before], KINDS),
        _crossed(kind, number_c, NUMBERS),
        _one_hot(apart, _SENTENCES),
        np.stack(single, axis=1).astype(np.float32),
    )
    return np.concatenate(parts, axis=1)


def possible(heads: Heads, after: Ints, before: Ints) -> NDArray[np.bool_]:
    """Return which pairs grammar allows, shape (pairs,).

    'He' is never 'she', no place and no body; 'it' is no person; neither is many.
    """
    kind, other = heads.kind[after], heads.kind[before]
    label = heads.label[before]
    is_pronoun = (kind >= Kind.HE) & (kind <= Kind.THEY)
    clashes = is_pronoun & (other >= Kind.HE) & (other <= Kind.THEY) & (kind != other)
    is_person = label == _PERSON
    clashes |= np.isin(kind, (Kind.HE, Kind.SHE)) & (label > 0) & ~is_person
    clashes |= (kind == Kind.IT) & is_person
    clashes |= np.isin(kind, (Kind.HE, Kind.SHE, Kind.IT)) & (heads.number[before] == Number.PLURAL)
    found: NDArray[np.bool_] = ~clashes
    return found


def _crossed(kind: Ints, values: Ints, size: int) -> Floats:
    return _one_hot(kind * size + values, _PRONOUNS * size)


def _one_hot(values: Ints, size: int) -> Floats:
    found: Floats = np.eye(size, dtype=np.float32)[values]
    return found


class Antecedents(WeightedPipe):
    """Puts a `Choice` for each anaphor into `doc.user_data`; needs vectors, parse and names."""

    needed = _NEEDED

    def __call__(self, doc: Doc) -> Doc:
        """Weigh the candidates of each anaphor of `doc`."""
        doc.user_data[ANTECEDENTS] = list(self._choices(doc)) if len(doc) else []
        return doc

    def _choices(self, doc: Doc) -> Iterator[Choice]:
        heads = phrase_heads(doc)
        found = pairs(heads)
        if not len(found.anaphors):
            return
        tensor: Floats = np.asarray(doc.tensor)
        vectors = tensor[heads.token]
        scores = self._scores(heads, found, vectors)
        none = self._none(heads, found, vectors)
        for number, anaphor in enumerate(found.anaphors.tolist()):
            cut = slice(found.firsts[number], found.firsts[number + 1])
            chances = _softmax(scores[cut], float(none[number]))
            kept = np.flatnonzero(chances >= LEAST)
            tokens = heads.token[found.before[cut][kept]]
            yield Choice(
                int(heads.token[anaphor]),
                tuple(tokens.tolist()),
                tuple(chances[kept].round(4).tolist()),
            )

    def _scores(self, heads: Heads, found: Pairs, vectors: Floats) -> Floats:
        """Return the score of each pair, shape (pairs,)."""
        weights = self._weights
        after = vectors @ weights["after.weight"].T
        before = vectors @ weights["before.weight"].T
        blocks: list[Floats] = []
        for start in range(0, len(found.after), _BLOCK):
            a, c = found.after[start : start + _BLOCK], found.before[start : start + _BLOCK]
            features = pair_features(heads, a, c)
            seen = np.concatenate([features, after[a], before[c], after[a] * before[c]], axis=1)
            blocks.append(weights.linear("score", weights.gelu("hidden", seen))[:, 0])
        return np.concatenate([*blocks, np.zeros(0, np.float32)])

    def _none(self, heads: Heads, found: Pairs, vectors: Floats) -> Floats:
        """Return the score of 'none of them' for each anaphor, shape (anaphors,)."""
        at = found.anaphors
        after = vectors[at] @ self._weights["after.weight"].T
        seen = np.concatenate([own_features(heads, at), after], axis=1)
        return self._weights.linear("none", seen)[:, 0]


def _softmax(scores: Floats, none: float) -> Floats:
    top = max(float(scores.max(initial=none)), none)
    grown = np.exp(scores - top)
    found: Floats = grown / (grown.sum() + np.exp(none - top))
    return found


@Language.factory("demarche_antecedents", requires=["doc.tensor", "token.dep", "doc.ents"])
def make_antecedents(nlp: Language, name: str) -> Antecedents:  # noqa: ARG001  # spaCy passes it
    """Return the component for spaCy's configuration."""
    return Antecedents(name)
