"""spaCy's own components over the encoder, with the labels of the treebanks, not yet trained."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.morphology import Morphology
from spacy.pipeline._edit_tree_internals.edit_trees import EditTrees
from spacy.strings import StringStore
from spacy.tokens import Doc
from spacy.training import Example

from flows.evaluation.conllu import Word
from models.train.corpora import Sample
from models.train.windows import IGNORED, Truth
from tasks.language import vectors
from tasks.language.lemmatizer import Lemmatizer, known_key, lowered

WIDTH = 384
LEMMA_TIMES = 3
"""Times a label of lemmas must be seen to be kept, as spaCy has it by default."""
KNOWN_TIMES = 2
"""Times a form must be seen for its lemma to be known: once may be a slip."""


@dataclass(slots=True)
class Skeleton:
    """A pipeline whose components have labels; `relations` are those of the parser."""

    nlp: Language
    relations: tuple[str, ...]

    def labels(self, name: str) -> tuple[str, ...]:
        """Return the labels of the component `name`, in the order of its classes."""
        pipe: Any = self.nlp.get_pipe(name)
        return tuple(pipe.labels)


def build(samples: Sequence[Sample]) -> Skeleton:
    """Return the pipeline with the labels that the treebank sentences of `samples` bring."""
    nlp = spacy.blank("en")
    model = {
        "@architectures": "spacy.Tagger.v2",
        "tok2vec": {"@architectures": vectors.NAME, "width": WIDTH},
        "nO": None,
        "normalize": False,
    }
    nlp.add_pipe("tagger", config={"model": model})
    nlp.add_pipe("morphologizer", config={"model": model})
    lemmatizer: Any = nlp.add_pipe(
        "demarche_lemmatizer", name="lemmatizer", config={"model": model}
    )
    parsed = [one.syntax for one in samples if one.syntax is not None]
    lemmatizer.cfg["labels"] = _lemma_labels(lemmatizer, parsed)
    lemmatizer.cfg["known"] = _known(parsed)
    examples = [_example(nlp, words) for words in parsed]
    nlp.initialize(lambda: examples)
    relations = sorted({word.deprel for words in parsed for word in words})
    return Skeleton(nlp, tuple(relations))


def _lemma_labels(lemmatizer: Lemmatizer, parsed: Sequence[tuple[Word, ...]]) -> list[int]:
    """Return the labels seen LEMMA_TIMES or more, and add their trees to `lemmatizer`."""
    counts = Counter(_pair(word) for words in parsed for word in words if word.lemma != "_")
    trees = EditTrees(StringStore())
    by_label: Counter[int] = Counter()
    pairs: dict[int, tuple[str, str, bool]] = {}
    for pair, times in counts.items():
        label = _label(trees, pair)
        by_label[label] += times
        pairs.setdefault(label, pair)
    kept = [pairs[label] for label, times in by_label.items() if times >= LEMMA_TIMES]
    return [_label(lemmatizer.trees, pair) for pair in kept]


def _known(parsed: Sequence[tuple[Word, ...]]) -> dict[str, str]:
    """Return the commonest lemma of each form and part of speech seen KNOWN_TIMES or more."""
    counts: dict[str, Counter[str]] = {}
    for words in parsed:
        for word in words:
            if word.lemma != "_":
                counts.setdefault(known_key(word.form, word.upos), Counter())[word.lemma] += 1
    return {
        key: lemmas.most_common(1)[0][0]
        for key, lemmas in sorted(counts.items())
        if lemmas.total() >= KNOWN_TIMES
    }


def _pair(word: Word) -> tuple[str, str, bool]:
    """Return form and lemma, and whether the form is lower-cased on the way."""
    if word.form != word.form.lower() and word.lemma == word.lemma.lower():
        return word.form.lower(), word.lemma, True
    return word.form, word.lemma, False


def _label(trees: EditTrees, pair: tuple[str, str, bool]) -> int:
    form, lemma, is_lowered = pair
    tree = int(trees.add(form, lemma))
    return lowered(tree) if is_lowered else tree


def _example(nlp: Language, words: tuple[Word, ...]) -> Example:
    forms = [word.form for word in words]
    gold = Doc(
        nlp.vocab,
        words=forms,
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        morphs=["" if word.feats == "_" else word.feats for word in words],
    )
    bare = Doc(nlp.vocab, words=forms)
    bare.tensor = np.zeros((len(forms), WIDTH), dtype="float32")
    return Example(bare, gold)


def truths(skeleton: Skeleton, samples: Sequence[Sample]) -> list[Truth | None]:
    """Return the classes of the words of each sentence; None where it has no syntax."""
    nlp = skeleton.nlp
    tags = {tag: number for number, tag in enumerate(skeleton.labels("tagger"))}
    morphs = {m: n for n, m in enumerate(skeleton.labels("morphologizer"))}
    relations = {relation: number for number, relation in enumerate(skeleton.relations)}
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    seen: dict[tuple[str, str, bool], int] = {}
    numbers = {tree: number for number, tree in enumerate(lemmatizer.cfg["labels"])}

    def lemma(word: Word) -> int:
        pair = _pair(word)
        if pair not in seen:
            seen[pair] = numbers.get(_label(lemmatizer.trees, pair), IGNORED)
        return IGNORED if word.lemma == "_" else seen[pair]

    def morph(word: Word) -> int:
        feats = Morphology.feats_to_dict("" if word.feats == "_" else word.feats)
        key = nlp.vocab.strings[nlp.vocab.morphology.add(feats | {"POS": word.upos})]
        return morphs.get(key, IGNORED)

    found: list[Truth | None] = []
    for one in samples:
        if one.syntax is None:
            found.append(None)
            continue
        found.append(
            Truth(
                np.array([tags.get(w.xpos, IGNORED) for w in one.syntax]),
                np.array([morph(w) for w in one.syntax]),
                np.array([lemma(w) for w in one.syntax]),
                np.array([w.head for w in one.syntax]),
                np.array([relations.get(w.deprel, IGNORED) for w in one.syntax]),
            )
        )
    return found
