"""textacy's direct quotations, a peer to statements: the same texts, parse and figures.

textacy names relations as ClearNLP does, the language model as Universal Dependencies do; those
that textacy asks for are renamed. It gives up where marks are odd in number, so it is given one
paragraph at a time, which loses the paragraph and not the text.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from benchmarks.result import SkippedError
from flows.evaluation import statements
from flows.evaluation.attributions import Attribution, in_one
from tasks.language import make_doc
from warehouse.tables import Article

Triple = tuple[list[Token], list[Token], Span]
"""Words of the speaker, words of the cue, and the quotation with its marks."""

RELATIONS = {
    "nsubj:outer": "nsubj",
    "nsubj:pass": "nsubjpass",
    "csubj:outer": "csubj",
    "csubj:pass": "csubjpass",
    "aux:pass": "auxpass",
    "flat": "compound",
}
"""ClearNLP's names. Names of persons hang together by `flat`, which ClearNLP has no other for."""
NEGATIONS = frozenset({"not", "n't", "n\u2019t", "never"})
"""What ClearNLP calls `neg` and Universal Dependencies an adverb."""


def measure(data: Path, nlp: Language) -> dict[str, Any]:
    """Return textacy's figures on the marked statements in `data`; raises SkippedError."""
    items, metrics = statements.evaluate(data, quotations(nlp))
    return {"items": items, **metrics}


def quotations(nlp: Language) -> statements.Find:
    """Return what finds direct quotations; raises SkippedError where textacy is not installed."""
    try:
        from textacy.extract.triples import direct_quotations
    except ImportError:
        raise SkippedError("textacy is not installed: pip install 'demarche[peers]'") from None

    def find(article: Article) -> list[Attribution]:
        found: list[Attribution] = []
        for paragraph in paragraphs(make_doc(nlp, article.text)):
            try:
                triples = list(direct_quotations(as_clear(paragraph)))
            except ValueError:  # marks odd in number
                continue
            found += [attribution(triple, paragraph.start_char) for triple in triples]
        return in_one(found)

    return find


def attribution(triple: Triple, offset: int) -> Attribution:
    """Return a triple of textacy as spans of the text in which its document starts at `offset`."""
    speaker, cue, content = triple
    return Attribution(
        source=tuple((offset + word.idx, offset + word.idx + len(word)) for word in speaker),
        cue=tuple((offset + word.idx, offset + word.idx + len(word)) for word in cue),
        content=((offset + content.start_char, offset + content.end_char),),
    )


def paragraphs(doc: Doc) -> Iterator[Span]:
    """Yield the stretches of `doc` between line ends."""
    start = 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            if token.i > start:
                yield doc[start : token.i]
            start = token.i + 1
    if start < len(doc):
        yield doc[start:]


def as_clear(span: Span) -> Doc:
    """Return a copy of `span` with the relations that textacy asks for by ClearNLP's names."""
    doc = span.as_doc()
    for token in doc:
        if token.dep_ == "advmod" and token.text.lower() in NEGATIONS:
            token.dep_ = "neg"
        else:
            token.dep_ = RELATIONS.get(token.dep_, token.dep_)
    return doc
