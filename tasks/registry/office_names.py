"""Names of offices in a small normal form, apart from the body in which they are held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from tasks.extract.wordlist import words as word_list

if TYPE_CHECKING:
    from tasks.registry.record import Registry

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "advisor": "adviser",
        "chairman": "chairperson",
        "chairwoman": "chairperson",
        "defense": "defence",
        "organization": "organisation",
        "pm": "prime minister",
        "premier": "prime minister",
        "spokesman": "spokesperson",
        "spokeswoman": "spokesperson",
    }
)
_PHRASES: Mapping[str, str] = MappingProxyType(
    {
        "external affairs": "foreign",
        "external relations": "foreign",
        "foreign affairs minister": "foreign minister",
        "foreign affairs secretary": "foreign secretary",
        "foreign policy chief": "high representative for foreign affairs and security policy",
        "internal affairs": "interior",
        "national defence minister": "defence minister",
        "presidential press secretary": "spokesperson",
        "state secretary": "secretary of state",
    }
)
"""Other ways to say the same; a phrase of two words is replaced wherever it stands."""

_IN_FORCE = frozenset({"current", "incumbent", "outgoing", "then"})
_LEFT_OUT = _IN_FORCE | {"the"}
_ACTING = frozenset({"acting", "caretaker", "interim"})
_BODIES = word_list(
    "state government institution international_organisation organisation armed_group party media "
    "company region group_of_states format"
)
"""Types of entities in which offices are held."""

_LONGEST_NAME = 8
"""Words of a body's name that are tried; 'Organisation for Security and Co-operation in Europe'
has seven."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office: what it is called, and the state (ISO 3166-1 alpha-3) and body of which it is.

    `organisation` is None where the body is the state itself.
    """

    head: str
    country: str | None
    organisation: str | None
    is_acting: bool


def office(
    registry: "Registry", role: str, country_iso3: str | None, organisation_id: str | None
) -> Office | None:
    """Return the office that `role` names, of the body named in it or else of the one given.

    None where no word is left. "former president" and "president-elect" are other offices.
    """
    said = role.replace("\u2019", "'").split()
    is_acting = any(word.casefold() in _ACTING for word in said)
    words, named = _without_body(
        registry, [word for word in said if word.casefold() not in _IN_FORCE | _ACTING]
    )
    country, organisation = _state_and_body(registry, named or organisation_id, country_iso3)
    head = _head(" ".join(words).casefold().replace("-", " ").split())
    return Office(head, country, organisation, is_acting) if head else None


def _state_and_body(
    registry: "Registry", body: str | None, country_iso3: str | None
) -> tuple[str | None, str | None]:
    """Return the state and, where it is not the state itself, the body."""
    entity = registry.by_id.get(body) if body else None
    if entity is None:
        return country_iso3, None
    country = entity.country_iso3 or country_iso3
    if entity.type == "state" and country is not None:
        return country, None
    return country, entity.entity_id


def _without_body(registry: "Registry", words: Sequence[str]) -> tuple[list[str], str | None]:
    """Return the words of a role without the body, and the body: 'US president', 'head of the UN'.

    What follows 'for' is the matter, not the body: 'special envoy for Afghanistan'.
    """
    for count in range(min(_LONGEST_NAME, len(words) - 1), 0, -1):
        if found := _body(registry, words[:count]):
            rest, inner = _without_body(registry, words[count:])
            return rest, inner or found
    for index, word in enumerate(words[:-1]):
        if index and word == "of" and (found := _body(registry, words[index + 1 :])):
            return list(words[:index]), found
    return list(words), None


def _body(registry: "Registry", words: Sequence[str]) -> str | None:
    """Return the one state or organisation that is called `words`, or None."""
    name = " ".join(words[1:] if words[0] in ("the", "The") else words)
    for form in (name, name.removesuffix("'s"), name.removesuffix("'")):
        aliases = registry.by_alias.get(form, ())
        ids = {a.entity_id for a in aliases if registry.by_id[a.entity_id].type in _BODIES}
        if len(ids) == 1:
            return ids.pop()
    return None


def _head(words: Sequence[str]) -> str:
    """Return the normal form of an office's own words: 'minister of X' is 'X minister'."""
    head = " ".join(_WORDS.get(word, word) for word in words if word not in _LEFT_OUT)
    link = " for " if "minister for " in head else " of "
    rank, found, matter = head.partition(link)
    *before, last = rank.split() or [""]
    if found and last in ("minister", "secretary") and "prime" not in before:
        head = " ".join([*before, matter, last])
    for phrase, plain in _PHRASES.items():
        if phrase in head:
            head = head.replace(phrase, plain)
    return head
