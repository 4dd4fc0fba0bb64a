"""Full names of persons: their parts, and whether two of them may be one person's."""

import re
from typing import NamedTuple

from tasks.extract.wordlist import words as wordlist
from tasks.linking.persons.given_names import GROUPS
from tasks.linking.words import words_of

_HONORIFICS = wordlist(
    "admiral amb ambassador ayatollah baron baroness brigadier capt captain chancellor col colonel "
    "commander comrade crown dame dr emir father gen general gov governor haji hajji hon imam "
    "judge justice king lady lieutenant lord lt maj major maulana maulvi minister miss mr mrs ms "
    "mullah pope premier president prime prince princess prof professor queen rabbi rep "
    "representative rev reverend saint sayyid sen senator sgt sheik sheikh shaikh sir sultan"
)
_SUFFIXES = wordlist("jr sr junior senior ii iii iv phd md obe mp")
_GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr"} | {
    number: number for number in ("ii", "iii", "iv")
}
_PARTICLES = wordlist(
    "al el ul ad ed bin ibn ben bint de del della der den di da do dos du la le van von ter ten "
    "y e af av zu"
)

_TWICE = re.compile(r"(.)\1")
_LAST_VOWEL = re.compile(r"(?:iy|yi|ij|ii|ey|ei|i|j)$")

KINDS = ("same", "spelling", "middle", "nickname", "initial")
"""How two names may differ and still be one person's, the surest first."""


class PersonName(NamedTuple):
    """A full name, folded: `given` names or initials, `surname`, and 'jr' or the like."""

    given: tuple[str, ...]
    surname: str
    generation: str | None

    @property
    def key(self) -> str:
        """What the surnames of two spellings of one name have in common."""
        return respelt(self.surname)

    @property
    def initials(self) -> frozenset[str]:
        """Initials under which names like it are found: its own, and those of its full forms."""
        first = self.given[0]
        return frozenset({first[0], *(name[0] for name in GROUPS.get(first, ()))})


def person_name(text: str) -> PersonName | None:
    """Return the parts of `text`; None where it is not a full name.

    Honorifics before it, particles inside it ('al-', 'bin', 'van') and letters after it are
    left out, as long as two words remain.
    """
    words = words_of(text)
    while len(words) > 2 and words[0] in _HONORIFICS:
        words = words[1:]
    generation = None
    while len(words) > 2 and words[-1] in _SUFFIXES:
        generation = _GENERATIONS.get(words[-1], generation)
        words = words[:-1]
    words = words[:1] + [w for w in words[1:-1] if w not in _PARTICLES] + words[1:][-1:]
    if len(words) < 2 or len(words[-1]) < 2 or words[0] in _HONORIFICS:
        return None
    return PersonName(tuple(words[:-1]), words[-1], generation)


def respelt(word: str) -> str:
    """Return what transliterations of `word` share: 'Zelensky', 'Zelenskyy' and 'Zelenskiy'."""
    word = _TWICE.sub(r"\1", word.replace("ou", "u").replace("oo", "u").replace("ee", "i"))
    return _LAST_VOWEL.sub("y", word) if len(word) > 3 else word


def likeness(one: PersonName, other: PersonName) -> str | None:
    """Return how the names differ, one of KINDS; None where they are not one person's.

    The surname must be the same but for spelling, and the first given name must agree; of
    middle names, either all agree or one of the names has none.
    """
    if one.key != other.key or _differ(one.generation, other.generation):
        return None
    kinds = ["same" if one.surname == other.surname else "spelling"]
    if min(len(one.given), len(other.given)) > 1 and len(one.given) != len(other.given):
        return None
    if len(one.given) != len(other.given) or one.generation != other.generation:
        kinds.append("middle")
    for first, second in zip(one.given, other.given, strict=False):
        kind = _given(first, second)
        if kind is None:
            return None
        kinds.append(kind)
    return max(kinds, key=KINDS.index)


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _given(one: str, other: str) -> str | None:
    if one == other:
        return "same"
    if len(one) == 1 or len(other) == 1:
        return "initial" if one[0] == other[0] else None
    shared = GROUPS.get(one, frozenset()) & GROUPS.get(other, frozenset())
    if shared:
        return "nickname"
    return "spelling" if respelt(one) == respelt(other) else None
