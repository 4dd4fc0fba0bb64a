"""Persons apart from organisations in the line that names the authors."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tasks.ingest.parse.wires import ANY as WIRE
from tasks.ingest.parse.wires import wire_name

BY = re.compile(
    r"^(?:(?:analysis|opinion|posted|words|written|story|report|reported|text|from)\s+)?by\b:?\s*",
    re.IGNORECASE,
)
LONG_MONTHS = ("january", "february", "july", "september", "october", "november", "december")
"""Months whose names are not those of persons."""

PARTS = re.compile(r"\s*(?:[,;|/\n\u2022\u00b7]|\s[\u2013\u2014-]\s|\band\b|&|\bwith\b)\s*")
WORKS_FOR = re.compile(r"\s+(?:for|of|at|from)\s+")
BODY_BEHIND = re.compile(
    rf"((?:[A-Z][\w.'\u2019-]+ ){{1,2}}[A-Z][\w'\u2019-]+) ((?:{WIRE})|[A-Z]{{2,6}} News)"
)
DATE_BEHIND = re.compile(
    rf"[\s,]+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:{'|'.join(LONG_MONTHS)})"
    r"|\d{1,2}[\s./-]|\d{4})\b.*$",
    re.IGNORECASE,
)

PLACE = re.compile(r"\s+(?:in|from|reporting from|at)\s+[A-Z].*$")
BRACKETED = re.compile(r"\s*\(([^()]*)\)")
ADDRESS = re.compile(r"\s*(?:https?://\S+|\S*@\S+)")

ORGANISATION = re.compile(
    r"\b(?:agenc(?:y|ies)|association|board|bureau|cent(?:er|re)|chronicle|club|collective"
    r"|commission|committee|company|contributors?|council|correspondents?|daily|department|desk"
    r"|digital|editorial|editors?|embassy|foundation|gazette|group|guardian|herald|inc|institute"
    r"|international|journal|limited|ltd|magazine|media|ministry|monitoring|network|news|newspapers?"
    r"|newsroom|newswire|observer|office|online|party|post|press|radio|report|reporters?|review"
    r"|service|services|society|staff|standard|team|telegraph|television|times|today|tribune|tv|union|university"
    r"|weekly|wire|writers?)\b|\.(?:com|net|org|info|co\.\w\w)\b",
    re.IGNORECASE,
)
"""Words in the names of outlets, desks and bodies, and in what stands for an unnamed writer."""

ROLE = re.compile(
    r"(?:(?:a|an|the|our|chief|senior|deputy|associate|assistant|special|foreign|political|staff"
    r"|diplomatic|defence|defense|security|business|economics?|managing|national|world|global"
    r"|executive|contributing|guest|lead|investigative|sports?|health|science|technology|europe"
    r"|africa|asia|middle east|white house|washington|moscow|beijing|kabul|washington bureau)\s+)*"
    r"(?:editors?|correspondents?|reporters?|writers?|columnists?|contributors?|journalists?"
    r"|producers?|analysts?|bureau chief|editor-in-chief|professor|fellow)(?:[\s-]at[\s-]large)?",
    re.IGNORECASE,
)
DEGREE = re.compile(
    r"(?:m\.?d|ph\.?d|m\.?s|m\.?a|b\.?a|b\.?sc|m\.?sc|m\.?b\.?a|m\.?p\.?h|r\.?d\.?n?|r\.?n|j\.?d"
    r"|ll\.?m|d\.?phil|d\.?o|c\.?p\.?a|esq|jr|sr)\.?",
    re.IGNORECASE,
)
"""What stands behind the name of a person who has a degree."""

ROLE_BEHIND = re.compile(rf"((?-i:[A-Z]{{2,6}})|{WIRE}) {ROLE.pattern}", re.IGNORECASE)
NOBODY = frozenset(
    {"admin", "administrator", "author", "editor", "guest", "root", "webmaster"}
    | {"user", "unknown", "anonymous", "none", "null", "web"}
)
"""Accounts of content systems, which name nobody."""

MAX_CHARS = 500
"""What is read of a line of authors; nobody signs with more."""

ABBREVIATED = re.compile(r"\b(?:[A-Z]|Jr|Sr)\.$")
INITIALS = re.compile(r"[A-Z]{2,6}")


class Authors(NamedTuple):
    """Who wrote a text: persons, and organisations, each joined by commas."""

    persons: str | None
    organisation: str | None


def authors_of(
    line: str | None, *, organisations: Iterable[str] = (), publisher: str | None = None
) -> Authors:
    """Part a line such as 'By Jane Doe in Kabul and John Roe, Reuters'.

    `organisations` are authors declared to be such. A single word of the `publisher`'s name is
    the publisher; two may be the person whom a newsletter is named after.
    """
    known = {name.casefold() for name in organisations}
    persons: dict[str, str] = {}
    bodies: dict[str, str] = {}
    for part in _parts(DATE_BEHIND.sub("", BY.sub("", (line or "")[:MAX_CHARS], count=1))):
        key = part.casefold()
        if key in NOBODY or key.endswith("admin") or DEGREE.fullmatch(part):
            continue
        if key in known or key in (publisher or "").casefold().split() or is_organisation(part):
            bodies.setdefault(key, part)
        elif not persons or (" " in part and not ROLE.fullmatch(part)):  # else a place
            persons.setdefault(key, part)
    named = [_without_role(name) for name in bodies.values()]
    if persons:
        named = [name for name in named if not ROLE.fullmatch(name)]
    return Authors(", ".join(persons.values()) or None, ", ".join(named) or None)


def _without_role(name: str) -> str:
    """Return 'AP' of 'AP Sports Writer'; a role by itself stays."""
    match = ROLE_BEHIND.fullmatch(name)
    return match[1] if match else name


def is_organisation(name: str) -> bool:
    """Tell whether `name` is that of an outlet, agency or desk rather than of a person."""
    return (
        wire_name(name) is not None
        or INITIALS.fullmatch(name) is not None
        or ORGANISATION.search(name) is not None
        or name.casefold().startswith(("the ", "our "))
    )


def _parts(line: str) -> Iterator[str]:
    for part in PARTS.split(ADDRESS.sub("", BRACKETED.sub(r", \1", line))):
        name = _bare(BY.sub("", PLACE.sub("", part.strip()), count=1))
        left, *right = WORKS_FOR.split(name, maxsplit=1)
        if match := BODY_BEHIND.fullmatch(name):
            yield from match.groups()
        elif right and is_organisation(right[0]) and not is_organisation(left):
            yield from (left, right[0])
        elif name:
            yield name


def _bare(name: str) -> str:
    """Return `name` without marks around it; a full stop stays where it abbreviates."""
    name = name.strip(" ,:*\"'\u2019")
    return name if ABBREVIATED.search(name) else name.rstrip(".")
