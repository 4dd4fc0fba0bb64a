"""Sentence boundaries: spaCy's recogniser over the encoder, and what a layout says for certain."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import SentenceRecognizer
from spacy.tokens import Doc
from thinc.api import Model

from tasks.language.features import Ints
from tasks.language.layout import attributions, sentence_starts
from tasks.language.words import word_indices

LONGEST = 256
"""Words from which a sentence is parted where a start is likeliest: the time and memory of
parsing grow with the square of its length, and no sentence of the treebanks is half as long."""


class Senter(SentenceRecognizer):  # type: ignore[misc]  # compiled, declares no types
    """Sets sentence starts: always at a paragraph and a list item, never at white space or between
    a quotation and its speaker."""

    def predict(self, docs: Iterable[Doc]) -> list[Ints]:
        """Return, for each `Doc`, 1 for tokens that start a sentence and 0 for the others."""
        return [self._starts(doc) for doc in docs]

    def _starts(self, doc: Doc) -> Ints:
        found = np.zeros(len(doc), dtype=np.int64)
        found[:1] = 1
        words = word_indices(doc)
        if not len(words):
            return found
        scores = np.asarray(self.model.predict([doc])[0])[words]
        margin = scores[:, 1] - scores[:, 0]
        places = np.array([doc[index].idx for index in words.tolist()])
        never = np.isin(places, list(attributions(doc.text)))
        always = np.isin(places, list(sentence_starts(doc.text)))
        starts = ((margin > 0) & ~never) | always
        starts[0] = True
        _part_overlong(starts, margin)
        found[words[starts][1:]] = 1  # the first sentence may open with white space
        return found


def _part_overlong(starts: Any, margin: Sequence[float]) -> None:
    """Start a sentence where it is likeliest within each run of more than LONGEST words."""
    firsts = np.append(np.flatnonzero(starts), len(starts))
    for first, end in zip(firsts[:-1].tolist(), firsts[1:].tolist(), strict=True):
        while end - first > LONGEST:
            half = first + LONGEST // 2
            first = half + int(np.argmax(margin[half : first + LONGEST]))
            starts[first] = True


@Language.factory("demarche_senter", assigns=["token.is_sent_start"], requires=["doc.tensor"])
def make_senter(nlp: Language, name: str, model: Model[Any, Any]) -> Senter:
    """Return a recogniser for spaCy's configuration."""
    return Senter(nlp.vocab, model, name, overwrite=False, scorer=None)
