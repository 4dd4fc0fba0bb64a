"""The events of an article: what its words of action tell, as rows."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from tasks.extract.carriers import Carriers
from tasks.extract.dating import Dating
from tasks.extract.document import Document
from tasks.extract.events.acting import Acting
from tasks.extract.events.demands import demand
from tasks.extract.events.phrases import core
from tasks.extract.events.reading import Act
from tasks.extract.events.rows import Rows
from tasks.extract.events.when import Whens
from tasks.extract.events.whom import Whoms
from tasks.extract.stances.parties import Parties
from warehouse.tables import Event, Mention, Statement, TimeExpression


def find_events(
    document: Document,
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    time_expressions: Sequence[TimeExpression],
) -> list[Event]:
    """Return the events of `document`, in order of their evidence; of questions none.

    The arguments are in order of their start. Categories are PLOVER's.
    """
    parties = Parties(mentions)
    carriers = Carriers(document, mentions, statements)
    whens = Whens(document, Dating(document, time_expressions))
    rows = Rows(document, carriers, parties, whens)
    acting = Acting(Whoms(parties))
    found: list[Event] = []
    for sentence in document.sentences:
        if document.is_question(sentence):
            continue
        acts = list(_acts(document.tokens_of(sentence), acting, carriers))
        for act in acts:
            others = frozenset(a.token.i for a in acts if a is not act) - {act.clause.i}
            found += rows.of(act, others)
    return sorted(_best(found), key=lambda r: (r.start_char, r.end_char, r.event_id))


def _acts(tokens: Sequence[Token], acting: Acting, carriers: Carriers) -> Iterator[Act]:
    """Yield the acts of a sentence: of verbs first, so that what they take is not told again."""
    taken: set[int] = set()
    verbs = [t for t in tokens if t.pos_ in {"VERB", "AUX"}]
    for token in verbs:
        act = acting.at(token, taken)
        if act is not None:
            if act.thing is not None:
                taken |= {act.thing.i, core(act.thing).i}
            yield act
        told = demand(token, acting, carriers)
        if told is not None:
            yield told
    for token in tokens:
        if token.pos_ in {"NOUN", "PROPN"}:
            act = acting.at(token, taken)
            if act is not None:
                yield act


def _best(rows: Sequence[Event]) -> list[Event]:
    """Return the surest row of each sentence, category, actor and target."""
    best: dict[tuple[object, ...], Event] = {}
    for row in rows:
        actor, target = row.actor_id or row.actor, row.target_id or row.target
        key = row.sentence_id, row.action_code, actor, target, row.modality, row.is_negated
        if key not in best or row.confidence > best[key].confidence:
            best[key] = row
    return list(best.values())
