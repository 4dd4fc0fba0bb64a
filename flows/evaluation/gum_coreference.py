"""GUM (Zeldes 2017): mentions of entities and who they refer to, in the MISC column of CoNLL-U.

An opening bracket holds the entity's number, its type and the words of the smallest span: of a
phrase its head, of a name all words but such as "of". Singletons are marked too.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from spacy.vocab import Vocab

from flows.evaluation.conllu import Word
from flows.evaluation.errors import EvaluationError
from flows.evaluation.mention_spans import (
    MarkedArticle,
    MentionSpan,
    NameKind,
    mention_span,
    smallest,
)
from flows.evaluation.syntax import Marked, read
from warehouse.tables import MentionLabel

TYPES = frozenset({"person", "organization", "place"})
LABELS: frozenset[MentionLabel] = frozenset({"PERSON", "ORG", "GPE", "LOC"})
"""Demonyms are left out: GUM marks noun phrases, and so no adjectives."""

_ATTRIBUTE = "Entity="
_BRACKETS = re.compile(r"\([^()]+\)?|[^()]+\)")
_MINSPAN = 5


class GumEntity(NamedTuple):
    """A marked phrase: its entity and type, first and last word, words of the smallest span."""

    entity: str
    type: str
    first: int
    last: int
    core: tuple[int, ...]


def read_gum(path: Path) -> Iterator[MarkedArticle]:
    """Yield the documents of the file at `path`; raises EvaluationError where none has entities."""
    documents = list(read(path, Vocab()))
    if not any(_ATTRIBUTE in word.misc for one in documents for word in one.words):
        raise EvaluationError(f"{path}: no {_ATTRIBUTE} in its last column, as GUM has it")
    for document in documents:
        try:
            mentions = smallest(_mentions(document))
        except (ValueError, IndexError) as error:
            raise EvaluationError(f"{path}: entities are not as GUM has them ({error})") from None
        text = document.doc.text
        yield MarkedArticle(text=text, mentions=tuple(mentions), marked_to=len(text), labels=LABELS)


def gum_entities(words: Sequence[Word]) -> Iterator[GumEntity]:
    """Yield the phrases marked in `words`, whose numbers count from 0, as they close.

    Raises ValueError or IndexError where brackets are not as GUM has them.
    """
    open_ones: list[tuple[str, str, int, str]] = []
    for at, word in enumerate(words):
        for bracket in _brackets(word):
            if bracket.startswith("("):
                entity, kind, *rest = bracket.strip("()").split("-")
                open_ones.append((entity, kind, at, rest[_MINSPAN - 2]))
            if bracket.endswith(")"):
                number = bracket.strip("()").split("-")[0]
                closed = max(i for i, one in enumerate(open_ones) if one[0] == number)
                entity, kind, first, minspan = open_ones.pop(closed)
                core = tuple(first + int(one) - 1 for one in minspan.split(","))
                yield GumEntity(entity, kind, first, at, core)


def _mentions(document: Marked) -> Iterator[MentionSpan]:
    return (_span(document, one) for one in gum_entities(document.words) if one.type in TYPES)


def _brackets(word: Word) -> list[str]:
    value = next((one for one in word.misc.split("|") if one.startswith(_ATTRIBUTE)), "")
    return _BRACKETS.findall(value.removeprefix(_ATTRIBUTE))


def _span(document: Marked, one: GumEntity) -> MentionSpan:
    core = _first_run(one.core)
    places = (one.first, one.last, core[-1])
    first, end, head = (document.doc[document.positions[at]] for at in places)
    kind = _kind([document.words[at] for at in core])
    return mention_span(
        document.doc.text,
        first.idx,
        end.idx + len(end),
        kind,
        one.entity,
        head=None if kind == "name" else head.idx,
    )


def _first_run(words: Sequence[int]) -> Sequence[int]:
    """Return the words before the first gap."""
    for length, (one, other) in enumerate(pairwise(words), start=1):
        if other != one + 1:
            return words[:length]
    return words


def _kind(core: Sequence[Word]) -> NameKind:
    if core[-1].upos == "PRON":
        return "pronoun"
    return "name" if any(word.upos == "PROPN" for word in core) else "nominal"
