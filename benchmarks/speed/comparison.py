"""A pipeline of spaCy's own CNN with the components of ours, to compare speeds with.

spaCy's trained pipelines cannot be had here, so this one is made on the spot: the network and the
sizes that spaCy takes by default (`HashEmbedCNN`: width 96, depth 4, 2,000 rows), one for all
components, with as many labels as ours. It is trained for a moment on what our pipeline finds in
other texts of the same kind, so that parser and names make as many steps as a trained one would.
It is of no use for anything but its speed. Where `en_core_web_sm` differs, it is slower: it has a
second such network, for names alone.
"""

import json
import random
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from thinc.api import fix_random_seed

WIDTH = 96
SENTENCES = 200
ROUNDS = 15
"""Times the sentences are gone through: enough to find about as many sentences and names as ours,
in invented news and in Wikinews."""
PASSAGE, BATCH = 5, 2
"""Sentences read together, so that their boundaries can be learned; passages an update."""
_LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "*"}
_NETWORK = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "width": WIDTH,
    "depth": 4,
    "embed_size": 2000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": True,
    "pretrained_vectors": None,
}
_TRAINED = {
    "senter": "senter",
    "tagger": "tagger",
    "morphologizer": "morphologizer",
    "parser": "parser",
    "lemmatizer": "trainable_lemmatizer",
    "ner": "ner",
}
"""Names and factories of the components that listen to the network."""


def make_comparison(folder: Path, ours: Language, texts: Sequence[str], *, seed: int) -> int:
    """Write the pipeline to `folder`, trained on what `ours` finds in `texts`.

    Takes SENTENCES sentences, if there are as many; returns how many.
    """
    fix_random_seed(seed)
    nlp = _untrained(ours, folder / "labels")
    with ours.select_pipes(disable="attribute_ruler"):  # its '_SP' is no label of the tagger
        sentences = list(islice((one for doc in map(ours, texts) for one in doc.sents), SENTENCES))
    examples = [_example(nlp, one) for one in _passages(sentences)]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(ROUNDS):
        random.shuffle(examples)
        for at in range(0, len(examples), BATCH):
            nlp.update(examples[at : at + BATCH], sgd=optimizer)
    rules: Any = nlp.get_pipe("attribute_ruler")
    given: Any = ours.get_pipe("attribute_ruler")
    rules.add_patterns(given.patterns)  # initialising forgets them
    nlp.to_disk(folder)
    return len(sentences)


def _untrained(ours: Language, labels: Path) -> Language:
    """Return the pipeline with the labels of `ours`; spaCy reads some of them from files."""
    labels.mkdir(parents=True)
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": _NETWORK})
    for name, factory in _TRAINED.items():
        nlp.add_pipe(factory, name=name, config={"model": {"tok2vec": _LISTENER}})
    nlp.add_pipe("attribute_ruler", before="ner")
    initial = nlp.config["initialize"]["components"]
    for name in ("tagger", "morphologizer", "lemmatizer"):
        labelled: Any = ours.get_pipe(name)
        path = labels / f"{name}.json"
        path.write_text(json.dumps(labelled.label_data), encoding="utf-8")
        initial[name] = {"labels": {"@readers": "spacy.read_labels.v1", "path": str(path)}}
    for name in ("parser", "ner"):
        component: Any = nlp.get_pipe(name)
        for label in ours.pipe_labels[name]:
            component.add_label("ROOT" if label == "root" else label)
    return nlp


def _passages(sentences: Sequence[Span]) -> Iterator[Doc]:
    """Yield runs of up to PASSAGE neighbouring sentences."""
    for _, group in groupby(enumerate(sentences), lambda one: (id(one[1].doc), one[0] // PASSAGE)):
        spans = [span for _, span in group]
        yield spans[0].doc[spans[0].start : spans[-1].end].as_doc()


def _example(nlp: Language, doc: Doc) -> Example:
    known = Doc(nlp.vocab).from_bytes(doc.to_bytes(exclude=["tensor", "user_data"]))
    words, spaces = zip(*((token.text, bool(token.whitespace_)) for token in doc), strict=True)
    return Example(Doc(nlp.vocab, words=list(words), spaces=list(spaces)), known)
