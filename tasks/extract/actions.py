"""Words of action read in place: who does what to whom, one rule a shape."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.extract import grammar, lexicon
from tasks.extract.clauses import View, clause_end
from tasks.extract.lexicon import EventTerm
from tasks.extract.objects import after, pair
from tasks.extract.phrases import Party
from tasks.extract.predicates import owners, read_verb
from tasks.extract.things import thing_after, thing_before
from warehouse.tables import Modality

_RECIPROCAL = frozenset(
    {"meet", "fight", "sign", "signed an agreement", "reach", "agree", "sit down", "gather"}
)
"""Actions whose joint actors act on each other: 'A and B met'."""
_ANY = frozenset({"*"})
_LINKS = frozenset({"with", "to", "from", "at"})
"""Prepositions that lead from what is done ('signed a deal') to whom."""
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


def find_actions(view: View, lo: int, hi: int) -> Iterator[Action]:
    """Yield the actions that the words of the sentence at tokens `lo` to `hi` express."""
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
    targets: Sequence[Party | None] = [p for p in read.patients if p.head in {"self", "body"}]
    if "thing" in term.patterns:
        targets = []
    rule, action = read.rule, (at, last)
    if rule == "active":
        if not targets and actors and term.objects:
            targets, action = _thing_and_entity(view, term, action, hi)
            rule = "thing"
        if not targets and actors and "solo" in term.patterns:
            targets, rule = [None], "solo"
        if term.lemma in _RECIPROCAL and len(actors) > 1 and _all_unnamed(targets):
            actors, targets, rule = actors[:1], actors[1:], "joint"
        if targets and not actors:
            unnamed = thing_before(view, read.group.start, lo, _ANY)
            actors, rule = [unnamed] if unnamed else [], "unnamed"
    elif rule == "passive":
        if not targets and actors and term.objects:
            found = thing_before(view, read.group.start, lo, term.objects)
            targets, rule = [found] if found else [], "thing"
        is_met = term.lemma in _RECIPROCAL or view.words[last - 1] in grammar.PREPOSITIONS
        if not actors and not is_met:  # 'was met with applause'
            actors, rule = [None], "no-agent"
    if "to" in term.patterns and not _asks_to(view, targets, hi):
        return None
    if not actors or not targets:
        return None
    parties = [p for p in (*actors, *targets) if p is not None]
    start = min([read.start, *(p.start for p in parties)])
    end = clause_end(view, max([read.end, action[1], *(p.end for p in parties)]), hi)
    return Action(
        actors, targets, term, rule, action, (start, end), read.group.is_negated, read.modality
    )


def _asks_to(view: View, targets: Sequence[Party | None], hi: int) -> bool:
    """Tell whether an infinitive follows: 'asked T to', and no question as in 'asked T why'."""
    end = targets[-1].end if targets and targets[-1] is not None else hi
    return "to" in {view.word(end, 0, hi), view.word(end + 1, 0, hi)}


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


def _all_unnamed(targets: Sequence[Party | None]) -> bool:
    return all(target is None or target.is_unnamed for target in targets)
