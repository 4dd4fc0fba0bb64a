"""Persons the registry does not know, and surnames that stand for a full name before them."""

import re
from collections.abc import Iterator, Sequence

from tasks.extract.acronyms import slug
from tasks.extract.names import CALENDAR, OPENERS, TITLES, Named, word_after, word_before
from tasks.extract.wordlist import words
from tasks.registry import Registry

_UPPER = "A-ZÀ-ÖØ-ÞĆČĐĞİŁŃŚŞŠŹŻŽ"
_PART = rf"[{_UPPER}][^\W\d_]+(?:[-\u2019'][{_UPPER}]?[^\W\d_]+)*"
_INITIAL = rf"[{_UPPER}]\."
_LINK = r"(?:\s(?:al|bin|bint|da|de|del|della|der|di|dos|du|el|ibn|la|le|ul|van|von|zu))*"
_NAME = rf"{_PART}(?:{_LINK}\s(?:{_INITIAL}|{_PART})){{1,3}}"
_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov)\.?|(?:Prime |Foreign |Defen[cs]e |"
    r"Interior |Finance )?Minister|(?:Vice[- ])?President(?:-elect)?|Secretary[- ]General|"
    r"Secretary|Premier|Chancellor|Ambassador|Senator|Governor|General|Colonel|Admiral|Mullah|"
    r"[Ee]nvoy|[Ss]pokes(?:man|woman|person)|[Mm]inister|[Aa]mbassador|[Aa]nalyst|[Pp]rofessor|"
    r"Representative|Congress(?:man|woman)|Mayor|Judge|Justice|[Dd]irector|[Dd]iplomat"
)
_CUE = r"(?:said|says|told|added|noted|argued|warned|explained|stated|commented|insisted|tweeted)"
_AFTER_TITLE = re.compile(rf"\b(?:{_TITLE})\s({_NAME})")
_BEFORE_CUE = re.compile(rf"(?<![\w\u2019'.-])({_NAME}),?\s{_CUE}\b")
_AFTER_CUE = re.compile(rf"[,\"”\u2019]\s(?:said|says|added|argued|warned|noted)\s({_NAME})")
_ORGANISATION = re.compile(
    r"\b(?:Academy|Administration|Agency|Airlines?|Airport|Alliance|Army|Assembly|Association|"
    r"Authority|Bank|Board|Bureau|Cent(?:er|re)|City|Club|College|Commission|Committee|Company|"
    r"Congress|Corporation|Corps|Council|Country|County|Court|Daily|Department|District|Economic|"
    r"Embassy|Energy|Federal|Federation|Fire|Force|Forces|Foreign|Forum|Foundation|Fund|Group|"
    r"Guard|Health|Herald|High|Home|Hospital|House|Inc|Independent|Initiative|Institute|"
    r"International|Island|Journal|League|Limited|Mail|Media|Ministry|Movement|Museum|National|"
    r"Network|News|North|Office|Officials?|Organi[sz]ation|Park|Party|Police|Post|Press|Public|"
    r"Radio|Region|Report|Republic|Research|Review|River|School|Science|Security|Senate|Service|"
    r"Services|Society|South|Square|State|Street|Studies|Supreme|System|Team|Television|Times|"
    r"Treasury|Trust|Union|United|University|West|World|Affairs|Act|Army|Air|Rights|Democrats?|"
    r"Republicans?|Facebook|Twitter|Google|Apple|Coast|Emergency|Rescue|Regional|Parliament)\b"
)
_NOT_IN_NAME = (
    TITLES
    | OPENERS
    | words(
        "Attorney Captain MP Detective "
        "Inspector Sergeant Majority Minority Whip Former Deputy Chief"
    )
)
_CUT = frozenset(CALENDAR | {"Jr", "Sr"})
_NO_SURNAME = words(
    "May March June April August Sunday Friday West East North South White House Long Best Day "
    "Power Rights Great Cross Force State City Street Church King Queen Prince Pope Park"
)
_PARTICLES = words("Al De Del El La Le Van Von")
_FAMILY_FIRST = words("Ban Hu Hua Jiang Kim Li Moon Wang Xi Yang Yue Zhao")
"""Family names that stand first in East Asian names, where the registry has such a person."""


