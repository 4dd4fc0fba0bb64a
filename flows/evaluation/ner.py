"""Names against those that people marked: exact spans with their labels, as CoNLL 2003 counts.

Labels of the file and of the pipeline are first brought to a common set, see
`flows.evaluation.labels`. Tokens are given. Where the file marks documents, each is read whole;
elsewhere each sentence on its own, since such files may be shuffled.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from flows.evaluation.bio import NameSpan, Tagged, read_bio
from flows.evaluation.errors import EvaluationError
from flows.evaluation.files import marked_files
from flows.evaluation.labels import Common, common_labels
from flows.evaluation.pipelines import annotated, given_doc
from flows.evaluation.scores import f1_scores
from flows.evaluation.spacing import likely_spaces, spaces_in

ENDINGS = (".txt", ".conll", ".iob2", ".bio")

Counts = Counter[tuple[str, str]]
"""How many names are correct, found and wanted, by label."""


def evaluate(
    data: Path, nlp: Language, *, labels: Sequence[str] = ()
) -> tuple[int, dict[str, Any]]:
    """Return how many sentences `data` has, and how well `nlp` finds their names, in per cent.

    `data` is a BIO file or a folder with such below it, `labels` as in `common_labels`.
    `items` of a label is how many names are marked with it. Raises EvaluationError.
    """
    sentences: list[Tagged] = []
    given: dict[str, Path] = {}
    for path in marked_files(data, ENDINGS, below=True):
        read = _read(path)
        sentences += read
        given = {label: path for one in read for _, _, label in one.names} | given
    common = common_labels(given, labels)
    counts: Counts = Counter()
    documents = list(_documents(sentences))
    docs = annotated(nlp, (_doc(nlp.vocab, one) for one in documents), needed="ENT_IOB")
    for document, doc in zip(documents, docs, strict=True):
        _count(counts, _mapped(_marked(document), common), _mapped(_names(doc), common))
    return len(sentences), _metrics(
        counts, [name for name in dict.fromkeys(common.values()) if name]
    )


def _read(path: Path) -> list[Tagged]:
    found = list(read_bio(path))
    if not found:
        raise EvaluationError(f"{path}: no sentence in it")
    return found


def _documents(sentences: Iterable[Tagged]) -> Iterator[list[Tagged]]:
    """Yield the sentences of each document."""
    document: list[Tagged] = []
    for one in sentences:
        if document and not one.goes_on:
            yield document
            document = []
        document.append(one)
    if document:
        yield document


def _doc(vocab: Vocab, document: Sequence[Tagged]) -> Doc:
    tokens = [token for one in document for token in one.tokens]
    starts = [at == 0 for one in document for at in range(len(one.tokens))]
    spaces: list[bool] = []
    for one in document:
        given = None if one.text is None else spaces_in(one.text, one.tokens)
        spaces += [*(given or likely_spaces(one.tokens))[:-1], True]
    return given_doc(vocab, tokens, spaces, starts)


def _marked(document: Iterable[Tagged]) -> Iterator[NameSpan]:
    first = 0
    for one in document:
        yield from ((first + start, first + end, label) for start, end, label in one.names)
        first += len(one.tokens)


def _names(doc: Doc) -> Iterable[NameSpan]:
    return ((span.start, span.end, span.label_) for span in doc.ents)


def _mapped(names: Iterable[NameSpan], common: Common) -> set[NameSpan]:
    return {(start, end, name) for start, end, label in names if (name := common.get(label))}


def _count(counts: Counts, wanted: set[NameSpan], found: set[NameSpan]) -> None:
    for kind, names in (("correct", wanted & found), ("found", found), ("wanted", wanted)):
        counts.update((label, kind) for _, _, label in names)


def _metrics(counts: Counts, labels: Sequence[str]) -> dict[str, Any]:
    metrics: dict[str, Any] = dict(_scores(counts, labels))
    if "MISC" in labels:
        others = [label for label in labels if label != "MISC"]
        metrics["f1_without_misc"] = _scores(counts, others)["f1"]
    metrics["per_label"] = {
        label: _scores(counts, [label]) | {"items": counts[label, "wanted"]} for label in labels
    }
    return metrics


def _scores(counts: Counts, labels: Sequence[str]) -> dict[str, float]:
    correct, found, wanted = (
        sum(counts[label, kind] for label in labels) for kind in ("correct", "found", "wanted")
    )
    return f1_scores(correct, found, wanted)
