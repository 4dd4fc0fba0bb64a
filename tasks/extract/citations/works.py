"""What is known of a cited work, and the nouns that name kinds of works."""

from datetime import date
from typing import Literal, NamedTuple

from spacy.tokens import Token

from tasks.extract.statements.syntax import relation
from tasks.extract.wordlist import words
from warehouse.tables import Granularity

Strength = Literal["own", "loose", "interview"]
"""`own` nouns name a work wherever an author stands by them; `loose` ones, such as 'piece', only
with an outlet or a word of publication; an interview has an outlet."""


class Party(NamedTuple):
    """Who wrote or published a work: as named in the text or byline, and the entity."""

    name: str
    entity_id: str | None = None


class Days(NamedTuple):
    """First and last day on which a work may have appeared, and their unit."""

    first: date
    last: date
    granularity: Granularity | None


class Work(NamedTuple):
    """A cited work: characters of its title, or of the words that name it, and what is told."""

    start: int
    end: int
    has_title: bool
    author: Party | None = None
    publisher: Party | None = None
    days: Days | None = None
    url: str | None = None


_OWN = words(
    "report study survey poll paper book article ed editorial essay memoir monograph dossier "
    "biography autobiography dissertation thesis pamphlet factsheet backgrounder whitepaper "
    "preprint op-ed"
)
_LOOSE = words("piece story research finding findings review analysis commentary column")
_ONLY_WITH = {
    "paper": words("white working discussion policy research green position"),
    "post": words("blog"),
    "brief": words("policy issue research"),
    "letter": words("open"),
}
"""Nouns that name a work of somebody's only behind certain words."""
_MAGAZINES = words(
    "times post journal magazine review quarterly affairs policy news tribune herald gazette "
    "newspaper telegraph guardian chronicle bulletin observer weekly daily today lancet nature "
    "science globe examiner mirror monitor press"
)
"""Last words of the names of most outlets."""
PLACES = ("state:", "city:", "region:", "people:", "group_of_states:")
"""Entity types that are no authors: 'a report from Syria'."""
_OUTLETS = frozenset(
    {"The Atlantic", "Rolling Stone", "Dawn", "Nature", "Science", "The Lancet", "The Hill"}
)
"""Outlets whose names mean persons, places and things as well."""
_NO_WORK = words(
    "film movie documentary song single album series show sitcom episode podcast play musical "
    "opera painting game video treaty law act bill novel poem track exhibition campaign speech"
)
"""Nouns whose titles are none of works that an article cites."""

_FORCES = words(
    "police constabulary army navy force forces guard marines coastguard brigade patrol"
)
"""Words in the names of services whose reports and surveys are most often of what they came upon:
a call, a crime, a storm."""


def strength_of(noun: Token) -> Strength | None:
    """Return how surely `noun` names one work, or None where it names none."""
    if noun.pos_ not in {"NOUN", "PROPN"} or relation(noun) in {"compound", "flat"}:
        return None
    word = noun.lower_
    if noun.text[0].isupper() and not noun.is_sent_start and noun.tag_ != "NN":
        return None
    before = noun.nbor(-1).lower_ if noun.i else ""
    if word == "ed":
        is_op_ed = noun.i > 1 and before == "-" and noun.nbor(-2).lower_ == "op"
        return "own" if is_op_ed else None
    if word in {"interview", "interviews"}:
        return "interview" if word == "interview" else None
    if word in _ONLY_WITH and before in _ONLY_WITH[word]:
        return "own"
    if word in _OWN:
        return "own"
    return "loose" if word in _LOOSE else None


def names_other_work(noun: str) -> bool:
    """Tell whether `noun`, in lower case, names a film, a law or another work not read."""
    return noun in _NO_WORK or noun.rstrip("s") in _NO_WORK


def is_known_outlet(name: str) -> bool:
    """Tell whether `name`, with its article, is that of an outlet, whatever else it may mean."""
    return name in _OUTLETS


def is_force(party: Party | None) -> bool:
    """Tell whether a party is the police, an army or a like service, by its name or its id."""
    if party is None:
        return False
    named = party.name.lower().split(), (party.entity_id or "").rpartition(":")[2].split("-")
    return any(word in _FORCES for part in named for word in part)


def is_outlet(party: Party) -> bool:
    """Tell whether a party is a newspaper, a journal or another outlet."""
    if party.entity_id is not None and party.entity_id.startswith("media:"):
        return True
    parts = party.name.lower().split()
    if is_known_outlet(party.name):
        return True
    is_person = (party.entity_id or "").startswith("person:")
    named = bool(parts) and (parts[-1] in _MAGAZINES or "journal" in parts)
    return named and not is_person
