"""The stances of an article: what the rules read, what the classifier reads, as rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tasks.extract.carriers import Carriers
from tasks.extract.document import Document
from tasks.extract.stances.confidence import of_rule
from tasks.extract.stances.dates import Dates
from tasks.extract.stances.decision import Classifier, decided
from tasks.extract.stances.pairs import PairFinder
from tasks.extract.stances.parties import Parties
from tasks.extract.stances.positions import Positions
from tasks.extract.stances.represents import behind, represented
from tasks.extract.stances.rows import Rows, Ruled
from tasks.registry import Registry
from warehouse.tables import EntityRole, Mention, Stance, Statement, TimeExpression


@dataclass(frozen=True, slots=True)
class Found:
    """The stances of an article, how many pairs it has, and by sentence those beyond the cap."""

    rows: list[Stance]
    pairs: int
    left_out: Mapping[str, int]


def find_stances(
    document: Document,
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    time_expressions: Sequence[TimeExpression] = (),
    roles: Sequence[EntityRole] = (),
    *,
    registry: Registry | None = None,
    classifier: Classifier | None = None,
) -> Found:
    """Return the stances of `document`, in order of their evidence.

    The arguments are in order of their start. Without `classifier` the rules alone decide.
    """
    carriers = Carriers(document, mentions, statements)
    rows = Rows(document, carriers, Dates(document, time_expressions))
    by_rule = list(_by_rule(document, mentions, rows))
    finder = PairFinder(document, mentions, carriers)
    pairs = list(finder.all()) if classifier is not None else []
    found = [one.row for one in by_rule]
    if classifier is not None:
        found = list(decided(by_rule, pairs, classifier, rows))
    best = _best(found)
    day = document.article.published_on or document.article.published_not_before
    best += represented(best, behind(roles, registry, day), registry)
    best.sort(key=lambda r: (r.start_char, r.end_char, r.stance_id))
    return Found(best, len(pairs), finder.left_out)


def _by_rule(document: Document, mentions: Sequence[Mention], rows: Rows) -> Iterator[Ruled]:
    """Yield a row for each position that the rules read; of a question none."""
    positions = Positions(Parties(mentions), rows)
    for sentence in document.sentences:
        if document.is_question(sentence):
            continue
        for token in document.tokens_of(sentence):
            for reading in positions.at(token):
                yield from rows.of(reading, of_rule(reading))


def _best(rows: Sequence[Stance]) -> list[Stance]:
    """Return the surest row of each holder, target, polarity, voice and sentence."""
    best: dict[tuple[object, ...], Stance] = {}
    for row in rows:
        target = row.target_id or row.target.lower()
        key = row.sentence_id, row.holder_id, target, row.polarity, row.voice
        if key not in best or row.confidence > best[key].confidence:
            best[key] = row
    return list(best.values())
