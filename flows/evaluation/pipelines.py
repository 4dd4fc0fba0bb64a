"""Run any spaCy pipeline over tokens that are given, or over raw text."""

from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from flows.evaluation.errors import EvaluationError

COMPONENTS = {
    "DEP": "sets heads and relations; add a component such as `parser`",
    "ENT_IOB": "sets names; add a component such as `ner`",
    "SENT_START": "sets sentence boundaries; add a component such as `parser` or `senter`",
}
"""What a pipeline lacks that leaves an attribute empty."""


def given_doc(
    vocab: Vocab, tokens: Sequence[str], spaces: Sequence[bool], starts: Sequence[bool]
) -> Doc:
    """Return a document with `tokens`, the white space after each, and where sentences start."""
    return Doc(vocab, words=list(tokens), spaces=list(spaces), sent_starts=list(starts))


def annotated(
    nlp: Language, docs: Iterable[Doc], *, needed: str, batch_size: int | None = None
) -> Iterator[Doc]:
    """Yield `docs` after the components of `nlp`, which have to set the attribute `needed`.

    Raises EvaluationError where they leave it empty, or part or join tokens.
    """
    lengths: list[int] = []

    def counted() -> Iterator[Doc]:
        for doc in docs:
            lengths.append(len(doc))
            yield doc

    for number, doc in enumerate(nlp.pipe(counted(), batch_size=batch_size)):
        if len(doc) != lengths[number]:
            raise EvaluationError(f"the pipeline {full_name(nlp)} parts or joins the given tokens")
        if not doc.has_annotation(needed):
            there = ", ".join(nlp.pipe_names) or "none"
            raise EvaluationError(
                f"nothing in the pipeline {full_name(nlp)} {COMPONENTS[needed]}; it has: {there}"
            )
        yield doc


def read_texts(
    nlp: Language, texts: Iterable[str], *, batch_size: int | None = None
) -> Iterator[Doc]:
    """Yield `texts`, of any length, read by `nlp`; raises EvaluationError without sentences."""
    docs = (nlp.tokenizer(text) for text in texts)  # make_doc would refuse a text of a megabyte
    return annotated(nlp, docs, needed="SENT_START", batch_size=batch_size)


def full_name(nlp: Language) -> str:
    """Return the name of a pipeline as spaCy's packages have it, such as `en_core_web_sm`."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']}"
