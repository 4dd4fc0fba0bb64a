"""The same utterance across articles: which statements give the same words, and which come first.

Wordings, in order of appearance, join the most similar one before them, or start an utterance of
their own. Then parts of quotes join what they are a part of.

All statements are held in columns. Only what has words in common with another, a fifth or so, is
looked at one by one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tasks.utterances.groups import Groups
from tasks.utterances.nested import nested
from tasks.utterances.parts import join_parts
from tasks.utterances.repeats import join_repeats
from tasks.utterances.sayings import Sayings, sayings
from tasks.utterances.spans import Longs
from tasks.utterances.statements import Ids, Reader, Said
from tasks.utterances.texts import Texts, having, likenesses, texts_of
from tasks.utterances.wordings import Numbered, Wording, wording, wordings
from warehouse.tables import UtteranceLink


def utterance_links(statements: Iterable[Said]) -> list[UtteranceLink]:
    """Return a row for each statement of an utterance that has several, in order of their ids.

    The result follows from the statements alone, not from their order. An utterance has the id
    of its first statement, by day, article and place.
    """
    ids, said, telling = _read(statements)
    if said is None:
        return []
    numbered = wordings(said)
    texts = texts_of(said, numbered)
    alike = likenesses(texts.spans, telling)
    is_shared = texts.shared(alike)
    kept = _kept(said, numbered, texts, is_shared)
    of_kept = np.full(len(numbered) + 1, -1)  # the last one for what is no wording
    of_kept[kept] = np.arange(len(kept))
    wholes = texts.wholes
    found = [wording(said, numbered.sayings(one), int(wholes[one])) for one in kept.tolist()]
    groups = Groups(len(found), _apart(said, numbered, of_kept))
    held = having(texts, of_kept, is_shared)
    join_repeats(groups, found, held, texts.spans, alike, telling)
    join_parts(groups, found, held, alike)
    rows = [row for group in groups.groups() for row in _rows(ids, said, found, group)]
    return sorted(rows, key=lambda row: row.statement_id)


def _read(statements: Iterable[Said]) -> tuple[Ids, Sayings | None, set[int]]:
    """Return the ids of statements, what they say, None where that is no word, and telling words.

    What else is known of them is let go.
    """
    reader = Reader()
    given, quotes = reader.read(statements)
    said = sayings(given, quotes) if given.texts.lengths.any() else None
    return given.ids, said, reader.vocabulary.telling


def _kept(said: Sayings, numbered: Numbered, texts: Texts, is_shared: NDArray[np.bool_]) -> Longs:
    """Return the wordings of several statements, and those with a text that is shared."""
    is_kept = (numbered.sizes > 1) | (said.pieces[numbered.first] > 1)
    is_kept[texts.by[is_shared[texts.of]]] = True
    return np.flatnonzero(is_kept)


def _apart(said: Sayings, numbered: Numbered, of_kept: Longs) -> Iterator[tuple[int, int]]:
    """Yield the kept wordings that stand within each other."""
    for one, other in nested(said, numbered.of_sayings(len(said.day)), said.texts.sums()):
        pair = int(of_kept[one]), int(of_kept[other])
        if min(pair) >= 0:
            yield pair


def _rows(
    ids: Ids, said: Sayings, found: Sequence[Wording], group: Mapping[int, float]
) -> Iterator[UtteranceLink]:
    """Yield the rows of one utterance: its wordings, in order, with their similarity."""
    members = [found[number] for number in group]
    if len(members) == 1 and said.pieces[list(members[0].sayings)].sum() == 1:
        return
    first = members[0].sayings[0]
    utterance_id = ids[said.statements(first)[0]].decode()
    texts = dict.fromkeys(one.text for one in members)
    numbers = {text: place for place, text in enumerate(texts, 1)}
    for one, similarity in zip(members, group.values(), strict=True):
        for saying in one.sayings:
            for statement in said.statements(saying).tolist():
                yield UtteranceLink(
                    statement_id=ids[statement].decode(),
                    utterance_id=utterance_id,
                    is_first=saying == first,
                    wording=numbers[one.text],
                    similarity=round(similarity, 4),
                )
