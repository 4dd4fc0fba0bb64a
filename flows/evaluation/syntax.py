"""Parts of speech, lemmas, dependencies and boundaries against a treebank in CoNLL-U.

The measures are those of the CoNLL 2018 shared task (Zeman and others 2018, `conll18_ud_eval.py`),
punctuation included: relations count by their universal part, before the colon, and a lemma that
the treebank leaves open, `_`, counts as right. Words are given for all but `tokens_f1` and
`sentence_f1`, which compare spans in raw text, by their characters without white space.

Raw text is put together from the words, so the words of a range have to be its parts (do + n't).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from flows.evaluation.conllu import Sentence, Word, read_conllu
from flows.evaluation.errors import EvaluationError
from flows.evaluation.files import marked_files
from flows.evaluation.pipelines import annotated, given_doc, read_texts
from flows.evaluation.scores import f1_scores, percent

PARAGRAPH = "\n\n"
BATCH = 16
"""Documents read at once; each may be as long as an article or, without `# newdoc`, a file."""

_ATTRIBUTES = {"upos_acc": "POS", "xpos_acc": "TAG", "lemma_acc": "LEMMA"}
"""What a component has to set for a measure to mean anything."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """A document of a treebank: `doc` holds its tokens, white space between paragraphs included.

    `positions` gives the token of each of `words`, `heads` that of its head, its own for a root.
    """

    doc: Doc
    words: tuple[Word, ...]
    positions: tuple[int, ...]
    heads: tuple[int, ...]
    sentences: int


def evaluate(data: Path, nlp: Language) -> tuple[int, dict[str, float | None]]:
    """Return how many sentences `data` has, and how well `nlp` reads them, in per cent.

    `data` is a `.conllu` file or a folder of them. A measure of what `nlp` does not set is None.
    Raises EvaluationError.
    """
    documents = [one for path in marked_files(data, (".conllu",)) for one in read(path, nlp.vocab)]
    texts = [document.doc.text for document in documents]
    bounds = [boundaries(document.doc) for document in documents]  # before `nlp` may move them
    metrics = _on_given_words(documents, nlp) | _on_raw_text(texts, bounds, nlp)
    return sum(document.sentences for document in documents), metrics


def read(path: Path, vocab: Vocab) -> Iterator[Marked]:
    """Yield the documents of a treebank's file; where it tells none, paragraphs; else it is one.

    Raises EvaluationError.
    """
    sentences = list(read_conllu(path))
    if not sentences:
        raise EvaluationError(f"{path}: no sentence in it")
    has_documents = any(sentence.starts_document for sentence in sentences)
    groups: list[list[Sentence]] = []
    for sentence in sentences:
        is_start = sentence.starts_document if has_documents else sentence.starts_paragraph
        if is_start or not groups:
            groups.append([])
        groups[-1].append(sentence)
    for group in groups:
        yield _marked(group, vocab)


def boundaries(doc: Doc) -> tuple[set[Span], set[Span]]:
    """Return the spans of sentences and of tokens, counted in characters without white space."""
    sentences: set[Span] = set()
    tokens: set[Span] = set()
    at = 0
    for sentence in doc.sents:
        start = at
        for token in sentence:
            length = sum(map(len, token.text.split()))
            if length:
                tokens.add((at, at + length))
            at += length
        if at > start:
            sentences.add((start, at))
    return sentences, tokens


def _marked(sentences: list[Sentence], vocab: Vocab) -> Marked:
    forms: list[str] = []
    spaces: list[bool] = []
    starts: list[bool] = []
    words: list[Word] = []
    positions: list[int] = []
    heads: list[int] = []
    for sentence in sentences:
        if forms and sentence.starts_paragraph:
            spaces[-1] = False
            forms.append(PARAGRAPH)
            spaces.append(False)
            starts.append(False)
        first = len(forms)
        for at, word in enumerate(sentence.words):
            forms.append(word.form)
            spaces.append(word.space_after)
            starts.append(at == 0)
            words.append(word)
            positions.append(first + at)
            heads.append(first + (word.head - 1 if word.head else at))
    doc = given_doc(vocab, forms, spaces, starts)
    return Marked(doc, tuple(words), tuple(positions), tuple(heads), len(sentences))


def _on_given_words(documents: list[Marked], nlp: Language) -> dict[str, float | None]:
    right: Counter[str] = Counter()
    is_set = dict.fromkeys(_ATTRIBUTES, False)
    docs = annotated(nlp, (one.doc for one in documents), needed="DEP", batch_size=BATCH)
    for document, doc in zip(documents, docs, strict=True):
        right.update(_right(document, doc))
        for measure, attribute in _ATTRIBUTES.items():
            is_set[measure] = is_set[measure] or doc.has_annotation(attribute)
    whole = sum(len(document.words) for document in documents)
    measures = ("upos_acc", "xpos_acc", "lemma_acc", "uas", "las", "las_subtypes")
    return {
        measure: percent(right[measure], whole) if is_set.get(measure, True) else None
        for measure in measures
    }


def _right(document: Marked, doc: Doc) -> Iterator[str]:
    """Yield the measures in which a word is right, word by word."""
    for word, at, head in zip(document.words, document.positions, document.heads, strict=True):
        token = doc[at]
        if token.pos_ == word.upos:
            yield "upos_acc"
        if token.tag_ == word.xpos:
            yield "xpos_acc"
        if word.lemma in ("_", token.lemma_):
            yield "lemma_acc"
        if token.head.i == head:
            yield "uas"
            relation = _relation(token)
            if relation == word.deprel:
                yield "las_subtypes"
            if relation.partition(":")[0] == word.deprel.partition(":")[0]:
                yield "las"


def _relation(token: Token) -> str:
    """Return the relation of a token; spaCy writes ROOT where treebanks write root."""
    return "root" if token.dep_ == "ROOT" else token.dep_


def _on_raw_text(
    texts: list[str], bounds: list[tuple[set[Span], set[Span]]], nlp: Language
) -> dict[str, float | None]:
    counts: Counter[tuple[str, str]] = Counter()
    docs = read_texts(nlp, texts, batch_size=BATCH)
    for wanted, doc in zip(bounds, docs, strict=True):
        for unit, gold, found in zip(("sentence", "tokens"), wanted, boundaries(doc), strict=True):
            counts[unit, "correct"] += len(gold & found)
            counts[unit, "found"] += len(found)
            counts[unit, "wanted"] += len(gold)
    return {
        f"{unit}_f1": f1_scores(
            counts[unit, "correct"], counts[unit, "found"], counts[unit, "wanted"]
        )["f1"]
        for unit in ("sentence", "tokens")
    }
