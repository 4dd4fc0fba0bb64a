"""Descriptions that rest on what was named around them: 'the latter', 'his country', 'these four
countries'.

Rules alone; where two readings are possible nothing is returned.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from tasks.extract.names import Named
from tasks.registry import Registry
from warehouse.tables import EntityRole

MEMBERS = "members:"
"""How the methods of mentions start that share one span, a row for each member of a group."""
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_PAIR = re.compile(r",? (?:and|or|&|but) (?:the )?")
_REACH = 2
"""Sentences back in which a counted group must be named."""
_OPENERS = frozenset({"these", "those", "the", "both"})
_DESCRIBING = frozenset({"amod", "compound", "nmod", "nummod"})
_POSSESSIVE = frozenset({"nmod:poss", "poss"})
_GROUPS = frozenset({"format", "group_of_states", "international_organisation", "initiative"})


def former_and_latter(doc: Doc, named: Sequence[Named]) -> Iterator[Named]:
    """Yield 'the former' and 'the latter' where 'A and B' stands closest before them."""
    for token in doc:
        if token.lower_ not in {"former", "latter"} or not _stands_alone(token):
            continue
        pair = _pair_before(doc.text, token, named)
        if pair is None:
            continue
        one = pair[token.lower_ == "latter"]
        start = doc[token.i - 1].idx
        yield Named(
            start, token.idx + len(token), one.entity_id, "nominal", one.label, "nominal:pair", 0.8
        )


def _stands_alone(token: Token) -> bool:
    """Tell 'the former' from 'the former president'."""
    doc = token.doc
    if token.i == 0 or doc[token.i - 1].lower_ != "the":
        return False
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    return after is None or after.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM"}


def _pair_before(text: str, token: Token, named: Sequence[Named]) -> tuple[Named, Named] | None:
    start = _sentences_back(token, 1)
    near = [n for n in _between(named, start, token.idx) if n.kind != "pronoun"]
    for first, second in reversed(list(pairwise(near))):
        joined = _PAIR.fullmatch(text[first.end : second.start])
        if joined and first.entity_id and second.entity_id:
            return first, second
    return None


def _between(named: Sequence[Named], start: int, end: int) -> Sequence[Named]:
    """Return the names that start at `start` or after, and before `end`; `named` are in order."""
    first = bisect_left(named, start, key=lambda one: one.start)
    return named[first : bisect_left(named, end, key=lambda one: one.start)]


def _sentences_back(token: Token, count: int) -> int:
    """Return where the sentence starts that stands `count` before that of `token`."""
    at = token.i
    for back in range(count + 1):
        at -= back > 0
        while at > 0 and not token.doc[at].is_sent_start:
            at -= 1
    return token.doc[max(at, 0)].idx


def own_country(
    doc: Doc, named: Sequence[Named], roles: Sequence[EntityRole], registry: Registry
) -> Iterator[Named]:
    """Yield 'his country' as the state of the person that 'his' stands for."""
    by_start = {one.start: one for one in named if one.label == "PERSON"}
    homes = _homes(roles)
    for token in doc:
        if token.lower_ not in {"country", "homeland", "nation"}:
            continue
        if any(one.dep_ in _DESCRIBING for one in token.lefts):
            continue  # 'his host country'
        owner = next((by_start.get(t.idx) for t in token.lefts if t.dep_ in _POSSESSIVE), None)
        if owner is None or owner.entity_id is None or owner.kind != "pronoun":
            continue
        home = _home(owner.entity_id, homes, registry)
        if home is not None:
            end = token.idx + len(token)
            chance = round(owner.confidence * 0.9, 4)
            yield Named(owner.start, end, home, "nominal", "GPE", "nominal:own_country", chance)


def _homes(roles: Sequence[EntityRole]) -> Mapping[str, set[str]]:
    homes: dict[str, set[str]] = {}
    for role in roles:
        if role.country_iso3:
            homes.setdefault(role.entity_id, set()).add(role.country_iso3)
    return homes


def _home(person: str, homes: Mapping[str, set[str]], registry: Registry) -> str | None:
    """Return the state of `person`, where registry and text leave no doubt."""
    known = registry.by_id.get(person)
    codes = {known.country_iso3} if known and known.country_iso3 else homes.get(person, set())
    if len(codes) != 1:
        return None
    state = f"state:{str(next(iter(codes))).lower()}"
    return state if state in registry.by_id else None


def counted(doc: Doc, named: Sequence[Named], registry: Registry) -> Iterator[Named]:
    """Yield 'these four countries', a mention for each, where exactly four are named before."""
    for token in doc:
        if token.lower_ not in {"countries", "states", "nations"}:
            continue
        size = next((_NUMBERS[t.lower_] for t in token.lefts if t.lower_ in _NUMBERS), 0)
        opens = next((t for t in token.lefts if t.lower_ in _OPENERS), None)
        if not size or opens is None or any(t.pos_ == "PROPN" for t in token.lefts):
            continue
        members = _members(doc.text, token, opens.idx, size, named, registry)
        for member in members:
            yield Named(
                opens.idx,
                token.idx + len(token),
                member,
                "nominal",
                "GPE",
                MEMBERS + "counted",
                0.7,
            )


def _members(
    text: str, token: Token, before: int, size: int, named: Sequence[Named], registry: Registry
) -> list[str]:
    """Return the `size` states that stand closest before: as members of a group, or one by one.

    Two states must stand as 'A and B': any two are named somewhere.
    """
    for back in range(_REACH + 1):
        start = _sentences_back(token, back)
        near = [n.entity_id for n in _between(named, start, before) if n.entity_id]
        for entity_id in reversed(near):
            entity = registry.by_id.get(entity_id)
            if entity is not None and entity.type in _GROUPS:
                members = _standing(entity_id, registry)
                if len(members) == size:
                    return sorted(members)
        if size == 2:
            pair = _pair_before(text, token, named)
            near = [one.entity_id or "" for one in pair or ()]
        states = {entity_id for entity_id in near if entity_id.startswith("state:")}
        if len(states) >= size:
            return sorted(states) if len(states) == size else []
    return []


def _standing(entity_id: str, registry: Registry) -> tuple[str, ...]:
    """Return the members of a group that are not known to have left it."""
    return tuple(
        one.member_id
        for one in registry.members
        if one.entity_id == entity_id and one.valid_to is None
    )
