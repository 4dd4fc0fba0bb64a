"""What happened: who did what to whom, in the sixteen categories of PLOVER, by rules.

The words of action are in `seeds/event_verbs.csv`. PLOVER is the Open Event Data Alliance's
successor to CAMEO.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tasks.extract.actions import Action, find_actions
from tasks.extract.carriers import Carriers
from tasks.extract.clauses import View, clause_end
from tasks.extract.document import Document
from tasks.extract.phrases import Party
from tasks.extract.predicates import is_actor
from tasks.ids import row_id
from warehouse.tables import (
    DateMethod,
    Event,
    Granularity,
    Mention,
    Modality,
    Statement,
    TimeExpression,
)

CONFIDENCE = {
    "active": 0.7,
    "passive": 0.7,
    "no-agent": 0.55,
    "thing": 0.6,
    "unnamed": 0.5,
    "solo": 0.55,
    "joint": 0.6,
    "between": 0.65,
    "noun": 0.6,
}
"""How sure each rule is, from reading its rows on Wikinews; ordered, not calibrated."""
_ALSO_VERBAL = frozenset({"attack", "fight", "beat", "strike", "storm"})
"""Verbs of force that, from person to person, more often mean words or sport."""
_PLACE_WORDS = frozenset({"in", "at", "near"})


@dataclass(frozen=True, slots=True)
class When:
    """A date interval with its origin."""

    start: date | None
    end: date | None
    granularity: Granularity | None
    method: DateMethod


def find_events(
    document: Document,
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    time_expressions: Sequence[TimeExpression],
) -> list[Event]:
    """Return the events of `document`, in order of their evidence.

    `time_expressions` are in order of their start.
    """
    view = View(document, mentions)
    carriers = Carriers(document, mentions, statements)
    rows: dict[str, Event] = {}
    for sentence in document.sentences:
        lo, hi = view.tokens(sentence.start_char, sentence.end_char)
        first = bisect_left(time_expressions, sentence.start_char, key=lambda t: t.start_char)
        last = bisect_left(time_expressions, sentence.end_char, key=lambda t: t.start_char)
        times = time_expressions[first:last]
        if lo < hi and not view.is_question(lo, hi):
            for action in find_actions(view, lo, hi):
                for row in _rows(view, action, times, carriers, (lo, hi)):
                    rows.setdefault(row.event_id, row)
    return sorted(rows.values(), key=lambda r: (r.start_char, r.end_char, r.event_id))


def _rows(
    view: View,
    action: Action,
    times: Sequence[TimeExpression],
    carriers: Carriers,
    sentence: tuple[int, int],
) -> Iterator[Event]:
    for actor in action.actors:
        for target in action.targets:
            if not (_fits(actor) and _fits_target(target)):
                continue
            if action.term.lemma in _ALSO_VERBAL and _are_people(target, actor):
                continue
            ids = _id(actor), _id(target)
            if ids[0] == ids[1]:  # the same entity, or none that is known by name
                continue
            yield _row(view, action, (actor, target), times, carriers, sentence)


def _fits(party: Party | None) -> bool:
    if party is None or party.is_unnamed:
        return True
    return is_actor(party) and party.head in {"self", "body"}


def _fits_target(party: Party | None) -> bool:
    """Tell whether the target is a resolved entity; a city may be visited, attacked, left."""
    if party is None or party.is_unnamed:
        return True
    entity_id = party.mention.entity_id or "other:"
    return not entity_id.startswith("other:") and party.head in {"self", "body"}


def _are_people(target: Party | None, actor: Party | None) -> bool:
    """Tell whether a person is the target of a person, or of somebody not named."""
    if target is None or target.mention.label != "PERSON":
        return False
    return actor is not None and (actor.mention.label == "PERSON" or actor.is_unnamed)


def _id(party: Party | None) -> str | None:
    return None if party is None else party.mention.entity_id


def _row(
    view: View,
    action: Action,
    parties: tuple[Party | None, Party | None],
    times: Sequence[TimeExpression],
    carriers: Carriers,
    sentence: tuple[int, int],
) -> Event:
    actor, target = parties
    article = view.document.article
    start, end = view.slice(*action.evidence)
    verb = view.slice(*action.action)
    carrier = carriers.of(*verb)
    modality = action.modality
    if carrier is not None and (carrier.modality == "denied" or carrier.is_negated):
        modality = "denied"
    when = _when(view, times, verb, modality)
    place = _place(view, action, sentence[1])
    confidence = CONFIDENCE[action.rule] - 0.1 * (modality != "asserted")
    return Event(
        event_id=row_id("events", article.article_id, start, end, *verb, _id(actor), _id(target)),
        article_id=article.article_id,
        sentence_id=view.document.sentence_at(verb[0]).sentence_id,
        actor_id=_id(actor),
        actor=actor.mention.surface if actor else None,
        action=view.text[slice(*verb)],
        action_code=action.term.category,
        target_id=_id(target),
        target=target.mention.surface if target else None,
        place_id=place.entity_id if place else None,
        place=place.surface if place else None,
        happened_from=when.start,
        happened_to=when.end,
        granularity=when.granularity,
        date_method=when.method,
        modality=modality,
        is_negated=action.is_negated,
        statement_id=carrier.statement_id if carrier else None,
        evidence=view.text[start:end],
        start_char=start,
        end_char=end,
        confidence=round(confidence, 2),
    )


def _when(
    view: View, times: Sequence[TimeExpression], verb: tuple[int, int], modality: Modality
) -> When:
    """Return the nearest dated expression of the sentence, else publication as upper bound."""
    dated = [t for t in times if t.type in {"DATE", "TIME"} and t.from_on is not None and t.to_on]
    if dated:
        near = min(dated, key=lambda t: (_gap(t, verb), t.start_char))
        return When(near.from_on, near.to_on, near.granularity, "clause")
    published = view.document.article.published_on
    if published is None or modality != "asserted":
        return When(None, None, None, "none")
    return When(None, published, None, "published")


def _gap(time: TimeExpression, verb: tuple[int, int]) -> int:
    return max(time.start_char - verb[1], verb[0] - time.end_char)


def _place(view: View, action: Action, hi: int) -> Mention | None:
    """Return the place named after 'in', 'at' or 'near' in the clause."""
    first, last = action.action[1], min(clause_end(view, action.evidence[1], hi) + 1, hi)
    for at in range(first, last):
        if view.words[at] in _PLACE_WORDS:
            number = view.starting_at(at + 1)
            if number is not None and view.mentions[number].label in {"GPE", "LOC"}:
                return view.mentions[number]
    return None
