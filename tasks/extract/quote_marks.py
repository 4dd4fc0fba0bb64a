"""Quotation marks of every kind, and whether each opens or closes a quote.

Told from what stands beside a mark: a gap, a letter, punctuation. Marks of one family close each
other ('straight opening, curly closing' is common); apostrophes are no marks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

QuoteMark = Literal[
    "curly",
    "straight",
    "doubled",
    "guillemet",
    "german",
    "angle",
    "single_curly",
    "single_straight",
    "single_german",
]
Family = Literal["double", "guillemet", "angle", "single"]
Role = Literal["open", "close", "either", "weak"]
"""`either` closes what is open, else opens; `weak` is a closing mark or a plural possessive."""

_KINDS: dict[str, tuple[Family, QuoteMark]] = {
    "“": ("double", "curly"),
    "”": ("double", "curly"),
    "„": ("double", "german"),
    '"': ("double", "straight"),
    "''": ("double", "doubled"),
    "``": ("double", "doubled"),
    "\u2018\u2018": ("double", "doubled"),
    "\u2019\u2019": ("double", "doubled"),
    "«": ("guillemet", "guillemet"),
    "»": ("guillemet", "guillemet"),
    "\u2039": ("angle", "angle"),
    "\u203a": ("angle", "angle"),
    "\u2018": ("single", "single_curly"),
    "\u2019": ("single", "single_curly"),
    "\u201a": ("single", "single_german"),
    "'": ("single", "single_straight"),
}
_MARK = re.compile(
    "''(?!')|``|\u2018\u2018|\u2019\u2019(?!\u2019)|[“”„\"«»\u2039\u203a\u2018\u2019\u201a']"
)
_OPENING = frozenset("([{-\u2013\u2014\u2015/“\"«\u2039„\u2018\u201a'`…:>*•=")
_STOPS = frozenset(",.;:!?)]")
_ELISION = re.compile(
    r"(?:\d\ds\b|(?:tis|twas|twere|em|til|bout|cos|nother|n)\b(?![-\w]))", re.IGNORECASE
)
_CLIPPED = re.compile(r"(?:in|[Oo]|ol|th|an|[Nn])")


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark `sign` at `text[start:end]` with its family, kind and role."""

    start: int
    end: int
    sign: str
    family: Family
    kind: QuoteMark
    role: Role


def marks_of(text: str, start: int, end: int) -> Iterator[Mark]:
    """Yield the quotation marks of the paragraph `text[start:end]` in order."""
    for found in _MARK.finditer(text, start, end):
        sign = found.group()
        family, kind = _KINDS[sign]
        at = found.start()
        before = text[at - 1] if at > start else " "
        after = text[found.end()] if found.end() < end else " "
        role: Role | None
        if family == "single":
            role = _single_role(text, at, before, after)
        else:
            role = _role(sign, before, after)
        if role is not None:
            yield Mark(at, found.end(), sign, family, kind, role)


def _role(sign: str, before: str, after: str) -> Role | None:
    """Return the role of a double mark or a guillemet between two characters."""
    if sign in "„``\u2018\u2018":
        return "open"
    if sign in "«\u2039":
        return "either" if not before.isspace() and not after.isalnum() else "open"
    if sign in "»\u203a":
        return "either" if before.isspace() and after.isalnum() else "close"
    if sign == "“":
        return "close" if _ends_word(before) and _is_gap(after) else "open"
    if sign in "”\u2019\u2019":
        return "either" if before.isspace() and after.isalnum() else "close"
    if before.isspace():
        return "either" if after.isspace() or after in _STOPS else "open"
    if _is_gap(after) and before not in "([{":
        return "close"
    if before.isdigit():
        return None
    return "open" if before in _OPENING and before not in "'\u2018" else "either"


def _single_role(text: str, at: int, before: str, after: str) -> Role | None:
    """Return the role of a single mark, or None for an apostrophe."""
    sign = text[at]
    if sign != "\u2019" and (before.isspace() or before in _OPENING) and after.isalnum():
        return None if _ELISION.match(text, at + 1) else "open"
    if sign != "\u2019" and (before.isspace() or before in _OPENING) and after in '“"«„([…':
        return "open"
    if before.isspace() or after.isalnum() or after == "_" or sign == "\u201a":
        return None
    follows = text[at + 1 : at + 3]
    is_within = after.isspace() and follows[1:].isalpha()
    if before in "sS" and is_within:
        return "weak"
    return "weak" if is_within and _CLIPPED.fullmatch(_last_word(text, at)[-2:]) else "close"


def _last_word(text: str, at: int) -> str:
    first = at
    while first > 0 and at - first < 12 and text[first - 1].isalpha():
        first -= 1
    return text[first:at]


def _ends_word(char: str) -> bool:
    return not char.isspace() and char not in _OPENING


def _is_gap(char: str) -> bool:
    """Tell whether a closing mark may stand before `char`."""
    return not char.isalnum() and char not in "“„«\u2039\u2018([{$£€#@_"
