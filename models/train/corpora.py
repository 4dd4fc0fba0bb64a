"""The sentences that train the pipeline, read from the data folder.

Each says what its corpus says and no more: syntax, names or both.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from flows.evaluation.bio import read_bio, spans
from flows.evaluation.conllu import Sentence, Word, read_conllu
from flows.evaluation.gum_coreference import gum_entities
from flows.evaluation.spacing import likely_spaces
from models.train import names
from tasks.language.features import Spacing


@dataclass(slots=True)
class Sample:
    """One sentence: words, spacing before each, and what the corpus says of it.

    `syntax` are the words of a treebank; `tags` says which tags of names each word may have,
    shape (words, tags). `document` counts the documents of `corpus`; sentences of different
    documents never share a window. `has_boundaries`: whether its neighbours tell where it ends.
    """

    corpus: str
    document: int
    words: list[str]
    spacing: list[Spacing]
    syntax: tuple[Word, ...] | None = None
    tags: NDArray[np.bool_] | None = None
    has_boundaries: bool = True
    pieces: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))


def treebank(path: Path, corpus: str) -> Iterator[Sample]:
    """Yield the sentences of a treebank; those of GUM with their names."""
    document, is_spaced = 0, True
    for sentence in read_conllu(path):
        document += sentence.starts_document
        before = Spacing.SPACE if is_spaced else Spacing.JOINED
        if sentence.starts_document or sentence.starts_paragraph:
            before = Spacing.PARAGRAPH
        is_spaced = sentence.words[-1].space_after
        words = [word.form for word in sentence.words]
        spacing = _spacing([word.space_after for word in sentence.words], before)
        tags = _gum_tags(sentence, words) if corpus == "gum" else proper_noun_tags(sentence.words)
        yield Sample(corpus, document, words, spacing, sentence.words, tags)


def proper_noun_tags(sentence: Sequence[Word]) -> NDArray[np.bool_]:
    """Return the tags of names that the parts of speech of a sentence leave possible.

    A treebank without names still says where they are: a proper noun is in one, of whatever label;
    a word of another kind is in none, but for those that often stand in names or beside them.
    """
    words = [word.form for word in sentence]
    tags = names.allowed_tags(words, [], frozenset())
    is_proper = [word.upos == "PROPN" for word in sentence]
    for at, word in enumerate(sentence):
        near = any(is_proper[max(at - 2, 0) : at]) or any(is_proper[at + 1 : at + 3])
        if word.form.lower() in names.demonyms():
            tags[at] = True
        elif is_proper[at]:
            tags[at] = True
            tags[at, 0] = names.is_calendar_or_title(word.form)
        elif near or (at > 0 and word.form[:1].isupper()):
            tags[at] = True
    return tags


def name_corpus(path: Path, corpus: str, *, is_shuffled: bool) -> Iterator[Sample]:
    """Yield the sentences of a BIO file."""
    for number, one in enumerate(read_bio(path)):
        words = list(one.tokens)
        yield _named(corpus, number if is_shuffled else 0, words, list(one.names), is_shuffled)


def gmb(path: Path, share: float, seed: int) -> Iterator[Sample]:
    """Yield a `share` of the Groningen Meaning Bank in runs of 16 sentences."""
    keep = np.random.default_rng(seed).random(1_000_000) < share
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if keep[number // 16]:
                row = json.loads(line)
                marked = [one for one in spans(row["ner"]) if one[2] in names.GUIDES["gmb"].labels]
                yield _named("gmb", number // 16, row["tokens"], marked, is_shuffled=False)


def _named(
    corpus: str,
    document: int,
    words: list[str],
    marked: list[tuple[int, int, str]],
    is_shuffled: bool,
) -> Sample:
    found = names.spans_of(corpus, words, marked)
    return Sample(
        corpus,
        document,
        words,
        _spacing(likely_spaces(words), Spacing.SPACE),
        tags=names.allowed_tags(words, found, names.GUIDES[corpus].unmarked),
        has_boundaries=not is_shuffled,
    )


def _spacing(space_after: list[bool], first: Spacing) -> list[Spacing]:
    return [
        first,
        *(Spacing.SPACE if is_spaced else Spacing.JOINED for is_spaced in space_after[:-1]),
    ]


def _gum_tags(sentence: Sentence, words: list[str]) -> NDArray[np.bool_]:
    """Return the tags of the named mentions of a GUM sentence.

    GUM marks whole noun phrases, named or not. A name is the run of capitalised words around the
    head of a phrase whose head is a proper noun.
    """
    found: list[tuple[int, int, str]] = []
    for _, kind, start, last, heads in gum_entities(sentence.words):
        end = last + 1
        proper = [at for at in heads if start <= at < end and sentence.words[at].upos == "PROPN"]
        if proper:
            inner = _IN_PERSONS if kind == "person" else _INNER
            found.append((*_capitalised(sentence.words, start, end, proper[-1], inner), kind))
    outermost = [
        one
        for one in found
        if not any(o[0] <= one[0] and one[1] <= o[1] and o[:2] != one[:2] for o in found)
    ]
    unique = {span[:2]: span for span in outermost}
    ordered = sorted(unique.values())
    flat = [next(group) for _, group in groupby(ordered, key=lambda span: span[0])]
    spans_found = names.spans_of("gum", words, flat)
    return names.allowed_tags(words, spans_found, names.GUIDES["gum"].unmarked)


_IN_PERSONS = frozenset(["-", "'", "de", "la", "van", "von", "der", "bin", "al", "ul", "el"])
_INNER = _IN_PERSONS | frozenset(["of", "the", "and", "for", "&", "'s"])
"""Words that may stand inside a name, of a person or of anything, without a capital."""


def _capitalised(
    words: tuple[Word, ...], start: int, end: int, head: int, inner: frozenset[str]
) -> tuple[int, int]:
    """Return the run of capitalised words around `head` within the mention."""

    def is_name(word: Word) -> bool:
        return word.form[:1].isupper() or word.upos == "PROPN" or word.form.isdecimal()

    first = head
    while first > start:
        step = 1
        while first - step > start and words[first - step].form.lower() in inner:
            step += 1
        if not is_name(words[first - step]) or words[first - step].form in {"The", "A"}:
            break
        first -= step
    last = head + 1
    while last < end:
        step = 0
        while last + step < end - 1 and words[last + step].form.lower() in inner:
            step += 1
        if not is_name(words[last + step]):
            break
        last += step + 1
    return first, last
