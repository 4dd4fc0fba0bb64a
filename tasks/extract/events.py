"""What happened: who did what to whom, in the sixteen categories of PLOVER, by rules.

The words of action are in `seeds/event_verbs.csv`. PLOVER is the Open Event Data Alliance's
successor to CAMEO.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tasks.extract import grammar, lexicon
from tasks.extract.carriers import Carriers
from tasks.extract.clauses import View, clause_end
from tasks.extract.document import Document
from tasks.extract.lexicon import EventTerm
from tasks.extract.phrases import Party, after, pair, thing_after, thing_before
from tasks.extract.predicates import is_actor, owners, read_verb
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
_RECIPROCAL = frozenset({"meet", "fight", "signed an agreement"})
"""Actions whose joint actors act on each other: 'A and B met'."""
_NOUN_MODALITY: dict[str, Modality] = {
    "planned": "planned",
    "scheduled": "planned",
    "upcoming": "planned",
    "proposed": "possible",
    "possible": "possible",
    "potential": "possible",
    "alleged": "possible",
}
"""Adjectives that say that the action of a noun has not, or not surely, happened."""
_ANY = frozenset({"*"})
_LINKS = frozenset({"with", "to", "from", "at"})
"""Prepositions that lead from what is done ('signed a deal') to whom."""
_PLACE_WORDS = frozenset({"in", "at", "near"})


@dataclass(frozen=True, slots=True)
class Action:
    """One event before it becomes rows: action tokens, evidence tokens, and both sides."""

    actors: Sequence[Party | None]
    targets: Sequence[Party | None]
    term: EventTerm
    rule: str
    action: tuple[int, int]
    evidence: tuple[int, int]
    is_negated: bool = False
    modality: Modality = "asserted"


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
            for action in _actions(view, lo, hi):
                for row in _rows(view, action, times, carriers, (lo, hi)):
                    rows.setdefault(row.event_id, row)
    return sorted(rows.values(), key=lambda r: (r.start_char, r.end_char, r.event_id))


def _actions(view: View, lo: int, hi: int) -> Iterator[Action]:
    terms = lexicon.event_terms()
    taken = lo
    for at in range(lo, hi):
        if at < taken or view.words[at] not in terms.forms:
            continue
        for last, term in terms.at(view.words, at):
            if last > hi:
                continue
            found = _action(view, term, at, last, lo, hi)
            if found is not None:
                yield found
                taken = last
                break


def _action(view: View, term: EventTerm, at: int, last: int, lo: int, hi: int) -> Action | None:
    if "between" in term.patterns:
        parties = pair(view, last, hi)
        evidence = at, parties[-1].end if parties else last
        if len(parties) != 2:
            return None
        return Action(parties[:1], parties[1:], term, "between", (at, last), evidence)
    if "noun" in term.patterns:
        actors, targets = owners(view, at, lo), after(view, last, hi)
        if not actors or not targets:
            return None
        evidence = actors[0].start, targets[-1].end
        modality: Modality = "asserted"
        for word in view.words[actors[0].start : at]:
            modality = _NOUN_MODALITY.get(word, modality)
        return Action(actors, targets, term, "noun", (at, last), evidence, False, modality)
    return _verb(view, term, at, last, lo, hi)


def _verb(view: View, term: EventTerm, at: int, last: int, lo: int, hi: int) -> Action | None:
    read = read_verb(view, at, last, lo, hi)
    if read is None or read.rule == "relative":
        return None
    actors: Sequence[Party | None] = read.agents
    targets: Sequence[Party | None] = read.patients
    rule, action = read.rule, (at, last)
    if rule == "active":
        if not targets and term.lemma in _RECIPROCAL and len(actors) > 1:
            actors, targets, rule = actors[:1], actors[1:], "joint"
        if not targets and actors and term.objects:
            targets, action = _thing_and_entity(view, term, action, hi)
            rule = "thing"
        if not targets and actors and "solo" in term.patterns:
            targets, rule = [None], "solo"
        if targets and not actors:
            unnamed = thing_before(view, read.group.start, lo, _ANY)
            actors, rule = [unnamed] if unnamed else [], "unnamed"
    elif rule == "passive":
        if not targets and actors and term.objects:
            found = thing_before(view, read.group.start, lo, term.objects)
            targets, rule = [found] if found else [], "thing"
        if not actors and view.words[last - 1] not in grammar.PREPOSITIONS:
            actors, rule = [None], "no-agent"  # but not 'was met with applause'
    if not actors or not targets:
        return None
    parties = [p for p in (*actors, *targets) if p is not None]
    start = min([read.start, *(p.start for p in parties)])
    end = clause_end(view, max([read.end, action[1], *(p.end for p in parties)]), hi)
    return Action(
        actors, targets, term, rule, action, (start, end), read.group.is_negated, read.modality
    )


def _thing_and_entity(
    view: View, term: EventTerm, action: tuple[int, int], hi: int
) -> tuple[Sequence[Party | None], tuple[int, int]]:
    """Return what 'signed an agreement with T' is done to, T or the agreement, and the action."""
    thing = thing_after(view, action[1], hi, term.objects)
    if thing is None:
        return [], action
    link = view.word(thing.end, 0, hi)
    head = view.words[thing.end - 1]
    if link in _LINKS or (link in {"on", "against"} and head in grammar.HOSTILE_NOUNS):
        entities = [p for p in after(view, thing.end + 1, hi) if p.head in {"self", "body"}]
        if entities:
            return entities, (action[0], thing.end + 1)
    return [thing], action


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
            if action.term.lemma in _ALSO_VERBAL and _are_people(actor, target):
                continue
            ids = _id(actor), _id(target)
            if ids[0] == ids[1]:  # the same entity, or none that is known by name
                continue
            yield _row(view, action, (actor, target), times, carriers, sentence)


def _fits(party: Party | None) -> bool:
    if party is None or _is_unnamed(party):
        return True
    return is_actor(party) and party.head in {"self", "body"}


def _is_unnamed(party: Party) -> bool:
    return party.mention.method == "unnamed"


def _fits_target(party: Party | None) -> bool:
    """Tell whether the target is a resolved entity; a city may be visited, attacked, left."""
    if party is None or _is_unnamed(party):
        return True
    return party.mention.entity_id is not None and party.head in {"self", "body"}


def _are_people(*parties: Party | None) -> bool:
    return all(p is not None and p.mention.label == "PERSON" for p in parties)


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
