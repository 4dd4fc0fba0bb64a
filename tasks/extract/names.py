"""Registry names in a text: every place where one stands and what it means there."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from tasks.extract.places import char_span, choose_place
from tasks.extract.wordlist import words
from tasks.language.tokens import blank_english
from tasks.registry import Registry
from warehouse.tables import EntityAlias, EntityType, MentionKind, MentionLabel

LABELS: Mapping[EntityType, MentionLabel] = MappingProxyType(
    {
        "state": "GPE",
        "government": "GPE",
        "institution": "ORG",
        "international_organisation": "ORG",
        "organisation": "ORG",
        "armed_group": "ORG",
        "party": "ORG",
        "media": "ORG",
        "company": "ORG",
        "person": "PERSON",
        "people": "NORP",
        "city": "GPE",
        "region": "LOC",
        "group_of_states": "ORG",
        "format": "MISC",
        "initiative": "MISC",
        "event": "EVENT",
        "other": "MISC",
    }
)
CALENDAR = words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
    "June July August September October November December"
)
TITLES = words(
    "Mr Mrs Ms Dr Sir Lord Lady Gen Col Lt Maj Capt Sen Rep Gov Prof Mullah Sheikh Ayatollah "
    "President Vice Prime Foreign Defence Defense Minister Premier Chancellor Secretary State "
    "Envoy Ambassador General Senator Governor Representative Leader Emir King Prince Chairman "
    "Director Spokesman Spokeswoman Spokesperson Candidate Speaker Justice Judge Admiral "
    "Colonel Commander Adviser Advisor Nominee Democrat Republican Administrator Congressman "
    "Congresswoman Attorney Deputy Former Acting Reverend Rev Imam Rabbi Pope Cardinal Archbishop "
    "Bishop Sheriff Mayor Sergeant Officer Princess Queen Duke Duchess Emperor Sultan Comrade"
)
"""Capitalised words that may stand right before a person's name without being part of it."""
OPENERS = words(
    "A After Although An And As At Because Before Both But By Despite During Earlier For From "
    "Given Had He Her Here His How However If In Instead It Its Later Like Meanwhile Nor Now Of On "
    "Only Or Our Previously Recently She Since So Still Such That The Their Then There These They "
    "This Those Though Through Thus To Today Under Unlike Until We What When Whether While Who Why "
    "Will With Yesterday Yet You"
)
"""Words that carry a capital because a sentence starts."""

_MASKS = (
    "African American",
    "African Americans",
    "African-American",
    "Native American",
    "Native Americans",
    "American Samoa",
    "Bank of America",
    "British Airways",
    "British Columbia",
    "East China Sea",
    "English Channel",
    "French Guiana",
    "French Open",
    "French Polynesia",
    "American Conservative",
    "Gulf of Mexico",
    "Indian Ocean",
    "Irish Sea",
    "Kataeb Hezbollah",
    "Kata'ib Hezbollah",
    "New Mexico",
    "New York Post",
    "New York State",
    "New York Stock Exchange",
    "New York University",
    "Panama Canal",
    "Panama Papers",
    "Sea of Japan",
    "South China Sea",
)
"""Names that hold a registry name but mean something else."""
_FOLLOW_PERSON = CALENDAR | words(
    "Administration Cabinet Doctrine Government Meeting Plan Presidency Summit Talks Team"
)
_GIVEN_NAMES = words(
    "Berlin Chad Georgia Havana Jordan Lima London Milan Paris Rome Sofia Wales Washington"
)
"""Places that are also people's names: taken only where no other name stands beside them."""


MASKED = "mask"
"""Method of a span that must not be taken for a registry name, and is no mention itself."""


@dataclass(frozen=True, slots=True)
class Named:
    """One name at `text[start:end]`; `entity_id` None: an entity that nobody knows."""

    start: int
    end: int
    entity_id: str | None
    kind: MentionKind
    label: MentionLabel
    method: str
    confidence: float


def registry_names(doc: Doc, registry: Registry) -> list[Named]:
    """Return the longest registry names of `doc`, in order, without overlaps."""
    spans = [
        (doc[i].idx, doc[j - 1].idx + len(doc[j - 1])) for _, i, j in alias_matcher(registry)(doc)
    ]
    text = doc.text  # put together anew at every look
    named: list[Named] = []
    for start, end in longest(spans):
        found = _meant(doc, text, start, end, registry)
        if found is not None:
            named.append(found)
    return named


def longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans that no longer, or earlier, span overlaps, in order of start."""
    kept: list[tuple[int, int]] = []
    taken: set[int] = set()
    for start, end in sorted(set(spans), key=lambda s: (s[0] - s[1], s[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end))
    return sorted(kept)


@lru_cache(maxsize=4)
def alias_matcher(registry: Registry) -> PhraseMatcher:
    """Return the matcher of all names of `registry`; build it outside any memory zone."""
    nlp = blank_english()
    matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
    tokenizer: Any = nlp.tokenizer  # declared as a plain callable
    parted = tokenizer.rules.keys()
    # declared to be Docs alone
    patterns: Any = [_pattern(alias, nlp, parted) for alias in (*registry.by_alias, *_MASKS)]
    matcher.add("alias", patterns)
    return matcher


def _pattern(alias: str, nlp: Language, parted: Container[str]) -> list[int] | Doc:
    """Return `alias` as the matcher takes it: a Doc, or where the tokeniser only parts at spaces
    the ids of the words, which are ten times as quick to have."""
    words = alias.split(" ")
    if all(word.isascii() and word.isalpha() and word not in parted for word in words):
        return [nlp.vocab.strings[word] for word in words]
    return nlp.make_doc(alias)


def _meant(doc: Doc, text: str, start: int, end: int, registry: Registry) -> Named | None:
    """Return what the name at `text[start:end]` means, or None where it means nothing known."""
    surface = text[start:end]
    aliases = registry.by_alias.get(surface, ())
    if not aliases:
        return Named(start, end, None, "name", "MISC", MASKED, 1.0)
    has_seat = any(one.kind == "metonym" for one in aliases)
    span = char_span(doc, start, end) if has_seat else None
    place = choose_place(span, text, aliases, registry) if span is not None else None
    alias, method, confidence = place or (aliases[0], "registry", 0.95)
    entity = registry.by_id.get(alias.entity_id)
    if entity is None:  # the seat itself: 'the walls of the Kremlin'
        return Named(start, end, alias.entity_id, "name", "LOC", method, confidence)
    if alias.kind == "demonym" and _is_language(text, start, end):
        return None
    single = " " not in surface
    if entity.type == "person" and single and _is_part_of_name(text, start, end):
        return None
    if surface in _GIVEN_NAMES and _is_part_of_name(text, start, end, place=True):
        return None
    if surface == "Georgia" and _is_us_state(text, start, registry):
        return None
    if method == "place:default" and word_after(text, end)[:1].isupper():
        return None  # part of a longer name: 'The Jakarta Post', 'Moscow State University'
    kind = _kind(alias, entity.name)
    label: MentionLabel = "NORP" if kind == "demonym" else LABELS[entity.type]
    return Named(start, end, entity.entity_id, kind, label, method, confidence)


def _kind(alias: EntityAlias, name: str) -> MentionKind:
    """Return the kind of mention that an alias makes."""
    if alias.kind == "name":
        return "name" if alias.alias == name else "alias"
    return alias.kind


_SPOKEN = re.compile(
    r"\b(?:in|into|speaks?|spoke|speaking|spoken|fluent|learn(?:s|ed|ing)?)(?: \w+ and)? $"
)
_NO_NOUN = re.compile(
    r"(?: (?:and|or) [A-Z]\w+)?(?: (?:but|on|at|by|for|to|with|that|as|when|was|is)\b|[^\w\s-]|$)"
)


def _is_language(text: str, start: int, end: int) -> bool:
    """Tell whether a demonym names a language: 'in French', 'speaks Russian'."""
    return (
        _SPOKEN.search(text[max(start - 30, 0) : start]) is not None
        and _NO_NOUN.match(text, end) is not None
    )


_BEFORE = re.compile(r"([^\W\d_][\w\u2019'-]*)\.? $")
_AFTER = re.compile(r" ([^\W\d_][\w\u2019'-]*)")


def word_before(text: str, start: int) -> str:
    """Return the word one space before `start`, without its full stop, or ''."""
    found = _BEFORE.search(text[max(start - 30, 0) : start])
    return found.group(1) if found else ""


def word_after(text: str, end: int) -> str:
    """Return the word one space after `end`, or ''."""
    found = _AFTER.match(text, end, end + 30)
    return found.group(1) if found else ""


def _is_part_of_name(text: str, start: int, end: int, *, place: bool = False) -> bool:
    """Tell whether a single-word name stands beside another word of a longer, unknown name."""
    before, after = word_before(text, start), word_after(text, end)
    if before[:1].isupper() and before not in TITLES | OPENERS | CALENDAR:
        known = before.endswith(("an", "ese", "ish")) or before.isupper()
        if not known:
            return True
    if place and before in TITLES and after[:1].isupper():
        return True
    allowed = _FOLLOW_PERSON if not place else _FOLLOW_PERSON | TITLES
    return after[:1].isupper() and after not in allowed and not after.isupper()


def _is_us_state(text: str, start: int, registry: Registry) -> bool:
    """Tell whether 'Georgia' follows a town that the registry does not know: 'Atlanta, Georgia'."""
    found = re.search(r"([A-Z][\w-]+), $", text[max(start - 30, 0) : start])
    return found is not None and found.group(1) not in registry.by_alias
