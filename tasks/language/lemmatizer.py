"""Lemmas: as the treebanks have them for words they know, else by edit trees.

The trees (Müller et al. 2015) are for the word as it is written, or in lower case.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import EditTreeLemmatizer
from spacy.tokens import Doc
from thinc.api import Model

from tasks.language.files import read_file
from tasks.language.words import word_indices

TRIED = 5
"""Trees tried, the likeliest first, until one applies to the word."""


def lowered(tree: int) -> int:
    """Return the label for `tree` on the lower-cased word; that on the word as it is is `tree`."""
    return -1 - tree


def known_key(form: str, pos: str) -> str:
    """Return the key of a word in the table of known lemmas."""
    return f"{form}/{pos}"


class Lemmatizer(EditTreeLemmatizer):
    """spaCy's lemmatizer, whose labels also say whether a tree is for the lower-cased word.

    Treebanks write 'Laughter' as 'laughter' but 'American' as 'American': with trees on the
    written word alone, each first letter needs a tree of its own.
    """

    def predict(  # type: ignore[override]  # lemmas, not the numbers of trees
        self, docs: Iterable[Doc]
    ) -> list[list[str]]:
        """Return the lemma of each token, a list a `Doc`; white space is its own."""
        return [self._lemmas(doc) for doc in docs]

    def set_annotations(self, docs: Iterable[Doc], lemmas: Sequence[Sequence[str]]) -> None:
        """Set the lemmas that `predict` gave, where none stands yet."""
        for doc, found in zip(docs, lemmas, strict=True):
            for token, lemma in zip(doc, found, strict=True):
                if self.overwrite or token.lemma == 0:
                    token.lemma_ = lemma

    def from_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> "Lemmatizer":
        """Read all from the folder `path`; raises LanguageError for a file that is missing."""
        for name in ("cfg", "model", "trees"):  # spaCy would go on without the first and the last
            read_file(Path(path) / name, Path.stat)
        super().from_disk(path, exclude=tuple(exclude))  # type: ignore[no-untyped-call]  # spaCy's
        return self

    def _lemmas(self, doc: Doc) -> list[str]:
        found = [token.text for token in doc]
        words = word_indices(doc)
        if not len(words):
            return found
        scores = np.asarray(self.model.predict([doc])[0])[words]
        best = scores.argmax(1)
        labels: list[int] = self.cfg["labels"]
        known: dict[str, str] = self.cfg["known"]
        for row, index in enumerate(words.tolist()):
            form = found[index]
            lemma = known.get(known_key(form, doc[index].pos_))
            if lemma is None:
                lemma = self._apply(labels[best[row]], form)
            if lemma is None:
                ranked = np.argsort(-scores[row], kind="stable")[1:TRIED]
                tried = (self._apply(labels[one], form) for one in ranked.tolist())
                lemma = next((one for one in tried if one), form)
            found[index] = lemma
        return found

    def _apply(self, label: int, form: str) -> str | None:
        """Return the lemma of `form`, or None where the tree does not apply."""
        lemma: str | None = (
            self.trees.apply(-1 - label, form.lower())
            if label < 0
            else self.trees.apply(label, form)
        )
        return lemma or None


@Language.factory(
    "demarche_lemmatizer", assigns=["token.lemma"], requires=["doc.tensor", "token.pos"]
)
def make_lemmatizer(nlp: Language, name: str, model: Model[Any, Any]) -> Lemmatizer:
    """Return a lemmatizer for spaCy's configuration."""
    made = Lemmatizer(nlp.vocab, model, name, overwrite=False, scorer=None)
    made.cfg["known"] = {}
    return made