def discovered_people(text: str, byline: str | None, known: Sequence[Named]) -> list[Named]:
    """Return full names right after a title, beside a cue of speech, or equal to the byline.

    A name that touches a registry person is left out, as is one beside a cue that touches any
    registry name or holds a word of organisations.
    """
    people = _chars(n for n in known if n.label == "PERSON")
    anything = _chars(known)
    found: dict[tuple[int, int], Named] = {}
    for pattern, method, taken, confidence in (
        (_AFTER_TITLE, "people:title", people, 0.85),
        (_BEFORE_CUE, "people:before_cue", anything, 0.7),
        (_AFTER_CUE, "people:after_cue", anything, 0.75),
    ):
        for match in pattern.finditer(text):
            span = _trimmed_name(text, *match.span(1))
            if span is None or not taken.isdisjoint(range(*span)):
                continue
            if pattern is _BEFORE_CUE and word_before(text, span[0]) in ("the", "The", "of", "for"):
                continue
            found.setdefault(span, _person(text, span, method, confidence))
    for author in _authors(byline):
        for match in re.finditer(rf"\b{re.escape(author)}\b", text):
            if people.isdisjoint(range(*match.span())):
                found.setdefault(match.span(), _person(text, match.span(), "people:byline", 0.95))
    return [found[span] for span in sorted(found)]


def repeated_names(text: str, known: Sequence[Named], registry: Registry) -> list[Named]:
    """Return later mentions of the persons in `known`: the full name again, or the surname alone.

    A surname shared by two persons of the text, or that also names something else, is left out.
    """
    first: dict[str, dict[str, int]] = {}
    for named in known:
        surface = text[named.start : named.end]
        if named.label != "PERSON" or " " not in surface or named.entity_id is None:
            continue
        names = {surface} if named.method.startswith("people:") else set()
        for name in names | {_short(surface, named.method == "registry")}:
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
        full = " " in match.group()
        if match.start() < since or (not full and _beside_other_name(text, *match.span())):
            continue
        kind, method = ("name", "people:repeated") if full else ("alias", "people:surname")
        later.append(Named(*match.span(), entity_id, kind, "PERSON", method, 0.85))  # type: ignore[arg-type]
    return later


def _by_length(name: str) -> tuple[int, str]:
    return (-len(name), name)


def _chars(names: "Iterator[Named] | Sequence[Named]") -> set[int]:
    return {at for n in names for at in range(n.start, n.end)}


def _person(text: str, span: tuple[int, int], method: str, confidence: float) -> Named:
    entity_id = f"person:{slug(text[span[0] : span[1]])}"
    return Named(*span, entity_id, "name", "PERSON", method, confidence)


def _trimmed_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span without titles before it or days after it, or None if no name is left."""
    words = list(re.finditer(r"\S+", text[start:end]))
    titles = [i for i, w in enumerate(words) if w.group().rstrip(".") in _NOT_IN_NAME]
    words = words[titles[-1] + 1 :] if titles else words
    kept: list[re.Match[str]] = []
    for word in words:
        if word.group().rstrip(".") in _CUT:
            break
        kept.append(word)
    while kept and (kept[-1].group()[0].islower() or kept[-1].group() in OPENERS):
        kept.pop()
    if len(kept) < 2:
        return None
    span = (start + kept[0].start(), start + kept[-1].end())
    for ending in ("\u2019s", "'s"):
        if text[span[0] : span[1]].endswith(ending):
            span = (span[0], span[1] - 2)
    name = text[span[0] : span[1]]
    shouted = any(len(w.group()) > 2 and w.group().isupper() for w in kept)
    demonym = kept[0].group().endswith(("ian", "ish", "ese"))
    is_bad = (
        shouted
        or demonym
        or kept[0].group() in _PARTICLES
        or _ORGANISATION.search(name)
        or not slug(name)
    )
    return None if is_bad else span


def _authors(byline: str | None) -> list[str]:
    """Return the full names in a byline."""
    parts = re.split(r",|;|\band\b|&", byline or "")
    return [p.strip() for p in parts if re.fullmatch(_NAME, p.strip())]


def _short(surface: str, is_registry: bool) -> str:
    """Return the surname of a full name."""
    words = surface.split()
    if is_registry and words[0] in _FAMILY_FIRST:
        return words[0]
    return words[-1]


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
    if before[:1].isupper() and before not in TITLES | OPENERS | CALENDAR:
        return True
    return after[:1].isupper() and after not in CALENDAR
