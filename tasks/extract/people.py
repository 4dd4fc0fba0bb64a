"""Authors in their texts, and surnames that stand for a full name before them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.extract.names import CALENDAR, OPENERS, TITLES, Named, word_after, word_before
from tasks.extract.wordlist import words
from tasks.ids import slug
from tasks.registry import Registry

_PART = r"[^\W\d_][\w.\u2019'-]*"
_AUTHOR = re.compile(rf"{_PART}(?: {_PART}){{1,4}}")
_NO_SURNAME = words(
    "May March June April August Sunday Friday West East North South White House Long Best Day "
    "Power Rights Great Cross Force State City Street Church King Queen Prince Pope Park"
)
_GENERATIONS = words("Jr Sr II III IV")
_PARTICLES = words("de del della di da dos du la le van von der den ter bin ibn al el ben bar")
_FAMILY_FIRST = words("Ban Hu Hua Jiang Kim Li Moon Wang Xi Yang Yue Zhao")
"""Family names that stand first in East Asian names, where the registry has such a person."""


def authors(text: str, byline: str | None) -> list[Named]:
    """Return every place where the text names one of its authors in full."""
    return [
        Named(*match.span(), f"person:{slug(author)}", "name", "PERSON", "people:byline", 0.95)
        for author in _authors(byline)
        if slug(author)
        for match in re.finditer(rf"\b{re.escape(author)}\b", text)
    ]


def repeated_names(text: str, known: Sequence[Named], registry: Registry) -> list[Named]:
    """Return later mentions of the persons in `known`: the full name again, or the surname alone.

    A surname shared by two persons of the text, or that also names something else, is left out.
    """
    first: dict[str, dict[str, int]] = {}
    for named in known:
        surface = text[named.start : named.end]
        if named.label != "PERSON" or " " not in surface or named.entity_id is None:
            continue
        is_known = named.method == "registry"
        names = set() if is_known else {surface}
        for name in names | set(_short(surface, is_known)):
            first.setdefault(name, {}).setdefault(named.entity_id, named.end)
    owners = {
        name: next(iter(persons.items()))
        for name, persons in first.items()
        if len(persons) == 1 and _is_safe(name, next(iter(persons)), registry)
    }
    if not owners:
        return []
    pattern = re.compile(
        r"(?<![\w.@#\u2019'-])(?:"
        + "|".join(re.escape(n) for n in sorted(owners, key=_by_length))
        + r")(?!\w)"
    )
    later: list[Named] = []
    for match in pattern.finditer(text):
        entity_id, since = owners[match.group()]
        full = " " in match.group() and match.group().split()[0].lower() not in _PARTICLES
        if match.start() < since or (not full and _beside_other_name(text, *match.span())):
            continue
        kind, method = ("name", "people:repeated") if full else ("alias", "people:surname")
        later.append(Named(*match.span(), entity_id, kind, "PERSON", method, 0.85))  # type: ignore[arg-type]
    return later


def inner_names(text: str, named: Sequence[Named]) -> list[Named]:
    """Return `named` with bare names that are part of one person's full name as that person.

    Spanish and Arabic names are shortened to an inner part: 'Rosselló' of 'Ricardo Rosselló
    Nevares'.
    """
    owners: dict[str, set[str]] = {}
    for one in named:
        if one.label == "PERSON" and one.entity_id is not None:
            for part in text[one.start : one.end].split()[1:]:
                owners.setdefault(part, set()).add(one.entity_id)
    return [_whole(one, owners.get(text[one.start : one.end], set())) for one in named]


def _whole(one: Named, owners: set[str]) -> Named:
    if one.label != "PERSON" or one.entity_id is not None or len(owners) != 1:
        return one
    return replace(
        one, entity_id=next(iter(owners)), kind="alias", method="people:part", confidence=0.7
    )


def _by_length(name: str) -> tuple[int, str]:
    return (-len(name), name)


def _authors(byline: str | None) -> list[str]:
    """Return the full names in a byline."""
    parts = re.split(r",|;|\band\b|&", byline or "")
    return [p.strip() for p in parts if _AUTHOR.fullmatch(p.strip())]


def _short(surface: str, is_registry: bool) -> Iterator[str]:
    """Yield the surname of a full name, with its particle, and as speakers' labels have it."""
    words = surface.split()
    while len(words) > 1 and words[-1].rstrip(".,") in _GENERATIONS:
        words.pop()
    if is_registry and words[0] in _FAMILY_FIRST:
        yield words[0]
        return
    yield words[-1]
    if len(words[-1]) > 2:
        yield words[-1].upper()
    if len(words) > 2 and words[-2].lower() in _PARTICLES:
        yield " ".join(words[-2:])


def _is_safe(name: str, entity_id: str, registry: Registry) -> bool:
    """Tell whether `name` alone can only mean the person `entity_id`."""
    if " " in name:
        return True
    others = {a.entity_id for a in registry.by_alias.get(name, ())} - {entity_id}
    blocked = name in _NO_SURNAME | CALENDAR | OPENERS | TITLES
    return not (others or blocked or len(name) < 2 or not name[0].isupper())


def _beside_other_name(text: str, start: int, end: int) -> bool:
    """Tell whether a surname stands beside a capitalised word, as part of another name."""
    before, after = word_before(text, start), word_after(text, end)
    known = TITLES | OPENERS | CALENDAR
    if before[:1].isupper() and not {before, before.capitalize()} & known:
        return True
    return after[:1].isupper() and after not in CALENDAR
