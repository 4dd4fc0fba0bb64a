"""Names: a tag of each word, and the best sequence of tags that makes sense."""

from collections.abc import Iterator

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from tasks.language.features import Ints
from tasks.language.labels import LABELS, TAGS
from tasks.language.weights import Floats, WeightedPipe
from tasks.language.words import sentence_bounds, sentence_firsts, word_indices, word_vectors

CONFIDENCE = "demarche_name_confidence"
"""Key of `doc.user_data`: the mean probability of the tags of each of `doc.ents`, in order."""

_NEEDED = ("hidden.weight", "hidden.bias", "tags.weight", "tags.bias")
_OPENS = np.array([tag[0] == "B" for tag in TAGS])
_INSIDE = np.array([tag[0] == "I" for tag in TAGS])
_LABEL = np.array([0, *(1 + number for number in range(len(LABELS)) for _ in "BI")])
_LEGAL = ~_INSIDE[None, :] | (_LABEL[:, None] == _LABEL[None, :])
"""Which tag may follow which: `I-` only its own label."""
_FORBIDDEN = np.where(_LEGAL, 0.0, -np.inf).astype(np.float32)


class NameTagger(WeightedPipe):
    """Sets `doc.ents` of a `Doc` that has word vectors."""

    needed = _NEEDED

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of names."""
        return LABELS

    def __call__(self, doc: Doc) -> Doc:
        """Find the names of `doc`."""
        words = word_indices(doc)
        if not len(words):
            doc.set_ents([])
            doc.user_data[CONFIDENCE] = []
            return doc
        hidden = self._weights.gelu("hidden", word_vectors(doc, words))
        logs = _log_softmax(self._weights.linear("tags", hidden))
        bounds = sentence_bounds(sentence_firsts(doc), words)
        tags = best_tags(logs, bounds)
        chosen = np.exp(logs[np.arange(len(tags)), tags])
        spans: list[Span] = []
        confidence: list[float] = []
        for start, end, label in _names(tags):
            spans.append(Span(doc, int(words[start]), int(words[end - 1]) + 1, label=label))
            confidence.append(round(float(chosen[start:end].mean()), 4))
        doc.set_ents(_of_one_label(spans, confidence))
        doc.user_data[CONFIDENCE] = confidence
        return doc


def _of_one_label(spans: list[Span], confidence: list[float]) -> list[Span]:
    """Return `spans`, each with the label that its name has most surely in the whole document."""
    sums: dict[str, dict[str, float]] = {}
    for span, chance in zip(spans, confidence, strict=True):
        labels = sums.setdefault(span.text, {})
        labels[span.label_] = labels.get(span.label_, 0.0) + chance
    best = {text: max(labels, key=lambda one: labels[one]) for text, labels in sums.items()}
    return [Span(s.doc, s.start, s.end, label=best[s.text]) for s in spans]


def best_tags(logs: Floats, bounds: Ints) -> Ints:
    """Return the most probable legal tags, shape (words,); a name never spans two sentences.

    `logs` holds log probabilities, shape (words, tags); `bounds` where sentences start and end.
    Where the best tag of each word makes a legal sequence, that is the answer; elsewhere Viterbi.
    """
    best: Ints = logs.argmax(1)
    before = np.concatenate([[0], best[:-1]])
    before[bounds[:-1]] = 0
    wrong = np.flatnonzero(~_LEGAL[before, best])
    for sentence in np.unique(np.searchsorted(bounds, wrong, side="right") - 1).tolist():
        cut = slice(bounds[sentence], bounds[sentence + 1])
        best[cut] = _viterbi(logs[cut])
    return best


def _viterbi(logs: Floats) -> Ints:
    back = np.zeros(logs.shape, dtype=np.int64)
    score = logs[0] + _FORBIDDEN[0]
    for at in range(1, len(logs)):
        through = score[:, None] + _FORBIDDEN
        back[at] = through.argmax(0)
        score = through.max(0) + logs[at]
    tags = np.zeros(len(logs), dtype=np.int64)
    tags[-1] = score.argmax()
    for at in range(len(logs) - 1, 0, -1):
        tags[at - 1] = back[at, tags[at]]
    return tags


def _names(tags: Ints) -> Iterator[tuple[int, int, str]]:
    """Yield first word, word after the last and label of each name; `tags` are legal."""
    opens = np.flatnonzero(_OPENS[tags])
    goes_on = np.append(_INSIDE[tags], False)
    for start in opens.tolist():
        end = start + 1
        while goes_on[end]:
            end += 1
        yield start, end, LABELS[_LABEL[tags[start]] - 1]


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(1, keepdims=True)
    found: Floats = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    return found


@Language.factory(
    "demarche_names",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    requires=["doc.tensor"],
)
def make_names(nlp: Language, name: str) -> NameTagger:  # noqa: ARG001
    """Return a tagger of names for spaCy's configuration."""
    return NameTagger(name)
