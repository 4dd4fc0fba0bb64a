"""One telling of an event, in the form in which it is compared with others."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from math import log
from typing import NamedTuple

from spacy.lang.en.stop_words import STOP_WORDS

from tasks.extract.wordlist import words
from tasks.stories.days import Days, days_of
from tasks.stories.parties import Party, party_of, stems

UNDATED = date.max
"""Stands for the day of an article without one: it never comes before one with a day."""
LEAST = 1_000
"""Events of the smallest lake that tells which words are common."""
_PLAIN = STOP_WORDS | words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june"
    " july august september october november december today yesterday tomorrow week month year said"
)
"""Words that tell nothing of what happened; days are compared as days."""
_NOTHING = stems(_PLAIN)


class Told(NamedTuple):
    """One event, as the lake has it.

    `day` is that of publication, or its lower bound; countries (ISO 3166 alpha-3) are those of the
    entities; `is_fact` is false of what is planned, wished for or denied.
    """

    event_id: str
    article_id: str
    sentence_id: str
    day: date | None
    start_char: int
    action_code: str
    actor_id: str | None
    actor: str | None
    actor_country: str | None
    target_id: str | None
    target: str | None
    target_country: str | None
    place_id: str | None
    place: str | None
    place_country: str | None
    happened_from: date | None
    happened_to: date | None
    is_fact: bool
    action: str
    sentence: str | None


@dataclass(slots=True, frozen=True, kw_only=True, eq=False)
class Telling:
    """An event as it is compared.

    `words` are the stems of its sentence without `names`, those of who takes part, and without
    `action`, those of its predicate; `weight` is the sum of what the words weigh.
    """

    event_id: str
    article_id: str
    sentence_id: str
    order: tuple[date, str, int, str]
    code: str
    actor: Party | None
    target: Party | None
    place: Party | None
    days: Days
    action: tuple[str, ...]
    words: tuple[str, ...]
    names: tuple[str, ...]
    weight: float


class Weights(NamedTuple):
    """What it tells that two events have something in common: more, the fewer have it.

    Of a word (a stem): log((events + 1) / events with it), the inverse document frequency of
    Sparck Jones (1972). Of a party, by its key, the same as a share of the most it can be: 0 to 1.
    Fewer events than `LEAST` count as so many, since a word of each of three is not common.
    """

    words: Mapping[str, float]
    parties: Mapping[str, float]


def tellings(events: Iterable[Told]) -> tuple[list[Telling], Weights]:
    """Return `events` in order of appearance, whatever their order, and the weights to compare."""
    given = sorted(events, key=_order)
    found = [_telling_words(one.sentence or one.action) for one in given]
    words = _weights(found)
    told = [_telling(*pair, words) for pair in zip(given, found, strict=True)]
    parties = _weights([{party.key for party in (t.actor, t.target) if party} for t in told])
    most = log(max(len(told), LEAST) + 1)
    return told, Weights(words, {key: weight / most for key, weight in parties.items()})


def _weights(found: Sequence[Collection[str]]) -> dict[str, float]:
    counts = Counter(chain.from_iterable(found))
    events = max(len(found), LEAST) + 1
    return {key: log(events / count) for key, count in counts.items()}


def _order(one: Told) -> tuple[date, str, int, str]:
    return (one.day or UNDATED, one.article_id, one.start_char, one.event_id)


def _telling(one: Told, found: Sequence[str], weights: dict[str, float]) -> Telling:
    actor = party_of(one.actor_id, one.actor, one.actor_country)
    target = party_of(one.target_id, one.target, one.target_country)
    place = party_of(one.place_id, one.place, one.place_country)
    names = _names((actor, target, place))
    action = _telling_words(one.action)
    own = tuple(word for word in found if word not in names and word not in action)
    return Telling(
        event_id=one.event_id,
        article_id=one.article_id,
        sentence_id=one.sentence_id,
        order=_order(one),
        code=one.action_code,
        actor=actor,
        target=target,
        place=place,
        days=days_of(one.happened_from, one.happened_to, one.day, is_fact=one.is_fact),
        action=action,
        words=own,
        names=tuple(names),
        weight=sum(weights[word] for word in own),
    )


def _telling_words(text: str) -> tuple[str, ...]:
    """Return the stems of words that tell something; a tuple takes a fifth of a set's memory."""
    return tuple(sorted(stems(text) - _NOTHING))


def _names(parties: Sequence[Party | None]) -> frozenset[str]:
    return frozenset(word for party in parties if party for word in party.words)
