"""Nouns that name a class, and which entities are of it: 'the group', 'the envoy', 'the firm'."""

from tasks.extract.roles import HEAD
from tasks.extract.wordlist import words

_ARMED = words("group movement militant insurgent rebel fighter guerrilla jihadist militia army")
_STATES = words("country nation state republic kingdom")
_RULERS = words("government regime authority junta administration")
_COMPANIES = words(
    "company firm corporation manufacturer maker carmaker giant retailer carrier airline bank "
    "business conglomerate startup developer publisher operator producer supplier"
)
_BODIES = words(
    "organisation organization agency body union alliance bloc institution league coalition "
    "association federation council commission committee ministry department court parliament "
    "institute university network foundation club team band"
)
_PARTIES = words("party")
_MEDIA = words("newspaper magazine outlet agency channel network paper daily weekly broadcaster")
_PLACES = words("city capital town village")
_REGIONS = words("region island territory peninsula province continent area archipelago enclave")
_PERSONS = words(
    "man woman boy girl actor actress author writer journalist reporter lawyer doctor professor "
    "scientist singer musician player coach driver politician lawmaker congressman congresswoman "
    "candidate nominee king queen prince princess pope bishop judge general colonel soldier "
    "officer official veteran activist founder executive ceo chief boss head billionaire "
    "entrepreneur analyst expert economist official dictator strongman statesman incumbent "
    "victim suspect defendant teenager student teacher leader"
)
_CLASSES: dict[str, frozenset[str]] = {}
for _nouns, _types in (
    (_ARMED, "armed_group organisation"),
    (_STATES, "state"),
    (_RULERS, "state government institution"),
    (_COMPANIES, "company organisation media"),
    (_BODIES, "organisation international_organisation institution group_of_states company party"),
    (_PARTIES, "party organisation"),
    (_MEDIA, "media organisation"),
    (_PLACES, "city region"),
    (_REGIONS, "region city state"),
    (_PERSONS, "person"),
):
    for _noun in _nouns:
        _CLASSES[_noun] = _CLASSES.get(_noun, frozenset()) | words(_types)


def class_of(noun: str) -> frozenset[str]:
    """Return the entity types that `noun`, a lemma in lower case, may mean; empty: none known."""
    if HEAD.fullmatch(noun):
        return frozenset({"person"})
    return _CLASSES.get(noun, frozenset())


def can_be(types: frozenset[str], kind: str) -> bool:
    """Tell whether an entity of type `kind` may be called by a noun of these `types`."""
    return kind in types
