"""Who takes part in an event, and whether two tellings name the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from sys import intern

from spacy.lang.en.stop_words import STOP_WORDS

from tasks.utterances.words import words_of

STEM = 6
"""Letters that are compared of a word: 'protesters' and 'protested' are one, so are 'Russia' and
'Russian'. Cutting words off is the plainest of stemmers."""
HALF = 0.5
"""Share of the words of two names that both have, from which they are the same name."""
_STATES = frozenset(("state", "city"))
"""Kinds of entities that stand for who acts in their name: 'Moscow', 'France'."""
_ARTICLES = frozenset(("the", "a", "an", "his", "her", "its", "their", "some", "s"))
_LINKS = frozenset(("of", "in", "from", "at", "on", "for", "with", "who", "which", "that", "near"))
"""Words before which the head of a name stands: 'police in the capital'."""


class Fit(IntEnum):
    """How well two parties fit: names with nothing in common, which may still mean one; one of them
    not told; a state and who acts for it, or names with a word in common; one entity or name."""

    OTHER = 0
    OPEN = 1
    RELATED = 2
    SAME = 3


@dataclass(slots=True, frozen=True)
class Party:
    """Who acts, is acted upon, or where: an entity, or a name of which `head` is the main word."""

    entity_id: str | None
    country: str | None
    head: str
    words: frozenset[str]

    @property
    def key(self) -> str:
        """What two that are the same have in common."""
        return self.entity_id or self.head

    @property
    def kind(self) -> str:
        """What the entity is: 'state', 'person'; empty where there is none."""
        return (self.entity_id or "").partition(":")[0]


@lru_cache(maxsize=100_000)
def party_of(entity_id: str | None, name: str | None, country: str | None) -> Party | None:
    """Return the party of that name, None where neither name nor entity is given."""
    if entity_id is None and not name:
        return None
    found = [word for word in words_of(name or "") if word not in _ARTICLES]
    if entity_id is None and STOP_WORDS.issuperset(found):  # 'they', or no word at all
        return None
    ends = next((place for place, word in enumerate(found) if place and word in _LINKS), len(found))
    head = found[ends - 1][:STEM] if found else ""
    return Party(entity_id, country, head, stems(found) - _LINKS)


def stems(text: str | Iterable[str]) -> frozenset[str]:
    """Return the stems of the words of `text`, or of words as `words_of` gives them."""
    found = words_of(text) if isinstance(text, str) else text
    return frozenset(intern(word[:STEM]) for word in found)


def fit(one: Party | None, other: Party | None) -> Fit | None:
    """Return how well two parties fit; None: they are two for certain."""
    if one is None or other is None:
        return Fit.OPEN
    if one.entity_id and other.entity_id:
        return _entities(one, other)
    common = len(one.words & other.words)
    share = 2 * common / max(len(one.words) + len(other.words), 1)
    is_whole = share == 1 if one.entity_id or other.entity_id else one.head == other.head
    if share >= HALF and is_whole:
        return Fit.SAME
    return Fit.RELATED if common else Fit.OTHER


def _entities(one: Party, other: Party) -> Fit | None:
    if one.entity_id == other.entity_id:
        return Fit.SAME
    is_of = one.country is not None and one.country == other.country
    is_for = one.kind != other.kind and not _STATES.isdisjoint((one.kind, other.kind))
    return Fit.RELATED if is_of and is_for else None
