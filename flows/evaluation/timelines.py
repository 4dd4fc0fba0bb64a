"""Timelines of entities over several documents, against those of SemEval-2015 task 4.

Drawn from the rows that an article gets: events that an entity does or undergoes and statements it
makes, told as facts, each with its date. What has no date, and no day of publication that bounds
it, is left out, as marked events are that have no order.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flows.evaluation.scores import percent
from flows.evaluation.text_article import text_article
from flows.evaluation.timeline_files import EventMention, MarkedTimeline, Source, read_timelines
from flows.evaluation.timeline_relations import Anchored, awareness, relations
from tasks.records import Annotations
from warehouse.tables import Article, Event, Granularity, Statement

Annotate = Callable[[Article], Annotations]
"""What gives an article its rows."""

Read = Sequence[tuple[Source, Annotations]]
"""Documents with their rows."""

Counts = Counter[str]

_WORD = re.compile(r"\w+")
_LENGTHS: Mapping[Granularity, int] = {"year": 4, "month": 7}
"""How much of a day in ISO's format tells a date of that unit."""


@dataclass(frozen=True, slots=True)
class Told:
    """One mention of an event with the days on which it may have happened; `day` is as marked."""

    mention: EventMention
    first: date
    last: date
    day: str


def evaluate(data: Path, annotate: Annotate) -> tuple[int, dict[str, Any]]:
    """Return how many timelines `data` has, and how well they are drawn, in per cent.

    `data` is a folder as `read_timelines` reads it. Figures are over all relations of all entities;
    those of `order` leave dates out, those of `event` are of events, whatever their date and order.
    Raises EvaluationError.
    """
    timelines = read_timelines(data)
    rows: dict[str, Annotations] = {}
    counts: dict[str, Counts] = {}
    for one in timelines:
        read = [(source, _rows(source, annotate, rows)) for source in one.sources]
        counts.setdefault(one.entity, Counter()).update(compare(one, told(read, one.entity)))
    total = sum(counts.values(), Counter())
    return len(timelines), {
        **_scores(total, ""),
        **_scores(total, "order_"),
        **_scores(total, "event_"),
        "per_entity": {
            name: _scores(own, "") | {"items": own["event_wanted"]} for name, own in counts.items()
        },
    }


def _rows(source: Source, annotate: Annotate, known: dict[str, Annotations]) -> Annotations:
    """Return the rows of a document, from `known` where its text is read already."""
    key = f"{source.published_on} {source.text}"
    if key not in known:
        known[key] = annotate(text_article(source.text, published_on=source.published_on))
    return known[key]


def told(read: Read, entity: str) -> list[Told]:
    """Return the dated mentions of the events of `entity`, each once, in the order of days."""
    ids = _ids(read, entity)
    found: dict[EventMention, Told] = {}
    for source, rows in read:
        for event in rows.events:
            parties = ((event.actor_id, event.actor), (event.target_id, event.target))
            is_fact = event.modality == "asserted" and not event.is_negated
            if is_fact and any(_is_meant(*party, ids, entity) for party in parties):
                _add(found, source, event.start_char, event.action, _days_of_event(event))
        for said in rows.statements:
            if said.cue and _is_meant(said.speaker_id, said.speaker, ids, entity):
                days = _days_of_statement(said, source)
                _add(found, source, said.cue_start or said.start_char, said.cue, days)
    return sorted(found.values(), key=lambda one: (one.first, one.last))


Days = tuple[date | None, date | None, Granularity | None]


def _days_of_event(event: Event) -> Days:
    """Return first and last day of an event; a mere bound, the day of publication, is taken."""
    return event.happened_from or event.happened_to, event.happened_to, event.granularity


def _days_of_statement(said: Statement, source: Source) -> Days:
    if said.said_to is None:
        return source.published_on, source.published_on, None
    return said.said_from or said.said_to, said.said_to, said.said_granularity


def _add(
    found: dict[EventMention, Told], source: Source, char: int, words: str, days: Days
) -> None:
    first, last, unit = days
    if first is None or last is None:
        return
    mention = EventMention(source.document, source.sentence_at(char), frozenset(_words(words)))
    day = first.isoformat()[: _LENGTHS.get(unit, 10) if unit else 10]
    found.setdefault(mention, Told(mention, first, last, day))


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _ids(read: Read, entity: str) -> set[str]:
    """Return the ids of what is anywhere mentioned by the whole name `entity`."""
    name = _words(entity)
    return {
        mention.entity_id
        for _, rows in read
        for mention in rows.mentions
        if mention.entity_id is not None and _words(mention.surface) == name
    }


def _is_meant(entity_id: str | None, surface: str | None, ids: set[str], entity: str) -> bool:
    """Tell whether a party is the entity: by its id, or by its name where it has no other id."""
    if entity_id is not None:
        return entity_id in ids
    words, name = _words(surface or ""), _words(entity)
    return any(words[at : at + len(name)] == name for at in range(len(words) - len(name) + 1))


def compare(marked: MarkedTimeline, found: Sequence[Told]) -> Counts:
    """Return what is right, found, got and wanted, of all relations, of order and of events.

    A found event is the marked one, the first, with which it shares document, sentence and a word;
    another that is the same is no further event.
    """
    wanted = [
        Anchored(event.order, event.day, str(number)) for number, event in enumerate(marked.events)
    ]
    got = list(_anchored(marked, found))
    counts: Counts = Counter()
    for name, is_dated in (("", True), ("order_", False)):
        numbers = awareness(relations(wanted, dated=is_dated), relations(got, dated=is_dated))
        counts.update({name + key: number for key, number in numbers.items()})
    right = len({event.name for event in got} & {event.name for event in wanted})
    counts.update(event_right=right, event_got=right)
    counts.update(event_found=len(got), event_wanted=len(wanted))
    return counts


def _anchored(marked: MarkedTimeline, found: Sequence[Told]) -> Iterator[Anchored]:
    """Yield the found events with the names of the marked ones, those of one interval together."""
    orders: dict[tuple[date, date], int] = {}
    seen: set[str] = set()
    for number, one in enumerate(found):
        order = orders.setdefault((one.first, one.last), len(orders) + 1)
        name = _name_of(marked, one.mention, seen) or f"found {number}"
        if name not in seen:
            seen.add(name)
            yield Anchored(order, one.day, name)


def _name_of(marked: MarkedTimeline, mention: EventMention, seen: set[str]) -> str | None:
    """Return the name of the marked event that is told there, one not `seen` if there is one."""
    names = [
        str(number)
        for number, event in enumerate(marked.events)
        if any(other[:2] == mention[:2] and other.words & mention.words for other in event.mentions)
    ]
    return next((name for name in names if name not in seen), names[0] if names else None)


def _scores(counts: Counts, kind: str) -> dict[str, float]:
    """Return F1, precision and recall of one kind in per cent."""
    right, found, got, wanted = (
        counts[kind + name] for name in ("right", "found", "got", "wanted")
    )
    precision, recall = right / (found or 1), got / (wanted or 1)
    both = precision + recall
    return {
        f"{kind}f1": round(200 * precision * recall / both, 2) if both else 0.0,
        f"{kind}precision": percent(right, found),
        f"{kind}recall": percent(got, wanted),
    }
