"""The same utterance across articles: which statements give the same words, and which come first.

Wordings, in order of appearance, join the most similar one before them, or start an utterance of
their own. Then parts of quotes join what they are a part of.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tasks.utterances.groups import Groups
from tasks.utterances.nested import nested
from tasks.utterances.parts import join_parts
from tasks.utterances.repeats import join_repeats
from tasks.utterances.sayings import Said, sayings
from tasks.utterances.texts import likenesses, texts_of
from tasks.utterances.wordings import Wording, wordings
from tasks.utterances.words import Vocabulary
from warehouse.tables import UtteranceLink


def utterance_links(statements: Iterable[Said]) -> list[UtteranceLink]:
    """Return a row for each statement of an utterance that has several, in order of their ids.

    The result follows from the statements alone, not from their order. An utterance has the id
    of its first statement, by day, article and place.
    """
    vocabulary = Vocabulary()
    said = wordings(sayings(statements, vocabulary))
    texts = texts_of(said)
    alike = likenesses(texts, vocabulary.telling)
    groups = Groups(len(said), nested(said))
    join_repeats(groups, said, texts, alike, vocabulary.telling)
    join_parts(groups, said, texts, alike)
    rows = [row for group in groups.groups() for row in _rows(said, group)]
    return sorted(rows, key=lambda row: row.statement_id)


def _rows(said: Sequence[Wording], group: Mapping[int, float]) -> Iterator[UtteranceLink]:
    """Yield the rows of one utterance: its wordings, in order, with their similarity."""
    members = [said[number] for number in group]
    if sum(len(saying.statement_ids) for one in members for saying in one.sayings) == 1:
        return
    first = members[0].sayings[0]
    numbers = {
        words: place for place, words in enumerate(dict.fromkeys(m.words for m in members), 1)
    }
    for wording, similarity in zip(members, group.values(), strict=True):
        for saying in wording.sayings:
            for statement_id in saying.statement_ids:
                yield UtteranceLink(
                    statement_id=statement_id,
                    utterance_id=first.statement_ids[0],
                    is_first=saying is first,
                    wording=numbers[wording.words],
                    similarity=round(similarity, 4),
                )
