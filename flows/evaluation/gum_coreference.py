"""GUM (Zeldes 2017): mentions of entities and who they refer to, in the MISC column of CoNLL-U.

An opening bracket holds the entity's number, its type and the words of the smallest span: of a
phrase its head, of a name all words but such as "of". Singletons are marked too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class _Open:
    """A bracket that is open: the words of its smallest span count from `first`."""

    entity: str
    type: str
    first: int
    minspan: str


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


def _mentions(document: Marked) -> Iterator[MentionSpan]:
    open_ones: list[_Open] = []
    for at, word in enumerate(document.words):
        for bracket in _brackets(word):
            if bracket.startswith("("):
                entity, kind, *rest = bracket.strip("()").split("-")
                open_ones.append(_Open(entity, kind, at, rest[_MINSPAN - 2]))
            if bracket.endswith(")"):
                number = bracket.strip("()").split("-")[0]
                closed = max(i for i, one in enumerate(open_ones) if one.entity == number)
                one = open_ones.pop(closed)
                if one.type in TYPES:
                    yield _span(document, one, at)


def _brackets(word: Word) -> list[str]:
    value = next((one for one in word.misc.split("|") if one.startswith(_ATTRIBUTE)), "")
    return _BRACKETS.findall(value.removeprefix(_ATTRIBUTE))


def _span(document: Marked, one: _Open, last: int) -> MentionSpan:
    core = _first_run([one.first + int(number) - 1 for number in one.minspan.split(",")])
    first, end, head = (document.doc[document.positions[at]] for at in (one.first, last, core[-1]))
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
